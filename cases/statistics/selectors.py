"""Reading: the counts of one office in one year, each population in one statement; and the figures that were told."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import starmap

from django.db.models import Case as Choose
from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.enums import CaseState, ChangeKind, Outcome, Phase
from cases.files.models import Case, StatusChange
from cases.referrals.enums import ReferralState
from cases.referrals.models import Referral
from gruendungswerkstatt.common import clock
from intake.models import StepCount
from network.people.models import Organisation

from .enums import Answered, Founding, NotFounding, Table, Wait
from .models import Snapshot
from .suppression import Cross, Partition, from_json

UNKNOWN = "unknown"
_TWO_WEEKS, _FOUR_WEEKS, _YEAR = timedelta(days=14), timedelta(days=28), timedelta(days=365)

Counted = Counter[tuple[str, ...]]


def first_year(office: Organisation) -> int | None:
    """The year of the office's first case or counter; None if there is neither."""
    opened = Case.objects.for_office(office).aggregate(at=Min("opened_at"))["at"]
    counted = StepCount.objects.for_office(office).aggregate(on=Min("month_on"))["on"]
    years = [*([clock.local(opened).year] if opened else []), *([counted.year] if counted else [])]
    return min(years, default=None)


def forms(office: Organisation, year: int) -> Counted:
    """{(page, language, what): forms}; `what` is "left" or "sent". From the personless counters (ADR 26)."""
    rows = (
        StepCount.objects.for_office(office)
        .filter(month_on__range=(date(year, 1, 1), date(year, 12, 31)))
        .values_list("step", "language")
        .annotate(Sum("left_here"), Sum("sent"))
        .order_by()
    )
    counted: Counted = Counter()
    for page, language, left, sent in rows:
        counted[page, language, "left"] = left
        counted[page, language, "sent"] = sent
    return counted


def cases(office: Organisation, year: int) -> Counted:
    """{(phase, sector, town, language, wait): cases opened in `year`}.

    The wait ends with the first talk that took place. Appointments that did not are never looked at (rule 2).
    """
    first_talk = (
        Appointment.objects.for_office(office)
        .filter(case=OuterRef("pk"), state=AppointmentState.TOOK_PLACE)
        .order_by("starts_at")
        .values("starts_at")[:1]
    )
    waited = F("first_talk") - Coalesce("submission__sent_at", "opened_at")
    rows = _opened_in(office, year).annotate(first_talk=Subquery(first_talk)).annotate(waited=waited)
    wait = Choose(
        When(first_talk=None, then=Value(Wait.NONE)),
        When(waited__lte=_TWO_WEEKS, then=Value(Wait.SOON)),
        When(waited__lte=_FOUR_WEEKS, then=Value(Wait.MONTH)),
        default=Value(Wait.LONG),
        output_field=CharField(),
    )
    return _counted(rows.annotate(wait=wait), "phase", *_CHARACTERISTICS, "wait")


def outcomes(office: Organisation, year: int) -> Counted:
    """{(outcome, sector, town, language): cases opened in `year`}, as it was 365 days after each was opened."""
    in_time = Q(state=CaseState.CLOSED, closed_at__lte=F("opened_at") + _YEAR)
    started = StatusChange.objects.filter(
        case=OuterRef("pk"),
        kind=ChangeKind.PHASE,
        after=Phase.CONSOLIDATION,
        undone_by=None,
        changed_at__lte=OuterRef("opened_at") + _YEAR,
    )
    outcome_at_twelve_months = Choose(
        When(in_time & Q(outcome=Outcome.FOUNDED_FULL_TIME), then=Value(Founding.FULL_TIME)),
        When(in_time & Q(outcome=Outcome.FOUNDED_SIDE), then=Value(Founding.SIDE)),
        When(Exists(started), then=Value(Founding.ADVISED)),
        When(in_time & Q(outcome__in=(Outcome.OTHER_WORK, Outcome.TRAINING)), then=Value(NotFounding.OTHER_WAY)),
        When(in_time | Q(state=CaseState.HANDED_OVER), then=Value(NotFounding.ENDED)),
        default=Value(NotFounding.GOING_ON),
        output_field=CharField(),
    )
    return _counted(_opened_in(office, year).annotate(became=outcome_at_twelve_months), "became", *_CHARACTERISTICS)


def referred(office: Organisation, year: int) -> Counted:
    """{(language, answer): cases with a referral sent in `year`}; a case counts once, however many it had."""
    start, end = _bounds(year)
    sent = Referral.objects.for_office(office).filter(case=OuterRef("pk"), sent_at__gte=start, sent_at__lt=end)
    declined = Exists(sent.filter(state=ReferralState.DECLINED))
    answer = Choose(
        When(declined, then=Value(Answered.DECLINED)),
        default=Value(Answered.NOT_DECLINED),
        output_field=CharField(),
    )
    rows = Case.objects.for_office(office).filter(Exists(sent)).annotate(answer=answer)
    return _counted(rows, "founder__languages__0", "answer")


def years_told(office: Organisation) -> list[int]:
    """The years with figures, the newest first."""
    return list(Snapshot.objects.for_office(office).values_list("year", flat=True).distinct().order_by("-year"))


def told(office: Organisation, year: int) -> dict[str, Partition | Cross]:
    """{table: what is told of it} of one year."""
    rows = Snapshot.objects.for_office(office).filter(year=year).values_list("table", "figures")
    return {table: from_json(figures) for table, figures in rows}


def told_by_year(office: Organisation, *tables: Table) -> dict[tuple[int, str], Partition | Cross]:
    """{(year, table): what is told of it} of all years, oldest first."""
    rows = Snapshot.objects.for_office(office).filter(table__in=tables).order_by("year")
    return {(row.year, row.table): from_json(row.figures) for row in rows}


def closed_at(office: Organisation, year: int) -> datetime | None:
    """When the last table of `year` was closed."""
    return Snapshot.objects.for_office(office).filter(year=year).aggregate(at=Max("closed_at"))["at"]


_CHARACTERISTICS = ("sector", "founder__municipality__code", "founder__languages__0")


def _bounds(year: int) -> tuple[datetime, datetime]:
    """The first moment of `year` on the office's clock, and that of the next one."""
    start, end = starmap(clock.at, ((date(year, 1, 1), 0), (date(year + 1, 1, 1), 0)))
    return start, end


def _opened_in(office: Organisation, year: int) -> QuerySet[Case]:
    start, end = _bounds(year)
    cases = Case.objects.for_office(office).exclude(state=CaseState.MERGED)
    return cases.filter(opened_at__gte=start, opened_at__lt=end)


def _counted(rows: QuerySet, *names: str) -> Counted:
    """One GROUP BY: all tables of these people come from one statement, so they agree with each other."""
    grouped = rows.order_by().values_list(*names).annotate(Count("pk"))
    counted: Counted = Counter()
    for *codes, number in grouped:
        counted[tuple(code or UNKNOWN for code in codes)] += number
    return counted
