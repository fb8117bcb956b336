"""Writing down what became of messages, only where the claim is still ours."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connection

from .composing import Text
from .enums import MessageState
from .models import Message

_FREE = {"claim": None, "claimed_until": None, "handover_at": None}

# One trip to the server and no wait for its disk: should the *server* crash within the next second, these marks may be
# lost and their messages repeated; should the *sender* die, every mark but that of the message on the wire stands.
_SENT = """
    SET LOCAL synchronous_commit = off;
    UPDATE messaging_message
    SET state = 'sent', error = '', claim = NULL, claimed_until = NULL, handover_at = NULL, sent_at = %s,
        language = %s, address = %s, title = %s, body = %s, delete_after_on = %s
    WHERE id = %s AND claim = %s AND state = 'claimed'
"""


@dataclass(frozen=True)
class Sent:
    """What was handed over, and when."""

    sent_at: Any
    address: str = field(repr=False)
    text: Text = field(repr=False)
    delete_after_on: Any = None


@dataclass(frozen=True)
class Outcome:
    """The next state of a message that was not sent, with `changes` to its row."""

    message: Message
    state: MessageState
    changes: tuple[tuple[str, Any], ...] = ()


def record_sent(claim: uuid.UUID, message: Message, sent: Sent) -> bool:
    """Write down at once that `message` went out; False if it was not ours any more. Not inside a transaction."""
    text = sent.text
    told = (sent.sent_at, text.language, sent.address, text.title, text.body, sent.delete_after_on)
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [*told, message.pk, claim])
        cursor.nextset()
        return cursor.rowcount == 1


def record(claim: uuid.UUID, outcomes: Sequence[Outcome]) -> set[int]:
    """Write `outcomes` and let the rows go. Returns the keys of those that were not ours any more."""
    kept: set[int] = set()
    for _key, group in groupby(sorted(outcomes, key=_changes), key=_changes):
        kept |= _record_alike(claim, list(group))
    return {outcome.message.pk for outcome in outcomes} - kept


def _changes(outcome: Outcome) -> str:
    return repr((outcome.state, outcome.changes))


def _record_alike(claim: uuid.UUID, outcomes: Sequence[Outcome]) -> set[int]:
    keys = {outcome.message.pk for outcome in outcomes}
    return change(claim, keys, **_FREE | dict(outcomes[0].changes) | {"state": outcomes[0].state})


def change(claim: uuid.UUID, keys: Iterable[int], /, **changes: Any) -> set[int]:
    """Change the rows of `keys` that are still ours; returns their keys."""
    keys = set(keys)
    ours = Message.objects.filter(pk__in=keys, claim=claim, state=MessageState.CLAIMED)
    if len(keys) > 1:
        keys = set(ours.select_for_update().values_list("pk", flat=True))
        Message.objects.filter(pk__in=keys).update(**changes)
        return keys
    return keys if ours.update(**changes) else set()
