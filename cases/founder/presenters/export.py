"""All data of a person as a file for machines (Art. 20 GDPR): codes as stored, own words as written, ISO times."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.models import AskBack, Deadline, FollowUp, Founder, Funding, PlanStep
from cases.founder.selectors import Person
from cases.referrals.models import Consent, ConsentRequest, Handover, Referral
from gruendungswerkstatt.audit.selectors import Views
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.documents.models import DocumentRequest
from gruendungswerkstatt.messaging.models import Message

FORMAT = 1  # goes up when a name in the file changes its meaning

# What a file tells of each row: nothing about staff, keys of the database or secrets.
_SUBMISSION = (
    *("reference", "state", "language", "answers", "text_languages", "questionnaire_version", "notice_version"),
    *("notice_language", "is_callback", "created_at", "sent_at", "closed_at", "delete_after_on"),
    *("channel", "signed_by", "confirmed_at", "confirmed_way", "check_marks"),
)
_FOUNDER = (
    *("name", "name_latin", "name_original", "born_on", "born_precision", "is_adult", "language", "languages"),
    *("contact_way", "phone", "email", "helper_contact", "may_call_helper", "is_phone_shared", "safe_times"),
    *("wants_sms", "wants_email", "reminder_style", "own_word", "needs_interpreter"),
)
_CASE = (
    *("reference", "phase", "state", "outcome", "sector", "has_application", "application_received_at"),
    *("planned_start_on", "opened_at", "closed_at", "delete_after_on", "label_names"),
)
_STEP = ("hint_code", "text", "texts", "actor", "due_on", "done_at", "created_at")
_DEADLINE = ("kind", "text", "counted_from_on", "due_on", "source", "reason", "done_at", "created_at")
_FOLLOW_UP = ("months", "due_on", "state", "tries", "is_in_business", "work", "jobs", "text", "done_at", "created_at")
_FUNDING = ("kind", "text", "asked_on", "decision", "decided_on", "starts_on", "ends_on", "amount", "created_at")
_REFERRAL = ("question", "sent_at")
_CONSENT = (
    *("purpose", "fields", "notice_version", "notice_language", "given_by", "interpreted_by", "given_at"),
    *("withdrawn_at", "withdrawn_by"),
)
_HANDOVER = ("place", "given_by", "interpreted_by", "notice_version", "notice_language", "given_at")
_DOCUMENT = ("kind", "note", "state", "reason", "reason_words", "asked_at", "received_at")
_FILE = ("original_name", "content_type", "size", "received_at", "delete_after_on")
_REQUEST = ("purpose", "fields", "notice_version", "notice_language", "asked_at")
_QUESTION = ("block", "text", "state", "asked_at", "answer", "answer_language", "answered_at")
_MESSAGE = ("kind", "channel", "state", "language", "due_at", "sent_at", "address", "title", "body")


def export(
    person: Person,
    *,
    appointments: Iterable[Appointment],
    steps: Iterable[PlanStep],
    deadlines: Iterable[Deadline],
    follow_ups: Iterable[FollowUp],
    fundings: Iterable[Funding],
    referrals: Iterable[Referral],
    documents: Iterable[DocumentRequest],
    consents: Iterable[Consent],
    requests: Iterable[ConsentRequest],
    messages: Iterable[Message],
    views: Iterable[Views],
    questions: Iterable[AskBack],
    handovers: Iterable[Handover],
) -> dict[str, Any]:
    """What is kept about `person`, as plain JSON values."""
    return {
        "format": FORMAT,
        "exported_at": clock.now().isoformat(),
        "enquiries": [_columns(submission, _SUBMISSION) for submission in person.submissions],
        "person": _person(person.founder) if person.founder else None,
        "cases": [_columns(case, _CASE) for case in person.cases],
        "appointments": [_appointment(appointment) for appointment in appointments],
        "steps": [_columns(step, _STEP) for step in steps],
        "deadlines": [_columns(deadline, _DEADLINE) for deadline in deadlines],
        "follow_ups": [_columns(follow_up, _FOLLOW_UP) for follow_up in follow_ups],
        "fundings": [_columns(funding, _FUNDING) for funding in fundings],
        "consents": [{"partner": consent.partner.name, **_columns(consent, _CONSENT)} for consent in consents],
        "consent_requests": [{"partner": asked.partner.name, **_columns(asked, _REQUEST)} for asked in requests],
        "handed_over": [_columns(handover, _HANDOVER) for handover in handovers],
        "referrals": [_referral(referral) for referral in referrals],
        "questions": [_columns(asked, _QUESTION) for asked in questions],
        "documents": [_document(request) for request in documents],
        "messages": [_columns(message, _MESSAGE) for message in messages],
        "views": [
            {"organisation": v.organisation, "role": str(v.role), "day": v.day.isoformat(), "purpose": str(v.purpose)}
            for v in views
        ],
    }


def _columns(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _person(founder: Founder) -> dict[str, Any]:
    return {**_columns(founder, _FOUNDER), "municipality": founder.municipality.code}


def _referral(referral: Referral) -> dict[str, Any]:
    return {"partner": referral.partner.name, "status": str(referral.status), **_columns(referral, _REFERRAL)}


def _document(request: DocumentRequest) -> dict[str, Any]:
    files = [_columns(document, _FILE) for document in request.documents.all()]
    return {**_columns(request, _DOCUMENT), "files": files}


def _appointment(appointment: Appointment) -> dict[str, Any]:
    # Whether somebody came is never exported (rule 2).
    return {
        **_columns(appointment, ("starts_at", "ends_at", "place", "address")),
        "is_cancelled": appointment.state == AppointmentState.CANCELLED,
    }
