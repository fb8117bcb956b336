"""What the house's short messages to founders have in common: what may stand in them, who gets them, until when.

Rule 12: a person's own word, the office's telephone, nothing else.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common import phones
from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.messaging import linting
from gruendungswerkstatt.messaging import rules as quiet
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.registry import Recipient
from gruendungswerkstatt.messaging.services import Plan
from gruendungswerkstatt.messaging.wordings import Placeholder, Script
from network.people.models import Organisation

from .models import Founder

WAYS = (Channel.EMAIL, Channel.SMS)
OF_USE = timedelta(days=3)  # sent later it would only confuse
PLACEHOLDERS = {
    "own_word": Placeholder("own_word", gettext_lazy("The person's own word"), may_be_empty=True, leads_title=True),
    "phone": Placeholder("phone", gettext_lazy("Telephone of the office"), Script.NUMBERS),
}


def values(context: Mapping[str, Any]) -> dict[str, str]:
    """What stands for the placeholders."""
    return {"own_word": context["own_word"], "phone": phones.readable(context["phone"])}


def example() -> dict[str, Any]:
    """A context that has everything."""
    return {"own_word": _("olive tree"), "phone": "+4923032538000"}


def address(founder: Founder, channel: str) -> str:
    """Where `founder` wants messages by `channel`; "" if not that way."""
    if channel == Channel.EMAIL:
        return founder.email if founder.wants_email else ""
    return founder.phone if founder.wants_sms else ""


def recipient(office: Organisation, *, language: str, address: str, reference: str, own_word: str) -> Recipient:
    """Who gets a message of `office`, with what stands in it."""
    context = {"own_word": linting.harmless(own_word), "phone": office.phone or portal_office().phone}
    return Recipient(language=language, address=address, reference=reference, context=context)


def plan(kind: str, now: datetime, channel: Channel, *, subject: tuple[str, UUID, int], recipient_uuid: UUID) -> Plan:
    """A message of `kind` as soon as it may be sent; `subject` is its sort, its UUID and its version."""
    subject_kind, subject_uuid, subject_version = subject
    return Plan(
        kind=kind,
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        subject_version=subject_version,
        channel=channel,
        recipient_uuid=recipient_uuid,
        due_at=quiet.sendable_at(now, channel),
        not_after_at=now + OF_USE,
    )
