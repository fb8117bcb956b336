"""What this room erases: invitations that have ended, with the name and address of whoever was invited; past leaves."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from .models import AccountMail, Invitation, Leave

INVITATION, LEAVE = "invitation", "leave"
# The same in every office: this room lies below the one that knows what offices chose.
KEPT = Period(90, Unit.DAYS)


def invitation_kept_until(day: date) -> date:
    """The last day on which an invitation is kept that ends (is used, taken back, or expires) on `day`."""
    return KEPT.after(day)


def leave_kept_until(day: date) -> date:
    """The last day on which a leave is kept whose last day is `day`."""
    return KEPT.after(day)


def _expired_leaves(office_id: int, _period: Period) -> QuerySet:
    return Leave.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase_leaves(keys: Sequence[int]) -> None:
    Erasure().delete(Leave.objects.filter(pk__in=keys))


def _expired(office_id: int, _period: Period) -> QuerySet:
    return Invitation.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase(keys: Sequence[int]) -> None:
    under_way = Erasure()
    under_way.delete(AccountMail.objects.filter(invitation__in=keys))
    under_way.delete(Invitation.objects.filter(pk__in=keys))


def register() -> None:
    """Make the classes of this room known."""
    retention.register(
        RetentionClass(
            code=INVITATION,
            label=_("Invitations of members"),
            covers=_("Name and e-mail of whoever was invited. What became a membership stays."),
            starts=_("from the end of the invitation on"),
            basis=_("Retention plan of the portal: 90 days"),
            default=KEPT,
            least=KEPT.amount,
            most=KEPT.amount,
            expired=_expired,
            erase=_erase,
        )
    )
    retention.register(
        RetentionClass(
            code=LEAVE,
            label=_("Leaves with a deputy"),
            covers=_("Who was away, from when until when, and who was deputy."),
            starts=_("from the last day of the leave on"),
            basis=_("Retention plan of the portal: 90 days"),
            default=KEPT,
            least=KEPT.amount,
            most=KEPT.amount,
            expired=_expired_leaves,
            erase=_erase_leaves,
        )
    )
