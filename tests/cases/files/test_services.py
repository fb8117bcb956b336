"""What advisors do to a case: the row, its history and its timeline change together, or nothing does."""

from datetime import date, timedelta

import pytest

from cases.files import services
from cases.files.enums import CaseState, Outcome, Phase, TimelineKind
from cases.files.models import Note, StatusChange, TimelineEntry
from cases.files.refusals import CaseRefusal
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory
from tests.factories.people import MembershipFactory

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def lines(case):
    return list(TimelineEntry.objects.filter(case=case).order_by("id").values_list("kind", "params", "text"))


def fresh(case):
    case.refresh_from_db()
    return case


def test_a_note_is_a_line_and_a_contact(case, advisor):
    with clock.frozen(NOON + timedelta(hours=2)) as later:
        note = services.add_note(case, advisor, "Ruft morgen an. 👍\nZweite Zeile")
    assert (note.author, note.written_at, fresh(case).last_contact_at) == (advisor, later, later)
    assert lines(case) == [("note", {}, "Ruft morgen an. 👍\nZweite Zeile")]
    assert case.version == 1


def test_moving_the_phase(case, advisor):
    services.move_phase(case, advisor, Phase.ORIENTATION, version=1)
    assert (fresh(case).phase, case.version) == ("orientation", 2)
    change = StatusChange.objects.get(case=case)
    assert (change.kind, change.before, change.after, change.author) == (
        "phase",
        "access",
        "orientation",
        advisor,
    )
    assert lines(case) == [("phase_changed", {"before": "access", "after": "orientation"}, "")]


@pytest.mark.parametrize("state", [CaseState.RESTING, CaseState.HANDED_OVER])
def test_the_phase_of_a_case_that_is_not_open_stays(office, advisor, state):
    case = CaseFactory(founder=FounderFactory(office=office), state=state)
    with pytest.raises(services.CaseRefused) as refused:
        services.move_phase(case, advisor, Phase.ORIENTATION, version=1)
    assert refused.value.reason == CaseRefusal.NOT_OPEN


def test_a_refused_move_leaves_nothing(case, advisor):
    with pytest.raises(services.CaseRefused) as refused:
        services.move_phase(case, advisor, Phase.PLANNING, version=1)
    assert refused.value.reason == CaseRefusal.REASON_MISSING
    assert (fresh(case).phase, case.version, lines(case)) == ("access", 1, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda case, by: services.move_phase(case, by, Phase.ORIENTATION, version=1),
        lambda case, by: services.change_state(case, by, CaseState.RESTING, reason="Pause", version=1),
        lambda case, by: services.assign(case, by, by, version=1),
        lambda case, by: services.record_application(case, by, True, version=1),
    ],
)
def test_who_saw_an_older_case_changes_nothing(case, advisor, change):
    type(case).objects.filter(pk=case.pk).update(version=2)
    with pytest.raises(StaleVersion):
        change(case, advisor)
    assert lines(case) == []
    assert not StatusChange.objects.exists()


def test_closing_says_how_it_ended_and_when_it_is_deleted(case, advisor):
    services.change_state(case, advisor, CaseState.CLOSED, outcome=Outcome.MOVED_AWAY, version=1)
    assert (fresh(case).state, case.outcome, case.closed_at) == ("closed", "moved_away", NOON)
    assert case.delete_after_on == date(2029, 11, 23)
    assert lines(case) == [("state_changed", {"before": "open", "after": "closed", "outcome": "moved_away"}, "")]


def test_closed_on_a_leap_day(case, advisor):
    with clock.frozen(clock.at(date(2028, 2, 29), 12)):
        services.change_state(case, advisor, CaseState.CLOSED, outcome=Outcome.TRAINING, version=1)
    assert fresh(case).delete_after_on == date(2031, 2, 28)


def test_opened_again_it_is_kept(office, advisor):
    case = CaseFactory(founder=FounderFactory(office=office), closed=True, delete_after_on=date(2029, 1, 1))
    services.change_state(case, advisor, CaseState.OPEN, reason="Meldet sich wieder", version=1)
    assert (fresh(case).state, case.outcome, case.closed_at, case.delete_after_on) == ("open", "", None, None)
    assert lines(case) == [("state_changed", {"before": "closed", "after": "open"}, "Meldet sich wieder")]


def test_closing_without_an_outcome_is_refused(case, advisor):
    with pytest.raises(services.CaseRefused) as refused:
        services.change_state(case, advisor, CaseState.CLOSED, version=1)
    assert refused.value.reason == CaseRefusal.OUTCOME_MISSING


def test_assigning_and_taking_away(case, advisor):
    services.assign(case, advisor, advisor, version=1)
    assert (fresh(case).advisor, case.version) == (advisor, 2)
    services.assign(case, advisor, advisor, version=2)
    assert fresh(case).version == 2
    services.assign(case, advisor, None, version=2)
    assert (fresh(case).advisor, case.version) == (None, 3)
    assert [params for _kind, params, _text in lines(case)] == [
        {"advisor": advisor.user.name},
        {"advisor": ""},
    ]


def test_a_stranger_cannot_be_responsible(case, advisor):
    with pytest.raises(services.CaseRefused) as refused:
        services.assign(case, advisor, MembershipFactory(), version=1)
    assert refused.value.reason == CaseRefusal.NOT_OF_THE_OFFICE


def test_an_application_has_its_time_of_receipt(case, advisor):
    services.record_application(case, advisor, True, version=1)
    assert (fresh(case).has_application, case.application_received_at) == (True, NOON)
    services.record_application(case, advisor, True, version=2)
    earlier = NOON - timedelta(days=3)
    services.record_application(case, advisor, True, received_at=earlier, version=2)
    assert (fresh(case).application_received_at, case.version) == (earlier, 3)
    services.record_application(case, advisor, False, version=3)
    assert (fresh(case).has_application, case.application_received_at) == (False, None)
    assert [(kind, params["application"]) for kind, params, _text in lines(case)] == [
        ("application_recorded", "yes"),
        ("application_recorded", "yes"),
        ("application_recorded", "no"),
    ]


def test_an_application_is_not_received_tomorrow(case, advisor):
    with pytest.raises(services.CaseRefused) as refused:
        services.record_application(case, advisor, True, received_at=NOON + timedelta(minutes=1), version=1)
    assert refused.value.reason == CaseRefusal.NOT_YET


def test_steps_are_agreed_done_and_opened_again(case, advisor):
    step = services.add_step(case, advisor, "Zeugnis mitbringen", due_on=date(2026, 12, 1))
    services.set_step_done(step, advisor, True)
    services.set_step_done(step, advisor, True)
    step.refresh_from_db()
    assert (step.done_at, step.version) == (NOON, 2)
    services.set_step_done(step, advisor, False)
    step.refresh_from_db()
    assert step.done_at is None
    assert [kind for kind, _params, _text in lines(case)] == [TimelineKind.STEP_ADDED, TimelineKind.STEP_DONE]


def test_a_suggested_step_names_its_hint(case, advisor):
    step = PlanStepFactory(case=case, hint_code="alcohol", text="")
    services.set_step_done(step, advisor, True)
    assert lines(case) == [("step_done", {"step": str(step.uuid), "hint": "alcohol"}, "")]


def test_a_line_of_another_room_is_no_contact(case, advisor):
    before = case.last_contact_at
    with clock.frozen(NOON + timedelta(days=1)):
        services.record(case, TimelineKind.REFERRED, advisor, params={"partner": "HWK"})
    assert fresh(case).last_contact_at == before
    assert Note.objects.count() == 0
