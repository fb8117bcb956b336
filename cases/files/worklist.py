"""The worklist: which cases of an office fit its filters, and a search by any spelling of a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.paging import Ordering
from gruendungswerkstatt.common.text import fold, western_digits
from network.people.models import OfficeOwnedQuerySet, Organisation

from .enums import CaseState, ContactAge, DueDay, InterpreterNeed
from .models import (
    START_OR_NEVER,
    WITHOUT_APPLICATION,
    AddedEnquiry,
    Case,
    CaseLabel,
    Founder,
    Merge,
    NameKey,
    PlanStep,
)
from .selectors import label_names

NOBODY = "nobody"
# What a row of the worklist shows or is sorted by. Rows, not objects: fifty of them would bring two hundred others.
WORKLIST_COLUMNS = (
    "id", "uuid", "reference", "phase", "state", "sector", "opened_at", "by_name", "last_contact_at",
    "founder__name", "founder__name_latin", "founder__languages", "founder__municipality__code", "advisor__user__name",
    "start_or_never", "label_names",
)  # fmt: skip
FEWEST_PHONE_DIGITS = 5
FEWEST_LETTERS_INSIDE = 3  # a trigram index knows no shorter piece
FEWEST_LETTERS_FUZZY = 4
_PHONE_SIGNS = re.compile(r"[0-9+()/.\-–\s\u200e\u200f\u2066-\u2069]+")

ORDERINGS = {
    ordering.code: ordering
    for ordering in (
        Ordering("newest", _("Newest first"), ("-opened_at", "-id")),
        Ordering("oldest", _("Oldest first"), ("opened_at", "id")),
        Ordering("name", _("By name"), ("by_name", "id")),
        Ordering("contact", _("Longest without contact"), ("last_contact_at", "id")),
        Ordering("recent", _("Latest contact first"), ("-last_contact_at", "-id")),
        Ordering("start", _("By planned start"), ("start_or_never", "id")),
    )
}
STILL_OPEN = (CaseState.OPEN, CaseState.RESTING)
NEEDS = {InterpreterNeed.YES: True, InterpreterNeed.NO: False, InterpreterNeed.UNKNOWN: None}
# (at least so many days ago, at most so many days ago)
CONTACT_DAYS = {
    ContactAge.WEEK: (0, 7),
    ContactAge.MONTH: (30, None),
    ContactAge.QUARTER: (90, None),
    ContactAge.HALF_YEAR: (182, None),
}
SOON = {DueDay.STEP_SOON: 7, DueDay.START_SOON: 30}  # days


@dataclass(frozen=True)
class WorklistFilters:
    """What the worklist shows; "" leaves a filter open. `advisor` is a membership's key, several of them, or NOBODY."""

    search: str = ""
    advisor: int | tuple[int, ...] | str | None = None
    phase: str = ""
    state: str = ""
    municipality: str = ""
    language: str = ""
    sector: str = ""
    interpreter: str = ""
    contact: str = ""
    due: str = ""
    label: int | None = None  # its key


def worklist(office: Organisation, filters: WorklistFilters) -> OfficeOwnedQuerySet:
    """Cases of `office` that fit all filters; to be ordered and paged."""
    cases = Case.objects.for_office(office)
    if filters.advisor == NOBODY:
        cases = cases.filter(advisor=None)
    elif isinstance(filters.advisor, tuple):
        cases = cases.filter(advisor__in=filters.advisor)
    elif filters.advisor:
        cases = cases.filter(advisor=filters.advisor)
    exact = {
        "phase": filters.phase,
        "state": filters.state,
        "sector": filters.sector,
        "founder__municipality__code": filters.municipality,
    }
    cases = cases.filter(**{field: value for field, value in exact.items() if value}).exclude(state=CaseState.MERGED)
    if filters.language:
        # The founder's office says nothing new, but begins the index of who speaks this language, by name.
        cases = cases.filter(founder__office=office, founder__languages__contains=[filters.language])
    if filters.interpreter:
        cases = cases.filter(founder__needs_interpreter=NEEDS[filters.interpreter])
    if filters.contact:
        cases = cases.filter(_last_contact(filters.contact))
    if filters.label:
        cases = cases.filter(pk__in=CaseLabel.objects.for_office(office).filter(label=filters.label).values("case"))
    if filters.due:
        cases = cases.filter(DUE[filters.due](office), state__in=STILL_OPEN)
    return _found_by(cases, office, filters.search) if filters.search.strip() else cases


def worklist_rows(office: Organisation, filters: WorklistFilters) -> OfficeOwnedQuerySet:
    """`worklist` as named rows of WORKLIST_COLUMNS.

    Names and languages go together: along the names of all one may walk long until somebody speaks a rare language. So
    those who speak it are read in the order of their own names, which is that of their cases.
    """
    by_name = F("founder__sort_name" if filters.language else "sort_name")
    rows = worklist(office, filters).annotate(by_name=by_name, start_or_never=START_OR_NEVER, label_names=label_names())
    return rows.values_list(*WORKLIST_COLUMNS, named=True)


def _last_contact(age: str) -> Q:
    """The last contact was so long ago, counted in days of 24 hours.

    Nobody is spoken to before there is a case, so it was opened before that too. Said as well, it keeps PostgreSQL from
    walking past all newer cases, of which none can fit.
    """
    least, most = CONTACT_DAYS[age]
    until = clock.now() - timedelta(days=least)
    before = Q(last_contact_at__lte=until, opened_at__lte=until)
    return before if most is None else before & Q(last_contact_at__gt=clock.now() - timedelta(days=most))


def _step_due(office: Organisation, **days: date) -> Q:
    """An open step is due then; steps with a day are few, so they are found first."""
    steps = PlanStep.objects.for_office(office).filter(done_at=None, due_on__isnull=False, **days)
    return Q(pk__in=steps.values("case"))


def _days_ahead(due: DueDay) -> tuple[date, date]:
    return clock.today(), clock.today() + timedelta(days=SOON[due])


DUE: dict[str, Callable[[Organisation], Q]] = {
    DueDay.STEP_OVERDUE: lambda office: _step_due(office, due_on__lt=clock.today()),
    DueDay.STEP_SOON: lambda office: _step_due(office, due_on__range=_days_ahead(DueDay.STEP_SOON)),
    DueDay.START_SOON: lambda _office: Q(planned_start_on__range=_days_ahead(DueDay.START_SOON)),
    DueDay.START_PASSED: lambda _office: Q(planned_start_on__lt=clock.today()),
    DueDay.START_WITHOUT_APPLICATION: lambda _office: WITHOUT_APPLICATION,
}


def _found_by(cases: OfficeOwnedQuerySet, office: Organisation, search: str) -> OfficeOwnedQuerySet:
    """Those of `cases` with this name in any spelling, this reference number or this telephone number.

    Each way has an index of its own, so their results are united instead of joined by OR.
    """
    ways = []
    if any(sign.isalpha() for sign in search):
        ways.append(Case.objects.for_office(office).filter(founder__in=_called(office, fold(search))).values("pk"))
    if reference := codes.normalise_reference(search):
        ways.append(Case.objects.for_office(office).filter(reference=reference).values("pk"))
        added = AddedEnquiry.objects.for_office(office).filter(submission__reference=reference)
        ways.append(added.values("case"))
        merges = Merge.objects.for_office(office).filter(merged__reference=reference, undone_at=None)
        ways.append(merges.values("into"))
    if digits := _phone_digits(search):
        founders = Founder.objects.for_office(office).filter(phone__contains=digits).values("pk")
        ways.append(Case.objects.for_office(office).filter(founder__in=founders).values("pk"))
    if not ways:
        return cases.none()
    first, *others = ways
    return cases.filter(pk__in=first.union(*others) if others else first)


def _called(office: Organisation, folded: str) -> QuerySet:
    """Founders whose name is spelt like that; only where there are none, those whose name as a whole resembles it.

    The second look costs many times the first, because so many names have a few letters in common: PostgreSQL takes it
    when the first has found nobody. As a union both are carried out once; otherwise PostgreSQL may take the names for
    so frequent that it compares those of every case, one after the other.
    """
    keys = NameKey.objects.for_office(office)
    near = keys.filter(_spelt_like(folded))
    if len(folded) < FEWEST_LETTERS_FUZZY:
        return near.values("founder")
    how_many = near.order_by().values("office").annotate(found=Count("pk")).values("found")
    resembling = keys.alias(near=Subquery(how_many)).filter(near=None, key__trigram_similar=folded)
    return near.values("founder").union(resembling.values("founder"))


def _spelt_like(folded: str) -> Q:
    """Keys that contain the folded name or something near it; one or two letters begin a name.

    "Near" is PostgreSQL's own measure: six tenths of the trigrams in a part of a name, and three tenths of all where a
    whole name is compared (pg_trgm.word_similarity_threshold, pg_trgm.similarity_threshold).
    """
    if len(folded) < FEWEST_LETTERS_INSIDE:
        return Q(key__startswith=folded) | Q(key__contains=f" {folded}")
    alike = Q(key__contains=folded)
    return alike | Q(key__trigram_word_similar=folded) if len(folded) >= FEWEST_LETTERS_FUZZY else alike


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
