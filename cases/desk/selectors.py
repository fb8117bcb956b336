"""Looking for cases by what several rooms know: the worklist."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from cases.appointments.models import Appointment
from cases.files import selectors as files
from cases.files.selectors import WorklistFilters
from gruendungswerkstatt.common import clock
from network.people.models import OfficeOwnedQuerySet, Organisation

from .enums import NextAppointment

DAYS_AHEAD = {NextAppointment.TODAY: 1, NextAppointment.WEEK: 7}


@dataclass(frozen=True)
class DeskFilters(WorklistFilters):
    """What the worklist shows, with what lies above the files: `appointment` is a code of NextAppointment."""

    appointment: str = ""


def worklist_rows(office: Organisation, filters: DeskFilters) -> OfficeOwnedQuerySet:
    """Named rows of the worklist, to be ordered and paged (`cases.files.selectors.WORKLIST_COLUMNS`)."""
    rows = files.worklist_rows(office, filters)
    return rows.filter(_next_appointment(office, filters.appointment)) if filters.appointment else rows


def _next_appointment(office: Organisation, code: str) -> Q:
    """Planned appointments are few beside all cases: those of a time are found first, the others by their case."""
    found = Appointment.objects.for_office(office)
    if code == NextAppointment.NONE:
        return ~Q(Exists(found.not_over().filter(case=OuterRef("pk"))))
    if code == NextAppointment.WITHOUT_OUTCOME:
        return Q(pk__in=found.without_outcome().values("case"))
    planned = found.not_over()
    if code in DAYS_AHEAD:
        end = clock.at(clock.today() + timedelta(days=DAYS_AHEAD[code]), 0)
        planned = planned.filter(starts_at__lt=end)
    return Q(pk__in=planned.values("case"))
