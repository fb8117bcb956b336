"""What this room erases: appointments with their case, no-shows after 90 days (rule 2 of the domain)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.files.models import Case, TimelineEntry
from gruendungswerkstatt.audit.retention import delete_after
from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from .enums import AppointmentState
from .models import Appointment

NO_SHOW = "no_show"


def no_show_kept_until(appointment: Appointment) -> date:
    """The last day on which the office keeps a no-show."""
    return delete_after(appointment.office_id, NO_SHOW, clock.local(appointment.starts_at).date())


def erase(under_way: Erasure) -> None:
    """Delete the appointments that are named, or belong to a case that goes, with the lines that tell of them."""
    leaving = Q(pk__in=under_way.keys(Appointment)) | Q(case__in=under_way.keys(Case))
    rows = Appointment.objects.filter(leaving)
    found = list(rows.values_list("uuid", "case"))
    under_way.delete(
        TimelineEntry.objects.filter(
            case__in={case for _uuid, case in found}, params__appointment__in=[str(one) for one, _case in found]
        )
    )
    under_way.delete(rows)


def _expired(office_id: int, _period: Period) -> QuerySet:
    return Appointment.objects.for_office(office_id).expired()


def _erase_no_shows(keys: Sequence[int]) -> None:
    under_way = Erasure()
    under_way.include(Appointment, keys)
    erasure.carry_out(under_way)


def _recompute(office_id: int, period: Period) -> None:
    no_shows = Appointment.objects.for_office(office_id).filter(state=AppointmentState.NO_SHOW)
    no_shows.update(delete_after_on=period.after_column("starts_at"))


def register() -> None:
    """Take part in erasing, and make the class of this room known."""
    erasure.register("cases_appointments", erase)
    retention.register(
        RetentionClass(
            code=NO_SHOW,
            label=_("Appointments nobody came to"),
            covers=_("The appointment, its messages and its lines in the case. The appointment was voluntary."),
            starts=_("from the day of the appointment on"),
            basis=_("Retention plan of the portal: 90 days"),
            default=Period(90, Unit.DAYS),
            least=7,
            most=90,
            expired=_expired,
            erase=_erase_no_shows,
            recompute=_recompute,
        )
    )
