"""Appointments of the coming days whose reminders are due now."""

import random
from datetime import datetime, timedelta

from cases.appointments.enums import Place
from cases.appointments.models import Appointment
from cases.appointments.reminders import REMINDER, SUBJECT
from cases.appointments.rules import address_of
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.services import Plan
from network.people.models import Membership, Organisation

from .sheets import Sheet
from .staff import MINUTES
from .words import TOPICS

DUE_SINCE = timedelta(minutes=10)
OF_NO_USE = timedelta(hours=2)  # before the appointment
OFFSET_MINUTES = 24 * 60


class Reminders:
    """Fills the sheets of planned appointments and of the messages about them."""

    def __init__(self, chance: random.Random, office: Organisation, present: datetime):
        self.chance = chance
        self.office_id = office.pk
        self.present = present
        self.address = address_of(Place.OFFICE, "", office)
        self.appointments = Sheet(
            Appointment,
            *("uuid", "office_id", "case_id", "advisor_id", "starts_at", "ends_at", "address", "topic"),
            *("created_by_id", "created_at"),
        )
        self.messages = Sheet(
            Message,
            *("uuid", "office_id", "key", "kind", "subject_kind", "subject_uuid", "subject_version"),
            *("offset_minutes", "channel", "recipient_uuid", "planned_at", "due_at", "not_after_at"),
        )
        self.sheets = (self.appointments, self.messages)

    def add(self, case_id: int, founder_uuid: str, advisor: Membership, starts_at: datetime) -> None:
        """An appointment with `advisor` at `starts_at`, and its reminder by e-mail, due some minutes ago."""
        uuid, planned_at = new_uuid(), self.present - timedelta(days=5)
        self.appointments.add(
            *(uuid, self.office_id, case_id, advisor.pk, starts_at, starts_at + timedelta(minutes=MINUTES)),
            *(self.address, self.chance.choice(TOPICS), advisor.pk, planned_at),
        )
        plan = Plan(
            kind=REMINDER,
            subject_kind=SUBJECT,
            subject_uuid=uuid,
            subject_version=1,
            channel=Channel.EMAIL,
            recipient_uuid=founder_uuid,
            due_at=self.present - DUE_SINCE * self.chance.random(),
            not_after_at=starts_at - OF_NO_USE,
            offset_minutes=OFFSET_MINUTES,
        )
        self.messages.add(
            *(new_uuid(), self.office_id, plan.key, plan.kind, plan.subject_kind, plan.subject_uuid),
            *(plan.subject_version, plan.offset_minutes, plan.channel, plan.recipient_uuid, planned_at),
            *(plan.due_at, plan.not_after_at),
        )
