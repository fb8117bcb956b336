"""Who gets a message about an appointment, and what it may say. Asked when it is sent, not when it is planned.

Rule 12 of the domain: reminder, appointment, weekday, date, time, telephone; the place if the founder chose so and
the telephone is their own; a word of their own. No name, no authority, no topic, no link, no code.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.files.enums import ReminderStyle
from cases.files.models import Founder
from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.messaging import linting, registry, telling
from gruendungswerkstatt.messaging.enums import Channel, VoidReason
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.registry import MessageKind, Recipient, Resolution

from . import reminders, texts
from .enums import AppointmentState, Place
from .models import Appointment

KINDS = (
    (reminders.BOOKED, _("Appointment booked"), texts.booked),
    (reminders.MOVED, _("Appointment moved"), texts.moved),
    (reminders.CANCELLED, _("Appointment cancelled"), texts.cancelled),
    (reminders.REMINDER, _("Appointment reminder"), texts.reminder),
)


def register() -> None:
    """Make the kinds of this room known to the ledger."""
    for code, label, shipped in KINDS:
        registry.register(
            MessageKind(code, label, resolve, texts.placeholders(code), texts.values, shipped, texts.example)
        )


def resolve(messages: Sequence[Message]) -> Mapping[int, Resolution]:
    """Recipient or reason for each message, with one query."""
    uuids = {message.subject_uuid for message in messages}
    found = Appointment.objects.filter(uuid__in=uuids).select_related("case__founder", "office")
    appointments = {appointment.uuid: appointment for appointment in found}
    return {m.pk: _resolve(m, appointments.get(m.subject_uuid)) for m in messages}


def _resolve(message: Message, appointment: Appointment | None) -> Resolution:
    if appointment is None or not _is_current(message, appointment):
        return VoidReason.SUPERSEDED
    founder = appointment.case.founder
    address = reminders.address(founder, message.channel)
    if not address:
        wants = founder.wants_email if message.channel == Channel.EMAIL else founder.wants_sms
        return VoidReason.NO_ADDRESS if wants else VoidReason.NOT_WANTED
    return Recipient(
        language=founder.language,
        address=address,
        reference=appointment.case.reference,
        context=_context(appointment, founder),
    )


def _is_current(message: Message, appointment: Appointment) -> bool:
    expected = AppointmentState.CANCELLED if message.kind == reminders.CANCELLED else AppointmentState.PLANNED
    return message.subject_version == appointment.version and appointment.state == expected


def _context(appointment: Appointment, founder: Founder) -> dict[str, Any]:
    return {
        "starts_at": appointment.starts_at,
        "phone": appointment.office.phone or portal_office().phone,
        "place": _place(appointment, founder),
        "own_word": linting.harmless(founder.own_word),
    }


def _place(appointment: Appointment, founder: Founder) -> Any:
    """Where, as far as a message may say it; "" if it may not."""
    if founder.reminder_style != ReminderStyle.WITH_PLACE or founder.is_phone_shared:
        return ""
    if appointment.place in (Place.PHONE, Place.VIDEO):
        return Place(appointment.place).label
    return "" if telling.tells(appointment.address, telling.STRICT) else appointment.address
