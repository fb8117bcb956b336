"""Planning, moving, cancelling, recording the outcome. Each changes the appointment, its messages and the case's
timeline in one transaction."""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from cases.files import services as files
from cases.files.enums import TimelineKind
from cases.files.models import Case
from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.messaging import selectors as ledger
from gruendungswerkstatt.messaging import services as messaging
from network.people.models import Membership

from . import erasure, reminders, rules
from .enums import AppointmentState, CancelledBy, Place, RefusalReason
from .models import Appointment

NOT_TWICE = "appointment_advisor_not_twice"


class AppointmentRefused(Exception):
    """An appointment cannot be planned or changed like this; `reason` says why."""

    def __init__(self, reason: RefusalReason):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def plan(
    case: Case,
    by: Membership,
    *,
    advisor: Membership,
    starts_at: datetime,
    minutes: int = rules.DEFAULT_MINUTES,
    place: str = Place.OFFICE,
    address: str = "",
    topic: str = "",
) -> Appointment:
    """Plan a meeting, its reminders and a note to the founder. Raises AppointmentRefused.

    Without an address a meeting at the office gets the office's; by telephone or video there is none.
    """
    starts_at, ends_at = _times(starts_at, minutes)
    _refuse(rules.refusal_to_plan(case, starts_at, ends_at))
    appointment = Appointment(
        office_id=case.office_id,
        case=case,
        advisor=advisor,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        address=rules.address_of(place, address, case.office),
        topic=topic,
        created_by=by,
    )
    _save_in_diary(appointment)
    messaging.plan(appointment.office_id, reminders.plans(appointment, reminders.BOOKED))
    _record(appointment, TimelineKind.APPOINTMENT_PLANNED, by)
    return appointment


@transaction.atomic
def move(
    appointment: Appointment,
    by: Membership,
    *,
    version: int,
    advisor: Membership,
    starts_at: datetime,
    minutes: int,
    place: str,
    address: str = "",
    topic: str = "",
) -> Appointment:
    """Change time, place, advisor or topic. `version` is the one that was read.

    Reminders follow; the founder is told if time or place are new. Raises AppointmentRefused, StaleVersion.
    """
    current = _locked(appointment, version)
    starts_at, ends_at = _times(starts_at, minutes)
    _refuse(rules.refusal_to_change(current) or rules.refusal_to_plan(current.case, starts_at, ends_at))
    before = (current.starts_at, current.place, current.address)
    current.advisor = advisor
    current.starts_at, current.ends_at = starts_at, ends_at
    current.place, current.topic = place, topic
    current.address = rules.address_of(place, address, current.office)
    _save_in_diary(current)
    is_news = before != (starts_at, place, current.address)
    _tell(current, reminders.MOVED if is_news else reminders.NOTHING)
    if is_news:
        _record(current, TimelineKind.APPOINTMENT_MOVED, by, before=local(before[0]).isoformat())
    return current


@transaction.atomic
def hand_on(appointment: Appointment, by: Membership, advisor: Membership, *, version: int) -> Appointment:
    """Another advisor of the office keeps the meeting, at the same time and place: nothing new for the founder.

    Reminders follow. Raises AppointmentRefused, StaleVersion, and CaseRefused for who does not work on cases there.
    """
    files.check_advisor(appointment.office_id, advisor)
    current = _locked(appointment, version)
    _refuse(rules.refusal_to_change(current))
    current.advisor = advisor
    _save_in_diary(current)
    _tell(current, reminders.NOTHING)
    _record(current, TimelineKind.APPOINTMENT_HANDED_ON, by, advisor=advisor.user.name)
    return current


@transaction.atomic
def cancel(
    appointment: Appointment, by: Membership, *, version: int, cancelled_by: str = CancelledBy.OFFICE
) -> Appointment:
    """Cancel a meeting that has not begun, with its reminders. Raises AppointmentRefused, StaleVersion."""
    current = _locked(appointment, version)
    _refuse(rules.refusal_to_change(current))
    current.state, current.cancelled_by = AppointmentState.CANCELLED, cancelled_by
    current.save()
    _tell(current, reminders.CANCELLED)
    _record(current, TimelineKind.APPOINTMENT_CANCELLED, by, cancelled_by=str(cancelled_by))
    return current


@transaction.atomic
def record_outcome(appointment: Appointment, by: Membership, *, outcome: str, version: int) -> Appointment:
    """Record how a meeting ended, or put a recorded outcome right. Raises AppointmentRefused, StaleVersion.

    A no-show is deleted after 90 days at the latest (rule 2) and writes no line into the timeline, which stays longer.
    """
    current = _locked(appointment, version)
    _refuse(rules.refusal_of_outcome(current, outcome))
    current.state = AppointmentState(outcome)
    is_no_show = current.state == AppointmentState.NO_SHOW
    current.delete_after_on = erasure.no_show_kept_until(current) if is_no_show else None
    current.save()
    messaging.void(current.uuid)
    if not is_no_show:
        _record(current, TimelineKind.APPOINTMENT_ENDED, by, outcome=str(current.state))
    return current


def _locked(appointment: Appointment, version: int) -> Appointment:
    """The row as it is now, locked, its version raised; raises StaleVersion if `version` is not the present one."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("case__founder", "office")
    current = rows.get(pk=appointment.pk)
    bump_version(current, version)
    return current


def _times(starts_at: datetime, minutes: int) -> tuple[datetime, datetime]:
    """Start and end in UTC: on the office's clock an hour more is not always an hour later."""
    starts_at = starts_at.astimezone(UTC)
    return starts_at, starts_at + timedelta(minutes=minutes)


def _save_in_diary(appointment: Appointment) -> None:
    """Save, unless the advisor's time is taken: the exclusion constraint decides, whoever comes first.

    Two that wait for each other's constraint would be a deadlock, so bookings of one advisor stand in line.
    """
    Membership.objects.select_for_update(no_key=True).get(pk=appointment.advisor_id)
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name == NOT_TWICE:
            raise AppointmentRefused(RefusalReason.ADVISOR_BUSY) from error
        raise


def _tell(appointment: Appointment, occasion: str) -> None:
    """Take back what is planned about a changed appointment and plan anew.

    Somebody whom no message has reached yet hears of a moved appointment as of a new one, of a cancelled one nothing.
    """
    messaging.void(appointment.uuid)
    if not ledger.has_spoken_of(appointment.uuid):
        occasion = reminders.BOOKED if appointment.is_planned else reminders.NOTHING
    messaging.plan(appointment.office_id, reminders.plans(appointment, occasion))


def _record(appointment: Appointment, kind: TimelineKind, by: Membership, **params: str) -> None:
    params |= {"appointment": str(appointment.uuid), "starts_at": local(appointment.starts_at).isoformat()}
    files.record(appointment.case, kind, by, params=params)


def _refuse(reason: RefusalReason | None) -> None:
    if reason is not None:
        raise AppointmentRefused(reason)
