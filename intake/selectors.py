"""Looking at submissions: the founder's own by their pass, the office's by the office."""

import uuid

from gruendungswerkstatt.common import codes
from network.people.models import Organisation

from .enums import SubmissionState
from .models import Submission, SubmissionQuerySet
from .questions import QUESTIONNAIRE_VERSION
from .rules import up_to_date
from .steps import GROUPS


def submission_by_code(submission_uuid: uuid.UUID, code: str, *, lock: bool = False) -> Submission | None:
    """The submission with this key if `code` is its code; with `lock` nobody else changes it in this transaction."""
    rows = Submission.objects.select_for_update() if lock else Submission.objects.all()
    return _if_code(rows.filter(uuid=submission_uuid).first(), code)


def submission_by_reference(reference: str, code: str) -> Submission | None:
    """The submission with this (normalised) reference number if `code` is its code."""
    return _if_code(Submission.objects.filter(reference=reference).select_related("office").first(), code)


def count_drafts() -> int:
    """How many enquiries of all offices are begun and not sent."""
    return Submission.objects.drafts().count()


def _if_code(submission: Submission | None, code: str) -> Submission | None:
    if submission is None:
        codes.is_code(code, "", salt="")  # takes as long as for a reference number that exists
        return None
    if not codes.is_code(code, submission.code_digest, salt=submission.reference):
        return None
    if submission.is_draft and submission.questionnaire_version != QUESTIONNAIRE_VERSION:
        _bring_up_to_date(submission)
    return submission


def _bring_up_to_date(draft: Submission) -> None:
    """The portal was renewed while somebody filled in the form: what is no longer offered is put aside.

    Nothing is written here; whoever writes the draft next writes this along.
    """
    draft.answers, aside = up_to_date(draft.answers)
    draft.typed = {**draft.typed, **aside}
    draft.visited_steps = [
        code for code in draft.visited_steps if code not in GROUPS or aside.keys().isdisjoint(GROUPS[code].keys)
    ]
    draft.questionnaire_version = QUESTIONNAIRE_VERSION


def inbox(office: Organisation) -> SubmissionQuerySet:
    """Submissions that wait for an advisor of `office`, oldest first."""
    return Submission.objects.for_office(office).waiting().select_related("municipality").order_by("sent_at", "id")


def submission_for_office(office: Organisation, submission_uuid: uuid.UUID) -> Submission | None:
    """A submission that was sent to `office`; None for a stranger's one and for drafts, which nobody reads."""
    return (
        Submission.objects.for_office(office)
        .exclude(state=SubmissionState.DRAFT)
        .select_related("municipality", "office")
        .filter(uuid=submission_uuid)
        .first()
    )
