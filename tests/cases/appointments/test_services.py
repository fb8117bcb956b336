"""Planning, moving, cancelling, recording: the appointment, its messages and the timeline change together."""

from datetime import timedelta

import pytest

from cases.appointments import selectors, services
from cases.appointments.enums import AppointmentState, CancelledBy, RefusalReason
from cases.appointments.models import Appointment
from cases.files.models import TimelineEntry
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.messaging import sending
from gruendungswerkstatt.messaging.models import Message
from tests.factories.appointments import AppointmentFactory, days_from_now
from tests.factories.files import CaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def states(appointment, kind: str = "appointment_reminder") -> list[tuple[int, str]]:
    """(version, state) of the e-mails about an appointment, in the order they were planned."""
    found = Message.objects.filter(subject_uuid=appointment.uuid, kind=kind, channel="email").order_by("id")
    return list(found.values_list("subject_version", "state"))


def as_it_is(appointment, **changes):
    given = {
        "version": appointment.version,
        "advisor": appointment.advisor,
        "starts_at": appointment.starts_at,
        "minutes": appointment.minutes,
        "place": appointment.place,
        "address": appointment.address,
        "topic": appointment.topic,
    }
    return given | changes


@pytest.fixture
def appointment(case, advisor):
    return services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(7), address="Bahnhofstraße 1")


def test_planning_makes_the_appointment_its_messages_and_a_line(appointment, case, advisor):
    assert appointment.state == AppointmentState.PLANNED
    assert appointment.minutes == 45
    assert states(appointment) == [(1, "planned"), (1, "planned")]
    assert states(appointment, "appointment_booked") == [(1, "planned")]
    line = TimelineEntry.objects.get(case=case)
    assert (line.kind, line.author) == ("appointment_planned", advisor)
    assert line.params["starts_at"] == "2026-11-30T10:00:00+01:00"


def test_if_the_messages_cannot_be_planned_there_is_no_appointment(case, advisor, monkeypatch):
    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(services.messaging, "plan", fail)
    with pytest.raises(RuntimeError):
        services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(7))
    assert not Appointment.objects.exists()
    assert not TimelineEntry.objects.exists()


def test_moving_takes_the_old_reminders_back_and_plans_new_ones(appointment, advisor):
    sending.send_due()  # the note of the booking
    moved = services.move(appointment, advisor, **as_it_is(appointment, starts_at=days_from_now(8, 15)))
    assert moved.version == 2
    assert states(moved) == [(1, "void"), (1, "void"), (2, "planned"), (2, "planned")]
    assert states(moved, "appointment_moved") == [(2, "planned")]
    assert states(moved, "appointment_booked") == [(1, "sent")]
    assert TimelineEntry.objects.filter(kind="appointment_moved").count() == 1


def test_who_has_heard_nothing_yet_hears_of_a_moved_appointment_as_of_a_new_one(appointment, advisor):
    moved = services.move(appointment, advisor, **as_it_is(appointment, starts_at=days_from_now(8)))
    assert states(moved, "appointment_booked") == [(1, "void"), (2, "planned")]
    assert states(moved, "appointment_moved") == []


def test_a_new_topic_is_no_news_for_the_founder(appointment, advisor):
    sending.send_due()
    changed = services.move(appointment, advisor, **as_it_is(appointment, topic="Finanzplan"))
    assert changed.topic == "Finanzplan"
    assert states(changed) == [(1, "void"), (1, "void"), (2, "planned"), (2, "planned")]
    assert states(changed, "appointment_moved") == []
    assert not TimelineEntry.objects.filter(kind="appointment_moved").exists()


def test_a_reminder_that_was_sent_is_not_sent_again_after_a_small_change(appointment, advisor):
    sending.send_due()
    with clock.frozen(days_from_now(4, 10, 1)):
        sending.send_due()
        services.move(appointment, advisor, **as_it_is(appointment, topic="Finanzplan"))
        assert states(appointment) == [(1, "sent"), (1, "void"), (2, "planned")]


def test_cancelling_takes_reminders_back_and_tells(appointment, advisor):
    sending.send_due()
    cancelled = services.cancel(appointment, advisor, version=1, cancelled_by=CancelledBy.FOUNDER)
    assert (cancelled.state, cancelled.version) == (AppointmentState.CANCELLED, 2)
    assert states(cancelled) == [(1, "void"), (1, "void")]
    assert states(cancelled, "appointment_cancelled") == [(2, "planned")]
    assert TimelineEntry.objects.get(kind="appointment_cancelled").params["cancelled_by"] == "founder"


def test_who_has_heard_nothing_is_not_told_of_a_cancelled_appointment(appointment, advisor):
    services.cancel(appointment, advisor, version=1)
    assert set(Message.objects.values_list("state", flat=True)) == {"void"}


def test_a_cancelled_time_is_free_again(appointment, case, advisor):
    services.cancel(appointment, advisor, version=1)
    services.plan(case, advisor, advisor=advisor, starts_at=appointment.starts_at)
    assert Appointment.objects.planned().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda appointment, by: services.move(appointment, by, **as_it_is(appointment, topic="second", version=1)),
        lambda appointment, by: services.cancel(appointment, by, version=1),
        lambda appointment, by: services.record_outcome(appointment, by, outcome="took_place", version=1),
    ],
    ids=["move", "cancel", "outcome"],
)
def test_an_old_version_changes_nothing(appointment, advisor, change):
    services.move(appointment, advisor, **as_it_is(appointment, topic="first"))
    with pytest.raises(StaleVersion):
        change(appointment, advisor)
    appointment.refresh_from_db()
    assert (appointment.topic, appointment.version, appointment.state) == ("first", 2, "planned")


@pytest.mark.parametrize(
    ("minutes_later", "is_refused"), [(-45, False), (-44, True), (0, True), (44, True), (45, False)]
)
def test_an_advisor_is_not_in_two_places(appointment, case, advisor, minutes_later, is_refused):
    starts_at = appointment.starts_at + timedelta(minutes=minutes_later)
    if not is_refused:
        assert services.plan(case, advisor, advisor=advisor, starts_at=starts_at)
        return
    with pytest.raises(services.AppointmentRefused) as refused:
        services.plan(case, advisor, advisor=advisor, starts_at=starts_at)
    assert refused.value.reason == RefusalReason.ADVISOR_BUSY
    assert Appointment.objects.count() == 1
    assert Message.objects.filter(subject_uuid=appointment.uuid).count() == Message.objects.count()


def test_moving_onto_an_appointment_is_refused_and_keeps_everything(appointment, case, advisor):
    other = services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(8))
    with pytest.raises(services.AppointmentRefused) as refused:
        services.move(other, advisor, **as_it_is(other, starts_at=appointment.starts_at))
    assert refused.value.reason == RefusalReason.ADVISOR_BUSY
    other.refresh_from_db()
    assert (other.starts_at, other.version) == (days_from_now(8), 1)
    assert states(other) == [(1, "planned"), (1, "planned")]


@pytest.mark.parametrize(
    ("starts_at", "minutes", "reason"),
    [
        (days_from_now(0, 0) - timedelta(days=400), 45, RefusalReason.IN_THE_PAST),
        (days_from_now(60, 23, 30), 45, RefusalReason.PAST_MIDNIGHT),
    ],
    ids=["past", "midnight"],
)
def test_impossible_times_are_refused(case, advisor, starts_at, minutes, reason):
    with pytest.raises(services.AppointmentRefused) as refused:
        services.plan(case, advisor, advisor=advisor, starts_at=starts_at, minutes=minutes)
    assert refused.value.reason == reason


@pytest.mark.parametrize("state", ["closed", "handed_over"])
def test_an_ended_case_gets_no_appointment(case, advisor, state):
    case.state = state
    with pytest.raises(services.AppointmentRefused) as refused:
        services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(7))
    assert refused.value.reason == RefusalReason.CASE_ENDED


def test_what_has_begun_is_neither_moved_nor_cancelled(appointment, advisor):
    with clock.frozen(appointment.starts_at):
        for change in (
            lambda: services.move(appointment, advisor, **as_it_is(appointment, starts_at=days_from_now(9))),
            lambda: services.cancel(appointment, advisor, version=1),
        ):
            with pytest.raises(services.AppointmentRefused) as refused:
                change()
            assert refused.value.reason == RefusalReason.ALREADY_BEGUN


def test_an_outcome_before_the_beginning_is_refused(appointment, advisor):
    with pytest.raises(services.AppointmentRefused) as refused:
        services.record_outcome(appointment, advisor, outcome="took_place", version=1)
    assert refused.value.reason == RefusalReason.NOT_BEGUN


def test_a_cancelled_appointment_has_no_outcome(appointment, advisor):
    services.cancel(appointment, advisor, version=1)
    with clock.frozen(appointment.ends_at), pytest.raises(services.AppointmentRefused) as refused:
        services.record_outcome(appointment, advisor, outcome="took_place", version=2)
    assert refused.value.reason == RefusalReason.NO_OUTCOME


def test_a_no_show_stays_90_days_and_leaves_no_line(appointment, advisor):
    with clock.frozen(appointment.ends_at):
        services.record_outcome(appointment, advisor, outcome="no_show", version=1)
    appointment.refresh_from_db()
    assert appointment.delete_after_on == clock.local(appointment.starts_at).date() + timedelta(days=90)
    assert not TimelineEntry.objects.filter(kind="appointment_ended").exists()


def test_a_no_show_by_mistake_is_put_right(appointment, advisor):
    with clock.frozen(appointment.ends_at):
        services.record_outcome(appointment, advisor, outcome="no_show", version=1)
        right = services.record_outcome(appointment, advisor, outcome="took_place", version=2)
    assert right.delete_after_on is None
    assert TimelineEntry.objects.get(kind="appointment_ended").params["outcome"] == "took_place"


def test_the_agenda_has_ones_own_planned_appointments_from_this_morning_on(appointment, case, advisor):
    earlier = AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(0, 9))
    yesterday = AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(-1))
    AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(1), state="cancelled", cancelled_by="office")
    AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(31))
    AppointmentFactory(case=case)  # a colleague's
    assert list(selectors.agenda(advisor)) == [earlier, appointment]
    assert list(selectors.without_outcome(advisor)) == [yesterday]


def test_a_case_shows_its_own_appointments_latest_first(appointment, case, advisor):
    past = AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(-7))
    AppointmentFactory(
        case=CaseFactory(office=case.office, founder=case.founder), advisor=advisor, starts_at=days_from_now(1)
    )
    assert list(selectors.for_case(case)) == [appointment, past]
    assert list(selectors.upcoming_for_case(case)) == [appointment]


def test_planning_takes_at_most_ten_queries(case, advisor, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(7))
