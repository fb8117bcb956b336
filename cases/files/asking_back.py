"""Asking the founder something about an enquiry or a case; answered on the founder's own page (level 2 of rule 13).

The question and its answer never go into a message: that only says that a question waits (notices.py).
"""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.messaging import services as messaging
from intake.enums import SubmissionState
from intake.models import Submission
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

from . import notices
from .enums import AskBackState, TimelineKind
from .models import AskBack, Case
from .refusals import AskBackRefusal
from .rules import WORKED_ON
from .telling import record

MOST_WAITING = 5


class AskBackRefused(Exception):
    """Nothing is asked, answered or taken back like this; `reason` says why."""

    def __init__(self, reason: AskBackRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def ask_in_case(case: Case, by: Membership, *, block: str = "", text: str = "") -> AskBack:
    """Ask the founder of a running `case`: a text block, own words, or both. Raises AskBackRefused."""
    current = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("founder").get(pk=case.pk)
    if current.state not in WORKED_ON:
        raise AskBackRefused(AskBackRefusal.ENDED)
    return _ask(AskBack(office_id=case.office_id, case=current, block=block, text=text, asked_by=by))


@transaction.atomic
def ask_in_enquiry(submission: Submission, by: Membership, *, block: str = "", text: str = "") -> AskBack:
    """The same about an enquiry that waits for an answer of the office."""
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state != SubmissionState.SENT:
        raise AskBackRefused(AskBackRefusal.ENDED)
    return _ask(AskBack(office_id=row.office_id, submission=row, block=block, text=text, asked_by=by))


@transaction.atomic
def answer(asked: AskBack, text: str, language: str) -> AskBack:
    """The founder's answer, kept as written on a page in `language`. Of two answers the first one counts.

    Raises AskBackRefused if the question was answered or taken back meanwhile.
    """
    current = _locked(asked)
    if current.state != AskBackState.ASKED:
        raise AskBackRefused(AskBackRefusal.GONE)
    current.state, current.answer, current.answer_language = AskBackState.ANSWERED, text, language
    current.answered_at = clock.now()
    _save(current, "answer", "answer_language", "answered_at")
    _tell(current, TimelineKind.ASK_BACK_ANSWERED, None, text=text)
    return current


@transaction.atomic
def withdraw(asked: AskBack, by: Membership) -> AskBack:
    """Nobody needs the answer any more. Taken back already, it changes nothing. Raises AskBackRefused if answered."""
    current = _locked(asked)
    if current.state == AskBackState.WITHDRAWN:
        return current
    if current.state != AskBackState.ASKED:
        raise AskBackRefused(AskBackRefusal.GONE)
    current.state, current.withdrawn_at = AskBackState.WITHDRAWN, clock.now()
    _save(current, "withdrawn_at")
    _tell(current, TimelineKind.ASK_BACK_WITHDRAWN, by)
    return current


@transaction.atomic
def mark_seen(asked: AskBack) -> None:
    """Somebody of the team has read the answer; doing it again changes nothing."""
    unseen = AskBack.objects.filter(pk=asked.pk, state=AskBackState.ANSWERED, seen_at=None)
    unseen.update(seen_at=clock.now())


def take_along(submission: Submission, case: Case) -> None:
    """What was asked about an enquiry belongs to its case from now on, with a line for each."""
    for asked in (
        AskBack.objects.select_for_update().filter(submission=submission, case=None).order_by("asked_at", "id")
    ):
        asked.case = case
        asked.save(update_fields=["case"])
        _tell(asked, TimelineKind.ASKED_BACK, asked.asked_by, text=asked.text)
        if asked.state == AskBackState.ANSWERED:
            _tell(asked, TimelineKind.ASK_BACK_ANSWERED, None, text=asked.answer)


def of_enquiry(submission: Submission) -> OfficeOwnedQuerySet:
    """What was asked about an enquiry without a case, newest first, each with `asker_name`.

    What was asked in a case comes with it: `selectors.asked_in`.
    """
    found = AskBack.objects.for_office(submission.office_id).filter(submission=submission)
    return found.annotate(asker_name=F("asked_by__user__name"))


def to_person(office_id: int, cases: Collection[Case], submissions: Collection[Submission]) -> OfficeOwnedQuerySet:
    """What a person was asked in these cases and about these enquiries, newest first; not what was taken back."""
    about = Q(case__in=[case.pk for case in cases]) | Q(submission__in=[row.pk for row in submissions])
    return AskBack.objects.for_office(office_id).filter(about).exclude(state=AskBackState.WITHDRAWN)


def for_office(office: Organisation, ask_back_uuid: uuid.UUID) -> AskBack | None:
    """A question of the office with its case or enquiry; None if it is not theirs."""
    found = AskBack.objects.for_office(office).select_related("case", "submission")
    return found.filter(uuid=ask_back_uuid).first()


def waiting_for(column: str) -> Exists:
    """Whether a question waits for the founder of a case or enquiry ("case", "submission"), for `annotate`."""
    return Exists(AskBack.objects.filter(**{column: OuterRef("pk")}, state=AskBackState.ASKED))


def has_waiting(submission: Submission) -> bool:
    """Whether a question about an enquiry without a case waits for its founder."""
    return of_enquiry(submission).filter(state=AskBackState.ASKED).exists()


def _ask(asked: AskBack) -> AskBack:
    about = {"case": asked.case} if asked.case else {"submission": asked.submission}
    if AskBack.objects.filter(**about, state=AskBackState.ASKED).count() >= MOST_WAITING:
        raise AskBackRefused(AskBackRefusal.TOO_MANY)
    asked.save()
    messaging.plan(asked.office_id, notices.plans(asked))
    _tell(asked, TimelineKind.ASKED_BACK, asked.asked_by, text=asked.text)
    return asked


def _locked(asked: AskBack) -> AskBack:
    return AskBack.objects.select_for_update(of=("self",)).select_related("case").get(pk=asked.pk)


def _save(current: AskBack, *columns: str) -> None:
    """Store an end of the question; what is not sent yet about it is not sent any more."""
    bump_version(current)
    current.save(update_fields=["state", "version", *columns])
    messaging.void(current.uuid)


def _tell(asked: AskBack, kind: TimelineKind, by: Membership | None, *, text: str = "") -> None:
    if asked.case is not None:
        record(asked.case, kind, by, params={"block": str(asked.block)}, text=text)
