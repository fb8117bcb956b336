"""A file that somebody has worked in for years: many lines in its timeline, steps, appointments, documents."""

from datetime import timedelta

from django.db import transaction

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.enums import DeadlineKind, DeadlineSource, TimelineKind
from cases.files.models import Case, Deadline, PlanStep, TimelineEntry
from cases.referrals.models import Referral
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.documents.enums import DocumentKind
from gruendungswerkstatt.documents.models import DocumentRequest
from network.people.models import Membership, Organisation

LINES = 300
_KINDS = (
    (TimelineKind.NOTE, {}, "Hat angerufen und nach dem Termin bei der Kammer gefragt.\nNächste Woche noch einmal."),
    (TimelineKind.PHASE_CHANGED, {"before": "access", "after": "orientation"}, ""),
    (TimelineKind.APPOINTMENT_PLANNED, {"starts_at": "2026-11-30T10:00:00+01:00"}, ""),
    (TimelineKind.STEP_DONE, {"hint": "food_hygiene"}, ""),
    (TimelineKind.DEADLINE_SET, {"about": "eks", "due_on": "2027-03-01"}, ""),
    (TimelineKind.DOCUMENT_RECEIVED, {"document": "cv", "count": 2}, ""),
    (TimelineKind.REFERRED, {"partner": "Handwerkskammer", "offer": "Beratung"}, ""),
)


@transaction.atomic
def make(office: Organisation) -> Case:
    """The office's case with a referral, or its first one, filled up to LINES lines; once filled it stays as it is."""
    referral = Referral.objects.for_office(office).select_related("case").order_by("id").first()
    case = referral.case if referral else Case.objects.for_office(office).order_by("id").first()
    lacking = LINES - TimelineEntry.objects.filter(case=case).count()
    if lacking <= 0:
        return case
    author = Membership.objects.of_office_staff(office).order_by("id").first()
    now, day = clock.now(), timedelta(days=1)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            office=office,
            case=case,
            kind=kind,
            params=params,
            text=text,
            author=author,
            happened_at=now - number * day / 2,
        )
        for number, (kind, params, text) in ((number, _KINDS[number % len(_KINDS)]) for number in range(lacking))
    )
    PlanStep.objects.bulk_create(
        PlanStep(
            office=office,
            case=case,
            text=f"Unterlagen für Schritt {number} zusammenstellen",
            due_on=clock.today() + number * day,
            done_at=now if number % 2 else None,
        )
        for number in range(12)
    )
    Deadline.objects.bulk_create(
        Deadline(
            office=office,
            case=case,
            kind=DeadlineKind.OTHER,
            text=f"Nachweis {number}",
            due_on=clock.today() + number * day,
            source=DeadlineSource.HAND,
            done_at=now if number % 2 else None,
        )
        for number in range(6)
    )
    Appointment.objects.bulk_create(
        Appointment(
            office=office,
            case=case,
            advisor=author,
            created_by=author,
            starts_at=now - (number * 30 + 400) * day,
            ends_at=now - (number * 30 + 400) * day + timedelta(hours=1),
            place="office",
            state=AppointmentState.TOOK_PLACE,
        )
        for number in range(8)
    )
    DocumentRequest.objects.bulk_create(
        DocumentRequest(office=office, subject_uuid=case.uuid, kind=kind, asked_by=author)
        for kind in list(DocumentKind)[:6]
    )
    return case
