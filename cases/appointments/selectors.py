"""Looking for appointments."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db.models import F

from cases.files.models import Case
from gruendungswerkstatt.common import clock
from network.people.models import Membership, Organisation

from .models import Appointment, AppointmentQuerySet

DAYS_AHEAD = 30


def for_case(case: Case) -> AppointmentQuerySet:
    """All appointments of a case with their advisors, latest first."""
    found = Appointment.objects.for_office(case.office_id).filter(case=case)
    return found.select_related("advisor__user").order_by("-starts_at", "-id")


def panel_of(case: Case) -> AppointmentQuerySet:
    """All appointments of a case, latest first, each with the `advisor_name` instead of its advisor."""
    found = Appointment.objects.for_office(case.office_id).filter(case=case)
    return found.annotate(advisor_name=F("advisor__user__name")).order_by("-starts_at", "-id")


def upcoming_for_case(case: Case) -> AppointmentQuerySet:
    """Planned appointments of a case that are not over, next one first."""
    return for_case(case).not_over().order_by("starts_at", "id")


def for_office(office: Organisation, appointment_uuid: uuid.UUID) -> Appointment | None:
    """One appointment of `office` with case, founder and advisor; None if it is not theirs."""
    found = Appointment.objects.for_office(office).filter(uuid=appointment_uuid)
    return found.select_related("case__founder", "case__office", "advisor__user").first()


def agenda(advisor: Membership) -> AppointmentQuerySet:
    """An advisor's planned appointments from this morning on, as far as one looks ahead."""
    today = clock.today()
    mine = _of(advisor).filter(starts_at__gte=clock.at(today, 0))
    return mine.filter(starts_at__lt=clock.at(today + timedelta(days=DAYS_AHEAD), 0)).planned()


def without_outcome(advisor: Membership) -> AppointmentQuerySet:
    """An advisor's appointments before today of which nobody has said how they ended."""
    return _of(advisor).filter(starts_at__lt=clock.at(clock.today(), 0)).without_outcome()


def coming(advisor: Membership) -> AppointmentQuerySet:
    """An advisor's planned appointments that have not begun, next one first."""
    return _of(advisor).planned().filter(starts_at__gt=clock.now())


def overlapping(advisor: Membership, appointments: Collection[Appointment]) -> set[int]:
    """Keys of those of `appointments` at whose time `advisor` has another one."""
    if not appointments:
        return set()
    first, last = min(one.starts_at for one in appointments), max(one.ends_at for one in appointments)
    mine = Appointment.objects.for_office(advisor.organisation_id).planned()
    mine = mine.filter(advisor=advisor, starts_at__lt=last, ends_at__gt=first)
    taken = list(mine.order_by().values_list("pk", "starts_at", "ends_at"))
    return {
        one.pk
        for one in appointments
        if any(pk != one.pk and begins < one.ends_at and ends > one.starts_at for pk, begins, ends in taken)
    }


def _of(advisor: Membership) -> AppointmentQuerySet:
    mine = Appointment.objects.for_office(advisor.organisation_id).filter(advisor=advisor)
    return mine.select_related("case__founder").order_by("starts_at", "id")
