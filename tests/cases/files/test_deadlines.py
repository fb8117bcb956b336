"""Deadlines: counted from the day people know, following from the case, changed with a reason and a line each time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.files import deadlines, rules, services
from cases.files.enums import CaseState, DeadlineKind
from cases.files.models import Deadline, TimelineEntry
from cases.files.opening import open_case
from cases.files.refusals import CaseRefusal
from gruendungswerkstatt.common.abstract import StaleVersion
from tests.factories.files import CaseFactory, DeadlineFactory, FounderFactory
from tests.factories.intake import SubmissionFactory

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def told(case) -> list[tuple[str, str | None, str, str]]:
    """(kind, before, due, words) of every line about a deadline."""
    lines = TimelineEntry.objects.filter(case=case, kind__startswith="deadline").order_by("id")
    return [(line.kind, line.params.get("before"), line.params["due_on"], line.text) for line in lines]


def kinds(case) -> dict[str, tuple[date, bool]]:
    """kind → (day, whether it is done)."""
    return {row.kind: (row.due_on, row.done_at is not None) for row in Deadline.objects.filter(case=case)}


@pytest.mark.parametrize(
    ("kind", "typed", "due"),
    [
        ("start_money", date(2027, 3, 1), date(2027, 2, 28)),
        ("viability", date(2028, 2, 29), date(2029, 2, 28)),
        ("eks", date(2026, 12, 31), date(2027, 2, 28)),
        ("cooperation_plan", date(2026, 8, 31), date(2027, 2, 28)),
        ("residence", date(2027, 1, 15), date(2027, 1, 15)),
        ("grant_end", date(2027, 1, 31), date(2027, 1, 31)),
        ("other", date(2027, 1, 31), date(2027, 1, 31)),
    ],
)
def test_a_deadline_is_counted_from_the_day_people_know(kind, typed, due):
    assert rules.deadline_of(kind, typed) == due


def test_every_kind_can_be_counted():
    assert all(rules.deadline_of(kind, date(2026, 1, 1)) for kind in DeadlineKind)


def test_it_is_set_with_a_line(case, advisor):
    row = deadlines.add(case, advisor, "cooperation_plan", date(2026, 6, 1), "KP 114")
    assert (row.due_on, row.counted_from_on, row.source, row.text) == (
        date(2026, 12, 1), date(2026, 6, 1), "hand", "KP 114",
    )  # fmt: skip
    assert told(case) == [("deadline_set", None, "2026-12-01", "KP 114")]


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.HANDED_OVER])
def test_a_case_that_ended_gets_no_deadline(office, advisor, state):
    closed = {"outcome": "withdrawn", "closed_at": NOON} if state == CaseState.CLOSED else {}
    case = CaseFactory(founder=FounderFactory(office=office), state=state, **closed)
    with pytest.raises(services.CaseRefused) as refused:
        deadlines.add(case, advisor, "eks", date(2026, 12, 31))
    assert refused.value.reason == CaseRefusal.NOT_OPEN
    assert not Deadline.objects.exists()


def test_a_change_has_a_reason_and_a_line(case, advisor):
    row = deadlines.add(case, advisor, "residence", date(2026, 12, 1))
    deadlines.change(row, advisor, date(2027, 6, 1), reason="Karte verlängert", version=1)
    row.refresh_from_db()
    assert (row.due_on, row.counted_from_on, row.reason, row.version) == (
        date(2027, 6, 1), None, "Karte verlängert", 2,
    )  # fmt: skip
    assert told(case)[1:] == [("deadline_changed", "2026-12-01", "2027-06-01", "Karte verlängert")]


def test_without_a_reason_nothing_is_changed(case, advisor):
    row = deadlines.add(case, advisor, "residence", date(2026, 12, 1))
    with pytest.raises(services.CaseRefused) as refused:
        deadlines.change(row, advisor, date(2027, 6, 1), reason=" ", version=1)
    assert refused.value.reason == CaseRefusal.REASON_MISSING
    assert kinds(case) == {"residence": (date(2026, 12, 1), False)}


def test_who_saw_an_older_deadline_changes_nothing(case, advisor):
    row = deadlines.add(case, advisor, "residence", date(2026, 12, 1))
    deadlines.set_done(row, advisor, True)
    with pytest.raises(StaleVersion):
        deadlines.change(row, advisor, date(2027, 6, 1), reason="Verlängert", version=1)


def test_done_and_open_again(case, advisor):
    row = deadlines.add(case, advisor, "eks", date(2026, 12, 31))
    for is_done in (True, True, False, False):
        deadlines.set_done(row, advisor, is_done)
    assert [line[0] for line in told(case)] == ["deadline_set", "deadline_done", "deadline_reopened"]
    assert kinds(case) == {"eks": (date(2027, 2, 28), False)}


def test_the_database_wants_words_for_something_else(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineFactory(case=case, kind="other", text="")


# --- Following from the case -----------------------------------------------------------------------------------------


def test_a_planned_start_brings_the_deadline_for_the_request(office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=12), advisor)
    assert kinds(case) == {"start_money": (date(2027, 2, 28), False)}
    assert told(case) == [("deadline_set", None, "2027-02-28", "")]
    assert Deadline.objects.get().source == "rule"


def test_the_self_employed_are_looked_at_after_a_year(office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=4), advisor)
    assert kinds(case) == {"viability": (date(2027, 11, 23), False)}


def test_nothing_follows_from_a_case_that_holds_nothing(office, advisor):
    assert kinds(open_case(SubmissionFactory(office=office, persona=7), advisor)) == {}


def test_the_recorded_request_closes_its_deadline_and_putting_it_right_opens_it(office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=12), advisor)
    case = services.record_application(case, advisor, True, version=1)
    assert kinds(case) == {"start_money": (date(2027, 2, 28), True)}
    case = services.record_application(case, advisor, False, version=2)
    assert kinds(case) == {"start_money": (date(2027, 2, 28), False)}
    assert [line[0] for line in told(case)] == ["deadline_set", "deadline_done", "deadline_reopened"]


def test_no_rule_touches_what_was_changed_by_hand(office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=12), advisor)
    row = Deadline.objects.get()
    deadlines.change(row, advisor, date(2027, 5, 1), reason="Start verschoben", version=1)
    deadlines.follow(case, advisor)
    assert kinds(case) == {"start_money": (date(2027, 5, 1), False)}
    assert Deadline.objects.get().source == "hand"
