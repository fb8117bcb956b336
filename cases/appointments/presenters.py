"""Appointments as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cases.files.models import Founder
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.messaging.enums import Channel

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
