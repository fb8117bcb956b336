"""What is sent about an appointment: one table, and the rows of the ledger that follow from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from cases.files.models import Founder
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.messaging import rules as quiet
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.services import Plan

from .models import Appointment

SUBJECT = "appointment"
BOOKED, MOVED, CANCELLED, REMINDER = (
    "appointment_booked",
    "appointment_moved",
    "appointment_cancelled",
    "appointment_reminder",
)
NOTHING = ""  # happened that the founder has to know


class When(Enum):
    AT_ONCE = "at_once"
    BEFORE = "before"


@dataclass(frozen=True)
class Entry:
    """One line of the table."""

    kind: str
    when: When
    days_before: int
    useless: timedelta  # this long before the appointment it is of no use any more, and not sent
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.SMS)


TABLE = (
    #     kind       when           days  of no use from … before the start
    Entry(BOOKED, When.AT_ONCE, 0, timedelta(0)),
    Entry(MOVED, When.AT_ONCE, 0, timedelta(0)),
    Entry(CANCELLED, When.AT_ONCE, 0, timedelta(0)),
    # Held up for longer than a day, the first reminder would arrive together with the second.
    Entry(REMINDER, When.BEFORE, 3, timedelta(hours=36)),
    Entry(REMINDER, When.BEFORE, 1, timedelta(hours=2)),
)


def plans(appointment: Appointment, occasion: str) -> list[Plan]:
    """Messages to plan now that `occasion` (BOOKED, MOVED, CANCELLED or NOTHING) has happened to `appointment`.

    Notes go at once to the founder's present channels. Reminders are planned for every channel, because which one
    the founder wants is asked when they are sent. Nothing is planned for a moment that has passed.
    """
    now, founder = clock.now(), appointment.case.founder
    found = []
    for entry in TABLE:
        not_after_at = appointment.starts_at - entry.useless
        for channel in entry.channels:
            due_at = _due_at(entry, channel, appointment, occasion, founder)
            if due_at is not None and now <= due_at <= not_after_at:
                found.append(_plan(entry, channel, appointment, due_at, not_after_at))
    return found


def _due_at(
    entry: Entry, channel: Channel, appointment: Appointment, occasion: str, founder: Founder
) -> datetime | None:
    if entry.when == When.AT_ONCE:
        is_wanted = entry.kind == occasion and address(founder, channel)
        return quiet.sendable_at(clock.now(), channel) if is_wanted else None
    if not appointment.is_planned:
        return None
    return quiet.after_quiet_hours(days_before(appointment.starts_at, entry.days_before))


def days_before(moment: datetime, days: int) -> datetime:
    """The same time on the office's clock some calendar days earlier, also across a change of the clock."""
    here = local(moment)
    return clock.at(here.date() - timedelta(days=days), here.hour, here.minute)


def address(founder: Founder, channel: str) -> str:
    """Where `founder` wants messages by `channel`; "" if not that way."""
    if channel == Channel.EMAIL:
        return founder.email if founder.wants_email else ""
    return founder.phone if founder.wants_sms else ""


def _plan(entry: Entry, channel: Channel, appointment: Appointment, due_at: datetime, not_after_at: datetime) -> Plan:
    return Plan(
        kind=entry.kind,
        subject_kind=SUBJECT,
        subject_uuid=appointment.uuid,
        subject_version=appointment.version,
        channel=channel,
        recipient_uuid=appointment.case.founder.uuid,
        due_at=due_at,
        not_after_at=not_after_at,
        offset_minutes=entry.days_before * 24 * 60,
    )
