"""What this room erases: feedback about barriers. Pages and their versions hold nothing about visitors."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from .models import Feedback

FEEDBACK = "feedback"


def erase(under_way: Erasure) -> None:
    """Delete the feedback that is to go."""
    under_way.delete(Feedback.objects.filter(pk__in=under_way.keys(Feedback)))


def _expired(office_id: int, _period: Period) -> QuerySet:
    return Feedback.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase_rows(keys: Sequence[int]) -> None:
    under_way = Erasure()
    under_way.include(Feedback, keys)
    erasure.carry_out(under_way)


def _recompute(office_id: int, period: Period) -> None:
    Feedback.objects.for_office(office_id).update(delete_after_on=period.after_column("received_at"))


def register() -> None:
    """Take part in erasing, and make the class of this room known."""
    erasure.register("content", erase)
    retention.register(
        RetentionClass(
            code=FEEDBACK,
            label=_("Feedback about barriers"),
            covers=_("What people told about pages they cannot use, with the contact they gave."),
            starts=_("from the day it came in"),
            basis=_("Retention plan of the portal: 12 months"),
            default=Period(12, Unit.MONTHS),
            least=1,
            most=12,
            expired=_expired,
            erase=_erase_rows,
            recompute=_recompute,
        )
    )
