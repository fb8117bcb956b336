"""Writing down what became of messages, many at a time, only where the claim is still ours."""

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

# Each row has words of its own: one statement instead of one per message, or of Django's CASE over all of them.
_SENT = """
    UPDATE messaging_message AS message
    SET state = 'sent', error = '', claim = NULL, claimed_until = NULL, handover_at = NULL, sent_at = told.sent_at,
        language = told.language, address = told.address, title = told.title, body = told.body,
        delete_after_on = told.delete_after_on
    FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[])
        AS told (id, sent_at, language, address, title, body, delete_after_on)
    WHERE message.id = told.id AND message.claim = %s AND message.state = 'claimed'
    RETURNING message.id
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
    """The next state of a message, with `changes` to its row or with what was `sent`."""

    message: Message
    state: MessageState
    changes: tuple[tuple[str, Any], ...] = ()
    sent: Sent | None = None


def record(claim: uuid.UUID, outcomes: Sequence[Outcome]) -> set[int]:
    """Write `outcomes` and let the rows go. Returns the keys of those that were not ours any more."""
    sent = [outcome for outcome in outcomes if outcome.sent]
    others = sorted((o for o in outcomes if not o.sent), key=_changes)
    kept = _record_sent(claim, sent) if sent else set()
    for _key, group in groupby(others, key=_changes):
        kept |= _record_alike(claim, list(group))
    return {outcome.message.pk for outcome in outcomes} - kept


def _changes(outcome: Outcome) -> str:
    return repr((outcome.state, outcome.changes))


def _record_sent(claim: uuid.UUID, outcomes: Sequence[Outcome]) -> set[int]:
    columns = zip(
        *(
            (o.message.pk, s.sent_at, s.text.language, s.address, s.text.title, s.text.body, s.delete_after_on)
            for o in outcomes
            if (s := o.sent)
        ),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [*(list(column) for column in columns), claim])
        return {key for (key,) in cursor.fetchall()}


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
