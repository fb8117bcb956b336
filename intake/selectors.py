"""Looking at submissions: the founder's own by their pass, the office's by the office."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from gruendungswerkstatt.common import codes
from network.people.models import Organisation

from .enums import SubmissionState
from .models import StepCount, Submission, SubmissionQuerySet
from .questions import QUESTIONNAIRE_VERSION
from .rules import up_to_date
from .steps import GROUPS

# Smaller numbers are not told, larger ones between languages: somebody could be recognised in a small group.
FEWEST_OF_ALL = 5
FEWEST_OF_A_LANGUAGE = 10


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
    """Submissions that wait for an advisor of `office`, and those whose sender has lost the code; oldest first."""
    return Submission.objects.for_office(office).to_call().select_related("municipality").order_by("sent_at", "id")


def submission_for_office(office: Organisation, submission_uuid: uuid.UUID) -> Submission | None:
    """A submission that was sent to `office`; None for a stranger's one and for drafts, which nobody reads."""
    return (
        Submission.objects.for_office(office)
        .exclude(state=SubmissionState.DRAFT)
        .select_related("municipality", "office", "entered_by__user")
        .filter(uuid=submission_uuid)
        .first()
    )


@dataclass(frozen=True)
class Walked:
    """How many people reached a page, left it there for good, and went on and sent; None where it is too few to say."""

    reached: int | None
    left_here: int | None
    sent: int | None


def step_counts(office: Organisation, since: date, until: date, *, language: str = "") -> dict[str, Walked]:
    """How far people came in the months from `since` to `until`: {code of a page: Walked}, for statistics.

    `language` "" is all of them together. Who shows both side by side has to withhold more, so that nothing small
    is left over when one is taken from the other.
    """
    rows = StepCount.objects.for_office(office).filter(month_on__range=(since.replace(day=1), until))
    if language:
        rows = rows.filter(language=language)
    fewest = FEWEST_OF_A_LANGUAGE if language else FEWEST_OF_ALL
    sums = rows.values_list("step").annotate(Sum("reached"), Sum("left_here"), Sum("sent")).order_by("step")
    return {step: Walked(*(_told(number, fewest) for number in numbers)) for step, *numbers in sums}


def _told(number: int, fewest: int) -> int | None:
    return number if number == 0 or number >= fewest else None
