"""What this room erases: drafts past their time, enquiries that no case was opened from, and those of erased cases."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.retention import delete_after_in_database
from gruendungswerkstatt.audit.retention import period as retained
from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from .enums import SubmissionState
from .models import Submission
from .papers import files

DRAFT, DRAFT_KEPT, ENQUIRY = "draft", "draft_kept", "enquiry"


class AlreadyAccepted(Exception):
    """A case was opened from the submission: the office decides about both."""


def kept_until(submission: Submission, day: date | None = None) -> Combinable:
    """The last day on which the office keeps an enquiry of `day` (today) that becomes no case, for its UPDATE.

    Asked by the statement itself: founders wait for as few queries as possible.
    """
    return delete_after_in_database(submission.office_id, ENQUIRY, day)


@transaction.atomic
def erase_submission(submission: Submission) -> Erasure:
    """Delete a draft, or an enquiry without a case, at once, as the person asked. Raises AlreadyAccepted.

    Deleting what is gone already changes nothing.
    """
    row = Submission.objects.select_for_update().filter(pk=submission.pk).first()
    if row is not None and row.state == SubmissionState.ACCEPTED:
        raise AlreadyAccepted
    return _erase([submission.pk])


def draft_expires_at(draft: Submission) -> datetime:
    """When an unsent draft is erased, unless it is used again."""
    return draft.last_used_at + retained(draft.office_id, DRAFT_KEPT if draft.keep_longer else DRAFT).duration


def kept_on_wish(office_id: int) -> Period:
    """How long the office keeps a draft whose owner asks for it."""
    return retained(office_id, DRAFT_KEPT)


def erase(under_way: Erasure) -> None:
    """Delete the submissions that go, and what was printed of them."""
    going = Submission.objects.filter(pk__in=under_way.keys(Submission))
    if not under_way.is_dry_run:
        files.erase_with(going.values_list("uuid", flat=True))
    under_way.delete(going)


def _erase(keys: Sequence[int]) -> Erasure:
    under_way = Erasure()
    under_way.include(Submission, keys)
    erasure.carry_out(under_way)
    return under_way


def _expired_drafts(*, keep_longer: bool):
    def expired(office_id: int, period: Period) -> QuerySet:
        drafts = Submission.objects.for_office(office_id).drafts().filter(keep_longer=keep_longer)
        return drafts.filter(last_used_at__lt=clock.now() - period.duration)

    return expired


def _expired_enquiries(office_id: int, _period: Period) -> QuerySet:
    return Submission.objects.for_office(office_id).without_case().filter(delete_after_on__lt=clock.today())


def _recompute_enquiries(office_id: int, period: Period) -> None:
    rows = Submission.objects.for_office(office_id).without_case()
    rows.update(delete_after_on=period.after_column("sent_at"))


def register() -> None:
    """Take part in erasing, and make the classes of this room known.

    An office may keep shorter, never longer than the notice tells people before they begin.
    """
    erasure.register("intake", erase)
    retention.register(
        RetentionClass(
            code=DRAFT,
            label=_("Unsent answers"),
            covers=_("Answers of people who began the form and have not sent it."),
            starts=_("from the last use on"),
            basis=_("Retention plan of the portal: 24 hours"),
            default=Period(24, Unit.HOURS),
            least=1,
            most=24,
            expired=_expired_drafts(keep_longer=False),
            erase=_erase,
        )
    )
    retention.register(
        RetentionClass(
            code=DRAFT_KEPT,
            label=_("Unsent answers, kept longer on wish"),
            covers=_("Answers of people who asked us to keep them until they come back."),
            starts=_("from the last use on"),
            basis=_("Retention plan of the portal: 14 days"),
            default=Period(14, Unit.DAYS),
            least=2,
            most=14,
            expired=_expired_drafts(keep_longer=True),
            erase=_erase,
        )
    )
    retention.register(
        RetentionClass(
            code=ENQUIRY,
            label=_("Enquiries without a case"),
            covers=_("All answers, and who looked at them. With a case they are kept as long as the case."),
            starts=_("from the sending on"),
            basis=_("Retention plan of the portal: 6 months"),
            default=Period(6, Unit.MONTHS),
            least=1,
            most=6,
            expired=_expired_enquiries,
            erase=_erase,
            recompute=_recompute_enquiries,
        )
    )
