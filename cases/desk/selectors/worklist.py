"""Looking for cases by what several rooms know: the worklist."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery

from cases.appointments.models import Appointment
from cases.desk.enums import NextAppointment
from cases.desk.models import SavedView
from cases.files import worklist as files
from cases.files.worklist import WorklistFilters
from gruendungswerkstatt.common import clock
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

COUNTED = 1000  # more is told as "1,000+": nobody needs the exact number, and counting on costs more than the page
DAYS_AHEAD = {NextAppointment.TODAY: 1, NextAppointment.WEEK: 7}


@dataclass(frozen=True)
class DeskFilters(WorklistFilters):
    """What the worklist shows, with what lies above the files: `appointment` is a code of NextAppointment."""

    appointment: str = ""


def worklist_rows(office: Organisation, filters: DeskFilters) -> OfficeOwnedQuerySet:
    """Named rows of the worklist, to be ordered and paged (`cases.files.worklist.WORKLIST_COLUMNS`)."""
    return _expected(office, filters, files.worklist_rows(office, filters))


class _CountOf(Subquery):
    """How many rows a limited query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counts(office: Organisation, lists: Sequence[DeskFilters]) -> list[int]:
    """How many cases each list has, COUNTED + 1 standing for more; one query for all of them."""
    if not lists:
        return []
    found = [_expected(office, filters, files.worklist(office, filters)).order_by() for filters in lists]
    columns = {f"list_{number}": _CountOf(cases.values("pk")[: COUNTED + 1]) for number, cases in enumerate(found)}
    return list(Organisation.objects.filter(pk=office.pk).values_list(*columns.values()).get())


def saved_views(membership: Membership) -> OfficeOwnedQuerySet:
    """The member's own views of the list and those that colleagues share, with their owners, by name."""
    found = SavedView.objects.for_office(membership.organisation).select_related("owner__user")
    return found.filter(Q(owner=membership) | Q(is_shared=True)).order_by("name", "id")


def deletable_view(membership: Membership, view_uuid: uuid.UUID) -> SavedView | None:
    """A view that the member may delete: an own one, and for a team lead a shared one of the office."""
    own = Q(owner=membership)
    allowed = own | Q(is_shared=True) if membership.is_team_lead else own
    return SavedView.objects.for_office(membership.organisation).filter(allowed, uuid=view_uuid).first()


def _expected(office: Organisation, filters: DeskFilters, cases: OfficeOwnedQuerySet) -> OfficeOwnedQuerySet:
    return cases.filter(_next_appointment(office, filters.appointment)) if filters.appointment else cases


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
