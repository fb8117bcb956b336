"""Which messages follow from an appointment, and when they are due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.appointments import reminders
from cases.appointments.models import Appointment
from cases.files.models import Case, Founder
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import at, local
from gruendungswerkstatt.messaging.enums import Channel


def an_appointment(starts_at, *, state="planned", **founder) -> Appointment:
    """In memory only: planning looks at nothing else."""
    person = Founder(**{"email": "a@example.org", "wants_email": True, "wants_sms": False, "language": "ar"} | founder)
    return Appointment(
        case=Case(founder=person), starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), state=state
    )


def due(plans, kind: str, channel: Channel = Channel.EMAIL) -> list:
    return [local(p.due_at) for p in plans if p.kind == kind and p.channel == channel]


def test_three_days_and_one_day_before_at_the_same_time_of_day(noon):
    plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 10, 30)), reminders.BOOKED)
    assert due(plans, reminders.REMINDER) == [at(date(2026, 11, 28), 10, 30), at(date(2026, 11, 30), 10, 30)]
    assert [p.offset_minutes for p in plans if p.kind == reminders.REMINDER and p.channel == "email"] == [4320, 1440]


@pytest.mark.parametrize(
    ("changes_on", "name"),
    [(date(2026, 3, 29), "one hour less"), (date(2026, 10, 25), "one hour more")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_of_the_clock_does_not_shift_the_time_of_day(changes_on, name):
    with clock.frozen(at(changes_on - timedelta(days=10), 12)):
        starts_at = at(changes_on + timedelta(days=1), 14, 15)
        plans = reminders.plans(an_appointment(starts_at), reminders.BOOKED)
    first, second = due(plans, reminders.REMINDER)
    assert (first.date(), second.date()) == (changes_on - timedelta(days=2), changes_on)
    assert f"{first:%H:%M} {second:%H:%M}" == "14:15 14:15"
    assert starts_at.utcoffset() != first.utcoffset()


def test_a_reminder_before_eight_comes_at_eight(noon):
    plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 7, 30)), reminders.BOOKED)
    assert {f"{moment:%H:%M}" for moment in due(plans, reminders.REMINDER)} == {"08:00"}


def test_a_reminder_after_eight_in_the_evening_comes_next_morning(noon):
    plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 20, 30)), reminders.BOOKED)
    assert due(plans, reminders.REMINDER) == [at(date(2026, 11, 29), 8), at(date(2026, 12, 1), 8)]


def test_nothing_is_planned_in_the_past(noon):
    plans = reminders.plans(an_appointment(at(date(2026, 11, 25), 10)), reminders.BOOKED)
    assert due(plans, reminders.REMINDER) == [at(date(2026, 11, 24), 10)]
    plans = reminders.plans(an_appointment(at(date(2026, 11, 23), 15)), reminders.BOOKED)
    assert due(plans, reminders.REMINDER) == []
    assert due(plans, reminders.BOOKED) == [at(date(2026, 11, 23), 12)]


def test_the_first_reminder_is_useless_long_before_the_second(noon):
    starts_at = at(date(2026, 12, 1), 10)
    first, second = [p for p in reminders.plans(an_appointment(starts_at), "") if p.channel == "email"]
    assert first.not_after_at < second.due_at
    assert second.not_after_at == starts_at - timedelta(hours=2)


def test_reminders_are_planned_for_every_channel_and_notes_for_the_present_ones(noon):
    plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 10)), reminders.BOOKED)
    assert [p.channel for p in plans if p.kind == reminders.REMINDER] == ["email", "sms"] * 2
    assert [p.channel for p in plans if p.kind == reminders.BOOKED] == ["email"]


@pytest.mark.parametrize(
    "founder",
    [{"wants_email": False}, {"email": ""}, {"wants_email": False, "phone": "+491713920001"}],
    ids=["not wanted", "no address", "phone not for messages"],
)
def test_without_wish_or_address_there_is_no_note(noon, founder):
    plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 10), **founder), reminders.BOOKED)
    assert {p.kind for p in plans} == {reminders.REMINDER}


def test_a_note_by_sms_waits_for_the_morning():
    with clock.frozen(at(date(2026, 11, 23), 21)):
        founder = {"wants_sms": True, "phone": "+491713920001"}
        plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 10), **founder), reminders.MOVED)
        assert due(plans, reminders.MOVED, Channel.SMS) == [at(date(2026, 11, 24), 8)]
        assert due(plans, reminders.MOVED, Channel.EMAIL) == [clock.now()]


def test_a_cancelled_appointment_has_its_note_alone(noon):
    plans = reminders.plans(an_appointment(at(date(2026, 12, 1), 10), state="cancelled"), reminders.CANCELLED)
    assert [(p.kind, p.channel) for p in plans] == [(reminders.CANCELLED, "email")]


@given(
    minutes=st.integers(min_value=1, max_value=60 * 24 * 400),
    now=st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    ),
)
@settings(max_examples=300, deadline=None)
def test_every_message_is_due_from_now_on_by_day_and_before_it_is_useless(minutes, now):
    starts_at = now + timedelta(minutes=minutes)
    with clock.frozen(now):
        plans = reminders.plans(an_appointment(starts_at), reminders.BOOKED)
    for plan in plans:
        assert now <= plan.due_at <= plan.not_after_at <= starts_at
        if plan.kind == reminders.REMINDER:
            assert 8 <= local(plan.due_at).hour < 20
    assert len({plan.key for plan in plans}) == len(plans)
