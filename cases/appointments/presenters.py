"""Appointments as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from cases.files.models import Founder
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.common.rows import row_url
from gruendungswerkstatt.messaging.enums import Channel

from .enums import AppointmentState
from .models import Appointment
from .reminders import address


@dataclass(frozen=True)
class Day:
    """A day with its appointments."""

    day: date
    is_today: bool
    appointments: list[Appointment]


def by_day(appointments: Iterable[Appointment]) -> list[Day]:
    """Appointments in order of time, day by day on the office's clock."""
    today = clock.today()
    return [
        Day(day, day == today, list(found))
        for day, found in groupby(appointments, key=lambda a: local(a.starts_at).date())
    ]


def message_ways(founder: Founder) -> list[str]:
    """Names of the ways on which `founder` gets messages as things stand."""
    return [str(channel.label) for channel in Channel if address(founder, channel)]


def to_act_on(appointments: Iterable[Appointment]) -> list[Appointment]:
    """Those that are still to come, or of which nobody has said how they ended."""
    return [one for one in appointments if one.is_planned]


@dataclass(frozen=True)
class PastRow:
    """An appointment that is over or was cancelled. `outcome_url` is where its outcome is changed, "" if nowhere."""

    appointment: Appointment
    state: Any
    outcome_url: str


def over(appointments: Iterable[Appointment]) -> list[PastRow]:
    """The others."""
    return [_past(one) for one in appointments if not one.is_planned]


def _past(appointment: Appointment) -> PastRow:
    state = AppointmentState(appointment.state)
    is_changeable = state != AppointmentState.CANCELLED and appointment.has_begun
    url = row_url("appointments:appointment_outcome", appointment.uuid) if is_changeable else ""
    return PastRow(appointment, state.label, url)
