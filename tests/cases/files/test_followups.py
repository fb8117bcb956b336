"""Follow-ups appear with the closing, are asked at most twice, and go with the case."""

from datetime import date, timedelta

import pytest

from cases.files import followups, services
from cases.files.enums import CaseState, Outcome, Phase
from cases.files.erasure import erase_cases
from cases.files.models import FollowUp, TimelineEntry
from cases.files.refusals import CaseRefusal
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from tests.factories.files import CaseFactory, FollowUpFactory, FounderFactory

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def started(office):
    return CaseFactory(founder=FounderFactory(office=office), phase=Phase.START)


def close(case, by, outcome=Outcome.FOUNDED_SIDE):
    case.refresh_from_db()
    return services.change_state(case, by, CaseState.CLOSED, outcome=outcome, version=case.version)


def rows(case):
    return list(FollowUp.objects.filter(case=case).values_list("months", "due_on", "state"))


def test_they_appear_when_somebody_has_founded(started, advisor):
    close(started, advisor)
    assert rows(started) == [
        (3, date(2027, 2, 23), "open"),
        (6, date(2027, 5, 23), "open"),
        (12, date(2027, 11, 23), "open"),
    ]
    line = TimelineEntry.objects.get(case=started, kind="follow_ups_planned")
    assert line.params == {"days": ["2027-02-23", "2027-05-23", "2027-11-23"]}


@pytest.mark.parametrize("outcome", [Outcome.OTHER_WORK, Outcome.MOVED_AWAY, Outcome.NOT_REACHABLE])
def test_nobody_else_is_asked(started, advisor, outcome):
    close(started, advisor, outcome)
    assert rows(started) == []


def test_opened_again_only_what_was_said_stays(started, advisor):
    case = close(started, advisor)
    first = FollowUp.objects.get(case=case, months=3)
    followups.record(first, advisor, "yes", work="side", jobs=0, version=1)
    case.refresh_from_db()
    services.change_state(case, advisor, CaseState.OPEN, reason="Braucht Hilfe", version=case.version)
    assert rows(case) == [(3, date(2027, 2, 23), "done")]
    with clock.frozen(NOON + timedelta(days=100)):
        close(case, advisor)
    assert [(months, state) for months, _due, state in rows(case)] == [(3, "done"), (6, "open"), (12, "open")]


def test_undoing_the_closing_takes_them_along(started, advisor):
    case = close(started, advisor)
    services.undo_change(case, advisor, version=case.version)
    assert rows(case) == []


def test_the_answer_is_kept_and_told_and_is_a_contact(started, advisor):
    case = close(started, advisor)
    row = FollowUp.objects.get(case=case, months=3)
    with clock.frozen(NOON + timedelta(days=92)) as later:
        followups.record(row, advisor, "yes", work="full", jobs=2, text="Läuft gut", version=1)
    row.refresh_from_db()
    assert (row.state, row.is_in_business, row.work, row.jobs, row.recorded_by) == ("done", True, "full", 2, advisor)
    case.refresh_from_db()
    assert case.last_contact_at == later
    line = TimelineEntry.objects.filter(case=case).latest("id")
    assert line.params == {"months": 3, "answer": "yes", "work": "full", "jobs": 2}
    # The closing cannot be undone any more: something came after it.
    with pytest.raises(services.CaseRefused):
        services.undo_change(case, advisor, version=case.version)


def test_a_no_ends_the_later_ones_and_keeps_nothing_that_belongs_to_a_yes(started, advisor):
    case = close(started, advisor)
    row = followups.record(FollowUp.objects.get(case=case, months=3), advisor, "no", work="full", jobs=2, version=1)
    assert (row.is_in_business, row.work, row.jobs) == (False, "", None)
    assert [state for _months, _due, state in rows(case)] == ["done", "not_needed", "not_needed"]


def test_not_reached_twice_ends_it(office, advisor):
    row = FollowUpFactory(case__founder__office=office)
    followups.record(row, advisor, "not_reached", version=1)
    row.refresh_from_db()
    assert (row.state, row.tries, row.due_on) == ("open", 1, date(2026, 11, 30))
    with pytest.raises(StaleVersion):
        followups.record(row, advisor, "not_reached", version=1)
    followups.record(row, advisor, "not_reached", version=2)
    row.refresh_from_db()
    assert (row.state, row.tries) == ("not_reached", 2)
    with pytest.raises(services.CaseRefused) as refused:
        followups.record(row, advisor, "yes", version=3)
    assert refused.value.reason == CaseRefusal.FOLLOW_UP_OVER


def test_they_are_erased_with_the_case_and_their_history(office, advisor):
    row = FollowUpFactory(case__founder__office=office)
    followups.record(row, advisor, "yes", text="Geheim", version=1)
    erase_cases([row.case_id])
    assert not FollowUp.objects.exists()
    assert not FollowUp.pgh_event_model.objects.exists()
