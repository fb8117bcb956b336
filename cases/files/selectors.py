"""Looking for cases of an office."""

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import codes
from gruendungswerkstatt.common.paging import Ordering
from gruendungswerkstatt.common.text import fold, western_digits
from intake.models import Submission
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

from .models import Case, NameKey, PlanStep, TimelineEntry

NOBODY = "nobody"
FEWEST_PHONE_DIGITS = 5
FEWEST_LETTERS_FUZZY = 4

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
    """What the worklist shows; "" leaves a filter open. `advisor` is a membership or NOBODY."""

    search: str = ""
    advisor: Membership | str | None = None
    phase: str = ""
    state: str = ""
    municipality: str = ""
    language: str = ""
    sector: str = ""


def case_for_office(office: Organisation, case_uuid: uuid.UUID) -> Case | None:
    """A case of `office` with what its page shows at the top; None if it is not theirs."""
    return (
        Case.objects.for_office(office)
        .select_related("founder__municipality", "advisor__user", "submission", "office")
        .filter(uuid=case_uuid)
        .first()
    )


def case_of_submission(submission: Submission) -> Case | None:
    """The case that was opened from `submission`."""
    return Case.objects.for_office(submission.office_id).select_related("founder").filter(submission=submission).first()


def worklist(office: Organisation, filters: WorklistFilters) -> OfficeOwnedQuerySet:
    """Cases of `office` that fit all filters, with founder, municipality and advisor; to be ordered and paged."""
    cases = Case.objects.for_office(office).select_related("founder__municipality", "advisor__user")
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
    return cases.filter(_found_by(office, filters.search)) if filters.search.strip() else cases


def _found_by(office: Organisation, search: str) -> Q:
    """By any spelling of the name, by reference number, by telephone number."""
    folded = fold(search)
    names = NameKey.objects.for_office(office)
    by_name = Q(key__contains=folded)
    if len(folded) >= FEWEST_LETTERS_FUZZY:
        by_name |= Q(key__trigram_similar=folded)
    found = Q(founder__in=names.filter(by_name).values("founder")) if folded else Q(pk__in=[])
    if reference := codes.normalise_reference(search):
        found |= Q(reference=reference)
    digits = "".join(sign for sign in western_digits(search) if "0" <= sign <= "9")
    # Written 0171…, +49 171… or 0049 171…, kept as +49171…: what follows the prefix is compared.
    digits = digits.removeprefix("0049").removeprefix("49").lstrip("0") if not search.strip().isalpha() else ""
    if len(digits) >= FEWEST_PHONE_DIGITS:
        found |= Q(founder__phone__contains=digits)
    return found


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
