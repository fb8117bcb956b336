"""Messages and consents as the person they concern reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.referrals.enums import ConsentField
from cases.referrals.models import Consent
from gruendungswerkstatt.common import phones
from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging.enums import Channel, MessageState
from gruendungswerkstatt.messaging.models import Message
from intake import questions

_BADGES = {MessageState.SENT: "success", MessageState.CLAIMED: "info", MessageState.FAILED: "warning"}


@dataclass(frozen=True)
class MessageRow:
    """One message: what it was about, when and to which address, and its words unless they were erased already."""

    message: Message
    kind: Any
    badge: str
    happened_at: datetime
    address: str


def message_rows(messages: Iterable[Message]) -> list[MessageRow]:
    """`messages` (selectors.messages_to) for the list."""
    return [
        MessageRow(
            message=message,
            kind=registry.label(message.kind),
            badge=_BADGES[MessageState(message.state)],
            happened_at=message.sent_at or message.due_at,
            address=phones.readable(message.address) if message.channel == Channel.SMS else message.address,
        )
        for message in messages
    ]


@dataclass(frozen=True)
class ConsentRow:
    """A consent: who was allowed to get what, and which notice was read in which language."""

    consent: Consent
    fields: list[str]
    notice_language: str


def consent_rows(consents: Iterable[Consent]) -> list[ConsentRow]:
    """`consents` (selectors.consents_of) for the list."""
    return [consent_row(consent) for consent in consents]


def consent_row(consent: Consent) -> ConsentRow:
    """`consent` with its fields said to the person ("your name")."""
    return ConsentRow(
        consent=consent,
        fields=[str(ConsentField(field).label) for field in consent.fields],
        notice_language=questions.label("languages", consent.notice_language),
    )
