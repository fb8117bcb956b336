"""What this room erases: who looked at whom, where forms led, proofs that are old."""

import uuid
from collections.abc import Iterable, Sequence
from importlib import import_module

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from .models import ErasureRun, FormToken, ViewLog

ACCESS_LOG = "access_log"
ERASURE_PROOF = "erasure_proof"
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def erase(under_way: Erasure) -> None:
    """Delete the log of who looked at what was erased, and the tokens of forms that led there."""
    under_way.delete(ViewLog.objects.filter(subject_uuid__in=under_way.uuids))
    under_way.delete(tokens_leading_to(under_way.uuids))


def tokens_leading_to(uuids: Iterable[uuid.UUID]) -> QuerySet:
    """Tokens of forms whose result is the page of one of `uuids`; the first one of an address is meant."""
    leads_to = RawSQL("substring(result_path from %s)", (f"({_UUID})",))
    return FormToken.objects.alias(leads_to=leads_to).filter(leads_to__in=[str(one) for one in uuids])


def erase_without_office() -> int:
    """Delete what is technical and belongs to no office: old form tokens, ended sessions. Returns how many tokens."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return FormToken.objects.filter(delete_after_on__lt=clock.today()).delete()[0]


def _expired_views(office_id: int, _period: Period) -> QuerySet:
    return ViewLog.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase_views(keys: Sequence[int]) -> None:
    Erasure().delete(ViewLog.objects.filter(pk__in=keys))


def _recompute_views(office_id: int, period: Period) -> None:
    ViewLog.objects.for_office(office_id).update(delete_after_on=period.after_column("viewed_at"))


def _expired_proofs(office_id: int, _period: Period) -> QuerySet:
    return ErasureRun.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase_proofs(keys: Sequence[int]) -> None:
    Erasure().delete(ErasureRun.objects.filter(pk__in=keys))


def _recompute_proofs(office_id: int, period: Period) -> None:
    ErasureRun.objects.for_office(office_id).update(delete_after_on=period.after_column("started_at"))


def register() -> None:
    """Take part in erasing, and make the classes of this room known."""
    erasure.register("audit", erase)
    retention.register(
        RetentionClass(
            code=ACCESS_LOG,
            label=_("Who looked at whose data"),
            covers=_("Office, role, day and purpose of every look at an enquiry, a case or a referral."),
            starts=_("from the look on"),
            basis=_("Retention plan of the portal: 12 months"),
            default=Period(12, Unit.MONTHS),
            least=3,
            most=24,
            expired=_expired_views,
            erase=_erase_views,
            recompute=_recompute_views,
        )
    )
    retention.register(
        RetentionClass(
            code=ERASURE_PROOF,
            label=_("Proof of deletion"),
            covers=_("When how much of which class was deleted. Says nothing about persons."),
            starts=_("from the deletion on"),
            basis=_("Retention plan of the portal: 3 years"),
            default=Period(3, Unit.YEARS),
            least=1,
            most=10,
            expired=_expired_proofs,
            erase=_erase_proofs,
            recompute=_recompute_proofs,
        )
    )
