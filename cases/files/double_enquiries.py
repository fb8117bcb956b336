"""Two waiting enquiries that are probably one person's: shown side by side, and one of them closed by a human."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from gruendungswerkstatt.common.abstract import StaleVersion
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from intake.services import close

from .duplicates import record_of
from .matching import Match, compare

MOST_COMPARED = 200  # the latest of the town, or with the same telephone or address
MOST_SHOWN = 3


@dataclass(frozen=True)
class LikelyEnquiry:
    """Another waiting enquiry that may be the same person's, and why."""

    submission: Submission
    match: Match


def likely_enquiries(submission: Submission) -> list[LikelyEnquiry]:
    """Waiting enquiries of the same office that may be of who sent `submission`, the likeliest first; one query."""
    answers = submission.answers
    ways = Q(municipality=submission.municipality_id)
    for key in ("phone", "email"):
        if answers.get(key):
            ways |= Q(**{f"answers__{key}": answers[key]})
    waiting = Submission.objects.for_office(submission.office_id).waiting().exclude(pk=submission.pk)
    found = waiting.filter(ways).select_related("municipality").order_by("-sent_at", "-id")[:MOST_COMPARED]
    record = record_of(submission)
    compared = (LikelyEnquiry(other, compare(record, record_of(other))) for other in found)
    likely = [one for one in compared if one.match.is_likely]
    return sorted(likely, key=lambda one: -one.match.score)[:MOST_SHOWN]


def newer_first(one: Submission, other: Submission) -> tuple[Submission, Submission]:
    """Both, the one that was sent later first."""
    newer, older = sorted((one, other), key=lambda row: (row.sent_at, row.pk), reverse=True)
    return newer, older


@transaction.atomic
def close_older(one: Submission, other: Submission, versions: tuple[int, int]) -> Submission:
    """Go on with the newer of two enquiries of one person: the older one is closed as sent twice. Gives the newer one.

    `versions` are those of `one` and `other` as they were compared. Closed so already, it changes nothing. Raises
    StaleVersion if one of them was answered or changed in the meantime.
    """
    rows = Submission.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len({one.pk, other.pk}) or one.pk == other.pk:
        raise StaleVersion
    seen = dict(zip((one.pk, other.pk), versions, strict=True))
    newer, older = newer_first(found[one.pk], found[other.pk])
    if older.closing_reason == ClosingReason.DUPLICATE:
        return newer
    if newer.state != SubmissionState.SENT or older.state != SubmissionState.SENT or newer.version != seen[newer.pk]:
        raise StaleVersion
    close(older, ClosingReason.DUPLICATE, seen[older.pk])
    return newer
