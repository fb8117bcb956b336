"""Rows of the ledger and texts as those who run the office read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from gruendungswerkstatt.common import clock

from . import office_texts, registry
from .enums import Channel, MessageState, SendingError, TextState
from .models import Message
from .office_texts import Slot
from .sms_length import SmsLength, sms_length
from .wordings import Placeholder, Wording

_BADGES = {
    MessageState.PLANNED: "info",
    MessageState.CLAIMED: "info",
    MessageState.SENT: "success",
    MessageState.FAILED: "danger",
    MessageState.VOID: "warning",
}


@dataclass(frozen=True)
class LedgerRow:
    """One message; `reason` says why it was not sent (yet), `can_retry` whether it may be sent after all."""

    message: Message
    kind: Any
    badge: str
    reason: Any
    can_retry: bool


def ledger_rows(messages: Iterable[Message]) -> list[LedgerRow]:
    """`messages` with everything that is said about them."""
    now = clock.now()
    return [
        LedgerRow(
            message=message,
            kind=registry.label(message.kind),
            badge=_BADGES[MessageState(message.state)],
            reason=_reason(message),
            can_retry=message.state == MessageState.FAILED and message.not_after_at > now,
        )
        for message in messages
    ]


def _reason(message: Message) -> Any:
    if message.state == MessageState.VOID:
        return message.get_void_reason_display()
    if message.state in (MessageState.FAILED, MessageState.PLANNED) and message.error:
        return SendingError(message.error).label
    return ""


_TEXT_BADGES = {
    TextState.SHIPPED: "info",
    TextState.OWN: "success",
    TextState.OUTDATED: "warning",
    TextState.UNFIT: "danger",
}


@dataclass(frozen=True)
class TextCell:
    """One text of the table: `args` of its address."""

    language: str
    language_name: str
    state: TextState
    badge: str
    args: tuple[str, str, str]

    @property
    def is_shipped(self) -> bool:
        return self.state is TextState.SHIPPED


@dataclass(frozen=True)
class TextRow:
    """A kind by one way: a cell for every language."""

    kind: Any
    channel: Any
    cells: list[TextCell]


@dataclass(frozen=True)
class TextHead:
    """What is said about one text above the form."""

    kind: Any
    channel: Any
    language_name: str
    direction: str
    state: TextState
    badge: str
    changed_by: str
    changed_at: datetime | None
    placeholders: list[Placeholder]
    is_mail: bool


@dataclass(frozen=True)
class TextPreview:
    """A text filled in with invented values; `html` for mails, `length` for SMS."""

    title: str
    body: str
    html: SafeString
    length: SmsLength | None


def text_table(slots: Iterable[Slot]) -> list[TextRow]:
    """A row for every kind and way, in the order of `slots`."""
    rows = groupby(slots, key=lambda slot: (slot.kind.code, slot.channel))
    return [_text_row(list(found)) for _key, found in rows]


def _text_row(slots: list[Slot]) -> TextRow:
    return TextRow(slots[0].kind.label, Channel(slots[0].channel).label, [_cell(slot) for slot in slots])


def _cell(slot: Slot) -> TextCell:
    state = slot.state
    args = (slot.kind.code, slot.channel, slot.language)
    return TextCell(slot.language, dict(settings.LANGUAGES)[slot.language], state, _TEXT_BADGES[state], args)


def text_head(slot: Slot) -> TextHead:
    """What is said about `slot`."""
    state = slot.state
    return TextHead(
        kind=slot.kind.label,
        channel=Channel(slot.channel).label,
        language_name=dict(settings.LANGUAGES)[slot.language],
        direction="rtl" if get_language_info(slot.language)["bidi"] else "ltr",
        state=state,
        badge=_TEXT_BADGES[state],
        changed_by=slot.row.changed_by.user.name if slot.row else "",
        changed_at=slot.row.changed_at if slot.row else None,
        placeholders=list(slot.kind.placeholders.values()),
        is_mail=slot.channel == Channel.EMAIL,
    )


def text_preview(slot: Slot, wording: Wording) -> TextPreview:
    """`wording` as it would arrive; it has passed the check."""
    text = office_texts.sample(slot.kind, slot.channel, slot.language, wording)
    inside = text.html.partition("<body>")[2].partition("</body>")[0]
    # Everything typed was escaped when the mail was made: what is shown is what is sent.
    html = mark_safe(inside)
    length = sms_length(text.body) if slot.channel == Channel.SMS else None
    return TextPreview(text.title, text.body, html, length)
