"""What this room erases: messages with their subject, address and words of sent ones after 90 days."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from . import outbox
from .models import Message

MESSAGE = "message"


def erase(under_way: Erasure) -> None:
    """Delete every message about what was erased, or to whom it was sent, keys included."""
    about = Message.objects.filter(Q(subject_uuid__in=under_way.uuids) | Q(recipient_uuid__in=under_way.uuids))
    if not under_way.is_dry_run:
        outbox.forget(about.values_list("uuid", flat=True))
    under_way.delete(about)


def _expired(office_id: int, _period: Period) -> QuerySet:
    return Message.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase_words(keys: Sequence[int]) -> None:
    """Take address and text out; the key stays as long as its subject, so that nothing is sent again."""
    rows = Message.objects.filter(pk__in=keys)
    outbox.forget(rows.values_list("uuid", flat=True))
    rows.update(address="", title="", body="", delete_after_on=None)
    erasure.forget_history(Message, keys)


def _recompute(office_id: int, period: Period) -> None:
    sent = Message.objects.for_office(office_id).filter(sent_at__isnull=False).exclude(delete_after_on=None)
    sent.update(delete_after_on=period.after_column("sent_at"))


def register() -> None:
    """Take part in erasing, and make the class of this room known."""
    erasure.register("messaging", erase)
    retention.register(
        RetentionClass(
            code=MESSAGE,
            label=_("Sent messages"),
            covers=_("Address, subject and text of reminders and notes. That something was sent stays with the case."),
            starts=_("from the sending on"),
            basis=_("Retention plan of the portal: 90 days"),
            default=Period(90, Unit.DAYS),
            least=7,
            most=365,
            expired=_expired,
            erase=_erase_words,
            recompute=_recompute,
        )
    )
