"""What may become of an appointment, and what deserves a second look."""

from datetime import UTC, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.files.models import Case
from cases.files.rules import WORKED_ON
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import local
from network.people.models import Organisation

from .enums import AppointmentState, Place, RefusalReason
from .models import Appointment

DEFAULT_MINUTES = 45
SHORTEST_MINUTES, LONGEST_MINUTES = 10, 240
ADDRESS_LENGTH = 200
DAYS_AHEAD = 2 * 365  # a year further on is a slip of the finger

OUTCOMES = (AppointmentState.TOOK_PLACE, AppointmentState.EXCUSED, AppointmentState.NO_SHOW)
# From one state to the next; an outcome recorded by mistake is put right by another outcome.
TRANSITIONS = {
    AppointmentState.PLANNED: (AppointmentState.CANCELLED, *OUTCOMES),
    AppointmentState.CANCELLED: (),
    **dict.fromkeys(OUTCOMES, OUTCOMES),
}

_OFFICE_OPENS, _OFFICE_CLOSES = time(8), time(18)
_SATURDAY = 5


def refusal_to_plan(case: Case, starts_at: datetime, ends_at: datetime) -> RefusalReason | None:
    """Why `case` cannot have an appointment then, the advisor's diary left aside; None if it can."""
    if case.state not in WORKED_ON:
        return RefusalReason.CASE_ENDED
    if starts_at <= clock.now():
        return RefusalReason.IN_THE_PAST
    if local(starts_at).date() != local(ends_at).date():
        return RefusalReason.PAST_MIDNIGHT
    return None


def refusal_to_change(appointment: Appointment) -> RefusalReason | None:
    """Why `appointment` can be neither moved nor cancelled; None if it can."""
    if appointment.state != AppointmentState.PLANNED:
        return RefusalReason.NOT_PLANNED
    return RefusalReason.ALREADY_BEGUN if appointment.starts_at <= clock.now() else None


def refusal_of_outcome(appointment: Appointment, outcome: str) -> RefusalReason | None:
    """Why `outcome` cannot be recorded; None if it can."""
    if appointment.starts_at > clock.now():
        return RefusalReason.NOT_BEGUN
    return None if outcome in TRANSITIONS[AppointmentState(appointment.state)] else RefusalReason.NO_OUTCOME


def is_on_the_clock(wall_time: datetime) -> bool:
    """Whether the office's clock ever shows `wall_time` (aware, in Berlin): one hour a year it skips."""
    shown = local(wall_time.astimezone(UTC))
    return shown.replace(tzinfo=None, fold=0) == wall_time.replace(tzinfo=None, fold=0)


def remarks(starts_at: datetime, ends_at: datetime) -> list[Any]:
    """What is unusual about a time; a hint to the advisor, never a refusal."""
    begins, ends = local(starts_at), local(ends_at)
    found = []
    if begins.weekday() >= _SATURDAY:
        found.append(_("Please check: the appointment is on a weekend."))
    if begins.time() < _OFFICE_OPENS or ends.time() > _OFFICE_CLOSES:
        found.append(_("Please check: the appointment is outside the usual hours, 8 to 18."))
    return found


def address_of(place: str, typed: str, office: Organisation) -> str:
    """Where people meet: what was typed, else the office's street for a meeting there; nowhere for a talk from afar."""
    if place in (Place.PHONE, Place.VIDEO):
        return ""
    if typed or place != Place.OFFICE:
        return typed
    town = f"{office.postal_code} {office.place}".strip()
    return ", ".join(part for part in (office.street, town) if part)[:ADDRESS_LENGTH]
