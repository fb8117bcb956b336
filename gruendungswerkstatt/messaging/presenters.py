"""Rows of the ledger as the team lead reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gruendungswerkstatt.common import clock

from . import registry
from .enums import MessageState, SendingError
from .models import Message

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
