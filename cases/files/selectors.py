"""Looking for cases of an office."""

import re
import uuid
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import codes
from gruendungswerkstatt.common.paging import Ordering
from gruendungswerkstatt.common.text import fold, western_digits
from intake.models import Submission
from network.people.models import OfficeOwnedQuerySet, Organisation

from .enums import ErasureRequestState
from .models import AddedEnquiry, Case, Deadline, ErasureRequest, Founder, NameKey, PlanStep, TimelineEntry

NOBODY = "nobody"
# What a row of the worklist shows or is sorted by. Rows, not objects: fifty of them would bring two hundred others.
WORKLIST_COLUMNS = (
    "id", "uuid", "reference", "phase", "state", "sector", "opened_at", "sort_name", "last_contact_at",
    "founder__name", "founder__name_latin", "founder__languages", "founder__municipality__code", "advisor__user__name",
)  # fmt: skip
FEWEST_PHONE_DIGITS = 5
FEWEST_LETTERS_INSIDE = 3  # a trigram index knows no shorter piece
FEWEST_LETTERS_FUZZY = 4
_PHONE_SIGNS = re.compile(r"[0-9+()/.\-–\s\u200e\u200f\u2066-\u2069]+")

ORDERINGS = {
    ordering.code: ordering
    for ordering in (
        Ordering("newest", _("Newest first"), ("-opened_at", "-id")),
        Ordering("name", _("By name"), ("sort_name", "id")),
        Ordering("contact", _("Longest without contact"), ("last_contact_at", "id")),
    )
}


@dataclass(frozen=True)
class WorklistFilters:
    """What the worklist shows; "" leaves a filter open. `advisor` is a membership's key or NOBODY."""

    search: str = ""
    advisor: int | str | None = None
    phase: str = ""
    state: str = ""
    municipality: str = ""
    language: str = ""
    sector: str = ""


def case_for_office(office: Organisation, case_uuid: uuid.UUID) -> Case | None:
    """A case of `office` with what its page shows at the top; None if it is not theirs.

    It knows whether a wish for deletion waits: `has_erasure_request`.
    """
    waiting = ErasureRequest.objects.filter(case=OuterRef("pk"), state=ErasureRequestState.OPEN)
    return (
        Case.objects.for_office(office)
        .select_related("founder__municipality", "advisor__user", "submission__entered_by__user", "office")
        .annotate(has_erasure_request=Exists(waiting))
        .filter(uuid=case_uuid)
        .first()
    )


def cases_of_submission(submission: Submission) -> OfficeOwnedQuerySet:
    """The one case that was opened from `submission` or that it was added to, if any; to be refined.

    Each way has an index of its own, so both are united instead of joined by OR.
    """
    cases, added = Case.objects.for_office(submission.office_id), AddedEnquiry.objects.for_office(submission.office_id)
    opened = cases.filter(submission=submission).values("pk")
    return cases.filter(pk__in=opened.union(added.filter(submission=submission).values("case"), all=True))


def case_of_submission(submission: Submission) -> Case | None:
    """The case of `submission` with its founder."""
    return cases_of_submission(submission).select_related("founder").first()


def added_enquiries(case: Case) -> OfficeOwnedQuerySet:
    """Further enquiries of the same person that were added to `case`, newest first."""
    added = AddedEnquiry.objects.for_office(case.office_id).filter(case=case)
    return added.select_related("submission__entered_by__user", "submission__municipality", "submission__office")


def worklist(office: Organisation, filters: WorklistFilters) -> OfficeOwnedQuerySet:
    """Cases of `office` that fit all filters; to be ordered and paged."""
    cases = Case.objects.for_office(office)
    if filters.advisor == NOBODY:
        cases = cases.filter(advisor=None)
    elif filters.advisor:
        cases = cases.filter(advisor=filters.advisor)
    exact = {
        "phase": filters.phase,
        "state": filters.state,
        "sector": filters.sector,
        "founder__municipality__code": filters.municipality,
    }
    cases = cases.filter(**{field: value for field, value in exact.items() if value})
    if filters.language:
        cases = cases.filter(founder__languages__contains=[filters.language])
    return _found_by(cases, office, filters.search) if filters.search.strip() else cases


def worklist_rows(office: Organisation, filters: WorklistFilters) -> OfficeOwnedQuerySet:
    """`worklist` as named rows of WORKLIST_COLUMNS."""
    return worklist(office, filters).values_list(*WORKLIST_COLUMNS, named=True)


def _found_by(cases: OfficeOwnedQuerySet, office: Organisation, search: str) -> OfficeOwnedQuerySet:
    """Those of `cases` with this name in any spelling, this reference number or this telephone number.

    Each way has an index of its own, so their results are united instead of joined by OR.
    """
    ways = []
    if any(sign.isalpha() for sign in search):
        founders = NameKey.objects.for_office(office).filter(_spelt_like(fold(search))).values("founder")
        ways.append(Case.objects.for_office(office).filter(founder__in=founders).values("pk"))
    if reference := codes.normalise_reference(search):
        ways.append(Case.objects.for_office(office).filter(reference=reference).values("pk"))
        added = AddedEnquiry.objects.for_office(office).filter(submission__reference=reference)
        ways.append(added.values("case"))
    if digits := _phone_digits(search):
        founders = Founder.objects.for_office(office).filter(phone__contains=digits).values("pk")
        ways.append(Case.objects.for_office(office).filter(founder__in=founders).values("pk"))
    if not ways:
        return cases.none()
    first, *others = ways
    return cases.filter(pk__in=first.union(*others) if others else first)


def _spelt_like(folded: str) -> Q:
    """Keys that contain the folded name or come near it; one or two letters begin a name.

    "Near" is PostgreSQL's own measure: three tenths of all trigrams for a whole name, six tenths for a part of one
    (pg_trgm.similarity_threshold, pg_trgm.word_similarity_threshold).
    """
    if len(folded) < FEWEST_LETTERS_INSIDE:
        return Q(key__startswith=folded) | Q(key__contains=f" {folded}")
    alike = Q(key__contains=folded)
    if len(folded) >= FEWEST_LETTERS_FUZZY:
        alike |= Q(key__trigram_similar=folded) | Q(key__trigram_word_similar=folded)
    return alike


def _phone_digits(search: str) -> str:
    """The digits of a telephone number after its prefix: 0171…, +49 171… and 0049 171… are kept as +49171…

    "" for what is no number, or too short to be one.
    """
    typed = western_digits(search)
    if not _PHONE_SIGNS.fullmatch(typed):
        return ""
    digits = "".join(sign for sign in typed if sign.isdigit())
    digits = digits.removeprefix("00").removeprefix("49").lstrip("0")
    return digits if len(digits) >= FEWEST_PHONE_DIGITS else ""


def timeline(case: Case) -> OfficeOwnedQuerySet:
    """The lines of a case's timeline with their authors, newest first."""
    lines = TimelineEntry.objects.for_office(case.office_id).filter(case=case)
    return lines.select_related("author__user", "author__organisation").order_by("-happened_at", "-id")


def steps(case: Case) -> OfficeOwnedQuerySet:
    """Suggested and agreed steps of a case: open ones first, in the order they came."""
    return PlanStep.objects.for_office(case.office_id).filter(case=case).order_by("done_at", "created_at", "id")


def step_for_office(office: Organisation, step_uuid: uuid.UUID) -> PlanStep | None:
    """A step of one of the office's cases with its case; None if it is not theirs."""
    return PlanStep.objects.for_office(office).select_related("case").filter(uuid=step_uuid).first()


def deadlines(case: Case) -> OfficeOwnedQuerySet:
    """What is watched for a case: open ones first, the nearest day at the top."""
    return (
        Deadline.objects.for_office(case.office_id)
        .filter(case=case)
        .order_by(F("done_at").asc(nulls_first=True), "due_on", "id")
    )


def deadline_for_office(office: Organisation, deadline_uuid: uuid.UUID) -> Deadline | None:
    """A deadline of one of the office's cases with its case; None if it is not theirs."""
    return Deadline.objects.for_office(office).select_related("case").filter(uuid=deadline_uuid).first()
