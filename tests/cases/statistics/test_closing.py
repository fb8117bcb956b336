"""Closing a year: what is counted, when, and that it stays."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from cases.appointments.enums import AppointmentState
from cases.files.enums import CaseState, Outcome, Phase
from cases.files.models import Case
from cases.referrals.enums import ReferralState
from cases.statistics import selectors, services, tasks
from cases.statistics.enums import Founding, NotFounding, Table, Wait
from cases.statistics.models import Snapshot
from gruendungswerkstatt.common import clock
from intake.models import StepCount
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db
OPENED = clock.at(date(2024, 5, 6), 10)


@pytest.fixture
def town():
    return MunicipalityFactory(office=OrganisationFactory(office=True), code="kamen")


def case(town, *, opened_at=OPENED, sector="food", languages=("ar",), **fields) -> Case:
    founder = FounderFactory(office=town.office, municipality=town, languages=list(languages))
    return CaseFactory(founder=founder, opened_at=opened_at, sector=sector, **fields)


def on(year: int, month: int, day: int = 1):
    return clock.frozen(clock.at(date(year, month, day), 3))


def test_a_year_is_closed_a_month_after_its_end_and_its_outcomes_a_year_later(town):
    case(town)
    with on(2025, 1, 31):
        assert services.close_years(town.office) == 0
    with on(2025, 2):
        services.close_years(town.office)
    assert set(Snapshot.objects.values_list("year", flat=True)) == {2024}
    assert Table.OUTCOME not in selectors.told(town.office, 2024)
    with on(2026, 2):
        services.close_years(town.office)
    assert Table.OUTCOME in selectors.told(town.office, 2024)
    assert Table.CASES_PHASE in selectors.told(town.office, 2025)
    assert Table.OUTCOME not in selectors.told(town.office, 2025)


def test_closing_again_writes_nothing_whatever_has_happened_since(town):
    for _ in range(6):
        case(town)
    with on(2025, 3):
        tasks.close_years()
        before = list(Snapshot.objects.order_by("pk").values())
        case(town)
        tasks.close_years()
    assert list(Snapshot.objects.order_by("pk").values()) == before


def test_the_database_refuses_to_change_or_delete_what_was_told(town):
    case(town)
    with on(2025, 3):
        services.close_years(town.office)
    for change in (lambda rows: rows.update(figures={}), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change(Snapshot.objects.all())


def test_nothing_is_told_of_a_handful_of_people(town):
    for _ in range(4):
        case(town)
    with on(2026, 3):
        services.close_years(town.office)
    numbers = [number for row in Snapshot.objects.all() for _key, number in row.figures["rows"]]
    assert set(numbers) <= {None}
    assert {row.figures.get("total") for row in Snapshot.objects.all()} == {None}


def test_an_office_counts_its_own_cases_of_the_year_on_its_own_clock(town):
    case(town, opened_at=clock.at(date(2024, 1, 1), 0))
    case(town, opened_at=clock.at(date(2024, 12, 31), 23, 59))
    case(town, opened_at=clock.at(date(2025, 1, 1), 0))
    case(MunicipalityFactory(office=OrganisationFactory(office=True), code="unna"))
    assert sum(selectors.cases(town.office, 2024).values()) == 2


def test_who_waits_is_counted_until_the_first_talk_that_took_place(town):
    advisor = MembershipFactory(organisation=town.office)

    def meeting(at_case, days, state=AppointmentState.TOOK_PLACE):
        starts_at = OPENED + timedelta(days=days)
        AppointmentFactory(
            case=at_case, advisor=advisor, state=state, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
        )

    soon, long, _never, missed = (case(town) for _ in range(4))
    meeting(soon, 14)
    meeting(soon, 40)
    meeting(long, 30)
    meeting(missed, 2, AppointmentState.NO_SHOW)
    waits = {wait: number for (*_others, wait), number in selectors.cases(town.office, 2024).items()}
    assert waits == {Wait.SOON: 1, Wait.LONG: 1, Wait.NONE: 2}


@pytest.mark.parametrize("state", [AppointmentState.NO_SHOW, AppointmentState.EXCUSED, AppointmentState.CANCELLED])
def test_a_talk_that_did_not_take_place_is_as_if_it_had_not_been(town, state):
    one = case(town)
    before = selectors.cases(town.office, 2024)
    by = "office" if state == AppointmentState.CANCELLED else ""
    advisor = MembershipFactory(organisation=town.office)
    AppointmentFactory(
        case=one, advisor=advisor, state=state, cancelled_by=by, starts_at=OPENED, ends_at=OPENED + timedelta(hours=1)
    )
    assert selectors.cases(town.office, 2024) == before


def closed(outcome, days):
    return {"state": CaseState.CLOSED, "outcome": outcome, "closed_at": OPENED + timedelta(days=days)}


@pytest.mark.parametrize(
    ("fields", "became"),
    [
        (closed(Outcome.FOUNDED_FULL_TIME, 300), Founding.FULL_TIME),
        (closed(Outcome.FOUNDED_SIDE, 365), Founding.SIDE),
        (closed(Outcome.FOUNDED_SIDE, 366), NotFounding.GOING_ON),
        (closed(Outcome.TRAINING, 30), NotFounding.OTHER_WAY),
        (closed(Outcome.WITHDRAWN, 30), NotFounding.ENDED),
        ({"state": CaseState.HANDED_OVER}, NotFounding.ENDED),
        ({}, NotFounding.GOING_ON),
    ],
)
def test_the_outcome_is_that_of_twelve_months_after_opening(town, fields, became):
    case(town, **fields)
    assert selectors.outcomes(town.office, 2024) == {(became, "food", "kamen", "ar"): 1}


def test_a_case_in_consolidation_has_founded(town):
    one = case(town, phase=Phase.CONSOLIDATION)
    one.status_changes.create(
        office=town.office,
        kind="phase",
        before=Phase.START,
        after=Phase.CONSOLIDATION,
        author=MembershipFactory(organisation=town.office),
        changed_at=OPENED + timedelta(days=200),
    )
    assert selectors.outcomes(town.office, 2024) == {(Founding.ADVISED, "food", "kamen", "ar"): 1}


def test_a_case_with_several_referrals_counts_once(town):
    one = case(town)
    for state in (ReferralState.SENT, ReferralState.DECLINED):
        ReferralFactory(
            case=one, consent__founder=one.founder, consent__office=town.office, sent_at=OPENED, state=state
        )
    assert selectors.referred(town.office, 2024) == {("ar", "declined"): 1}


def test_people_erased_since_do_not_show_as_the_difference_of_two_dates(town):
    """The second date divides the people of the first one; who is missing by then is "not known any more"."""
    cases = [case(town, **(closed(Outcome.FOUNDED_SIDE, 100) if n % 2 else {})) for n in range(40)]
    with on(2025, 2):
        services.close_years(town.office)
    Case.objects.filter(pk=cases[0].pk).delete()
    Case.objects.filter(pk=cases[1].pk).update(sector="crafts")
    with on(2026, 2):
        services.close_years(town.office)
    told = selectors.told(town.office, 2024)
    assert told[Table.CASES_PHASE].total == told[Table.OUTCOME].total == 40
    rows = told[Table.OUTCOME_BY_TOWN].rows
    assert sum(sum(numbers) for numbers in rows.values() if numbers) == 40
    assert told[Table.OUTCOME].rows == {"founded": 20, "not_founded": 20}


def test_forms_come_from_the_counters_that_hold_no_person(town):
    def count(language, step, **numbers):
        StepCount.objects.create(office=town.office, month_on=date(2024, 3, 1), language=language, step=step, **numbers)

    for language, sent in (("de", 40), ("ar", 30)):
        count(language, "place", reached=sent + 24, left_here=12, sent=sent)
        count(language, "sector", reached=sent + 12, left_here=12, sent=sent)
    with on(2025, 2):
        services.close_years(town.office)
    told = selectors.told(town.office, 2024)
    assert told[Table.FORM].rows == {"sent": 70, "left_short": 24, "left_long": 24}
    assert told[Table.FORM_BY_LANGUAGE].rows == {"ar": (30, 12, 12), "de": (40, 12, 12)}
    assert told[Table.FORM_LONG].sum_of(["step-5"]) in (24, None)


def test_each_population_is_one_statement(town, django_assert_num_queries):
    for read in (selectors.forms, selectors.cases, selectors.outcomes, selectors.referred):
        with django_assert_num_queries(1):
            read(town.office, 2024)


def test_a_snapshot_names_nobody_who_works_here():
    assert {field.name for field in Snapshot._meta.get_fields()} == {
        "id", "office", "year", "table", "figures", "closed_at",
    }  # fmt: skip
