"""Looking at submissions: the founder's own by their pass, the office's by the office."""

import uuid

from gruendungswerkstatt.common import codes
from network.people.models import Organisation

from .enums import SubmissionState
from .models import Submission, SubmissionQuerySet


def submission_by_code(submission_uuid: uuid.UUID, code: str, *, lock: bool = False) -> Submission | None:
    """The submission with this key if `code` is its code; with `lock` nobody else changes it in this transaction."""
    rows = Submission.objects.select_for_update() if lock else Submission.objects.all()
    return _if_code(rows.filter(uuid=submission_uuid).first(), code)


def submission_by_reference(reference: str, code: str) -> Submission | None:
    """The submission with this (normalised) reference number if `code` is its code."""
    return _if_code(Submission.objects.filter(reference=reference).select_related("office").first(), code)


def entered_by_office(submission_uuid: uuid.UUID, *, lock: bool = False) -> Submission | None:
    """An enquiry that the office typed for a founder, who reaches it by a hand-over (handing_over.py)."""
    rows = Submission.objects.filter(uuid=submission_uuid, entered_by__isnull=False).select_related("office")
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def count_drafts() -> int:
    """How many enquiries of all offices are begun and not sent."""
    return Submission.objects.drafts().count()


def _if_code(submission: Submission | None, code: str) -> Submission | None:
    if submission is None:
        codes.is_code(code, "", salt="")  # takes as long as for a reference number that exists
        return None
    return submission if codes.is_code(code, submission.code_digest, salt=submission.reference) else None


def inbox(office: Organisation) -> SubmissionQuerySet:
    """Submissions that wait for an advisor of `office`, oldest first."""
    return Submission.objects.for_office(office).waiting().select_related("municipality").order_by("sent_at", "id")


def submission_for_office(office: Organisation, submission_uuid: uuid.UUID) -> Submission | None:
    """A submission that was sent to `office`; None for a stranger's one and for drafts, which nobody reads."""
    return (
        Submission.objects.for_office(office)
        .exclude(state=SubmissionState.DRAFT)
        .select_related("municipality", "office", "entered_by__user")
        .filter(uuid=submission_uuid)
        .first()
    )
