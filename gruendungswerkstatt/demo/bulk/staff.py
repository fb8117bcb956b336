"""Who works on the bulk: invented advisors beside those of the demo, and when they are still free."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from gruendungswerkstatt.common import clock
from intake.workdays import is_working_day
from network.people.enums import Role
from network.people.models import Membership, Municipality, Organisation, User

from .names import german_name

CASES_PER_ADVISOR = 500
MINUTES = 30
FIRST_HOUR, LAST_HOUR = 8, 17


@dataclass(frozen=True)
class Team:
    """The office that gets the bulk. `advisors` are responsible for cases, `invented` ones meet people.

    The demo's own advisors keep their days free, so that somebody who tries out the portal can book appointments.
    """

    office: Organisation
    towns: list[Municipality]
    advisors: list[Membership]
    invented: list[Membership]


def make_team(office: Organisation, cases: int) -> Team:
    """The team of `office` with enough invented advisors for `cases` more; those of earlier runs are taken first."""
    for number in range(max(2, cases // CASES_PER_ADVISOR)):
        _make_advisor(office, number)
    staff = list(Membership.objects.of_office_staff(office).select_related("user").order_by("id"))
    invented = [member for member in staff if member.user.email.startswith("bulk-")]
    return Team(office, list(Municipality.objects.filter(office=office)), staff, invented)


def _make_advisor(office: Organisation, number: int) -> None:
    """An advisor nobody can sign in as."""
    email = f"bulk-{number + 1:03}@example.org"
    if not User.objects.filter(email=email).exists():
        user = User.objects.create_user(email, name=german_name(number))
        Membership.objects.create(user=user, organisation=office, role=Role.ADVISOR)


def free_slots(team: Team) -> Iterator[tuple[Membership, datetime]]:
    """Half hours of working days from tomorrow on in which an invented advisor has nothing planned, soonest first."""
    planned = Appointment.objects.for_office(team.office).filter(
        state=AppointmentState.PLANNED, ends_at__gt=clock.now(), advisor__in=team.invented
    )
    taken: dict[int, set[datetime]] = {member.pk: set() for member in team.invented}
    for advisor_id, starts_at in planned.values_list("advisor_id", "starts_at"):
        taken[advisor_id].add(starts_at)
    for day in (clock.today() + timedelta(days=days) for days in count(1)):
        if not is_working_day(day):
            continue
        for minutes in range(FIRST_HOUR * 60, LAST_HOUR * 60, MINUTES):
            starts_at = clock.at(day, minutes // 60, minutes % 60)
            yield from ((member, starts_at) for member in team.invented if starts_at not in taken[member.pk])
