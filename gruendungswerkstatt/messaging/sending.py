"""Claim, hand over, record: how a row of the ledger becomes a message, once.

Every step is a conditional change of rows, committed before the next step begins:

1. *Claim*: a batch of due rows gets our claim and a lease. `SKIP LOCKED` lets two senders share the work.
2. *Begin*: just before handing over, a handful of rows must still be ours and alive. From here on they can no longer
   be taken back.
3. *Record*: what went out is written the moment the server has taken it; other outcomes with the next handful. Both
   only where the row is still ours.

A sender that dies before handing a message over has not sent it: the row is claimed again once the lease has run out.
One that dies while a message is on the wire leaves that one in doubt: it is sent again with the same Message-ID (see
docs/adr/0004).
"""

import logging
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from gruendungswerkstatt.audit import retention
from gruendungswerkstatt.common import clock

from . import composing, office_texts, outcomes, registry, rules
from .channels import Gateways, SendingFailed
from .enums import MessageState, SendingError, VoidReason
from .erasure import MESSAGE
from .models import Message
from .outcomes import Outcome, Sent

logger = logging.getLogger(__name__)

BATCH = 100
HANDFUL = 25  # begun together, one commit for all of them
LEASE = timedelta(minutes=5)  # longer than EMAIL_TIMEOUT by far; renewed with every handful
LAST_START = timedelta(minutes=2)  # a message is not handed over later than this after its handful was begun
LOST = "lost"  # outcome: another sender, or somebody who took the message back, was quicker


def send_due() -> Counter[str]:
    """Send everything that is due; returns how many messages ended in which state.

    Must not run inside a transaction: each claim has to be committed before anything is handed over. Stops early
    when a gateway cannot be reached; the next beat goes on.
    """
    counts: Counter[str] = Counter()
    with Gateways() as gateways:
        while gateways.are_all_up and (batch := _claim()):
            counts += _Delivery(batch, gateways).run()
    if counts:
        logger.info("Messages: %s", dict(counts), extra={"count": counts.total()})
    return counts


def _claim() -> list[Message]:
    """Up to BATCH due rows, oldest first, now ours."""
    now = clock.now()
    claim, until = uuid.uuid4(), now + LEASE
    with transaction.atomic(durable=True):
        due = Message.objects.due(now).order_by("due_at", "id").select_for_update(skip_locked=True)
        batch = list(due[:BATCH])
        Message.objects.filter(pk__in=[m.pk for m in batch]).update(
            state=MessageState.CLAIMED, claim=claim, claimed_until=until, handover_at=None
        )
    for message in batch:
        message.claim = claim
    return batch


@dataclass(frozen=True)
class _Ready:
    """A message with its words; nothing stands in the way of handing it over."""

    message: Message
    address: str = field(repr=False)
    text: composing.Text = field(repr=False)


class _Delivery:
    """Takes the rows of one batch from claim to outcome."""

    def __init__(self, batch: list[Message], gateways: Gateways):
        self._batch = batch
        self._claim = batch[0].claim
        self._gateways = gateways
        self._counts: Counter[str] = Counter()
        self._pending: list[Outcome] = []  # known, and written with the next handful
        self._begun: list[_Ready] = []  # not handed over yet
        self._keep_until: dict[int, date] = {}

    def run(self) -> Counter[str]:
        try:
            resolutions = self._resolve()
            self._own_texts = self._find_own_texts(resolutions)
            for start in range(0, len(self._batch), HANDFUL):
                handful = self._batch[start : start + HANDFUL]
                self._hand_over([ready for m in handful if (ready := self._prepare(m, resolutions[m.pk]))])
        finally:
            self._close()
        return self._counts

    def _resolve(self) -> dict[int, registry.Resolution | SendingFailed]:
        """Recipient, reason or failure for every row; a kind whose resolver fails does not hold up the others."""
        found: dict[int, registry.Resolution | SendingFailed] = {}
        for kind, messages in registry.by_kind(self._batch).items():
            try:
                found |= registry.resolve(messages)
            except Exception:
                logger.exception("Recipients could not be found", extra={"kind": kind})
                found |= dict.fromkeys((m.pk for m in messages), SendingFailed(SendingError.TEXT))
        return found

    def _find_own_texts(self, resolutions: dict) -> dict[office_texts.TextKey, Any]:
        recipients = [(m, r) for m in self._batch if isinstance(r := resolutions[m.pk], registry.Recipient)]
        return office_texts.own_texts({_text_key(message, recipient) for message, recipient in recipients})

    # --- Before handing over ---
    def _prepare(self, message: Message, resolution: registry.Resolution | SendingFailed) -> _Ready | None:
        """The message with its words; None if its outcome is known already."""
        if isinstance(resolution, SendingFailed):
            return self._failed(message, resolution)
        if isinstance(resolution, VoidReason):
            return self._void(message, resolution)
        if reason := self._obstacle(message, resolution):
            return self._void(message, reason)
        if message.attempts >= rules.MAX_ATTEMPTS:  # begun so often, and never an outcome
            return self._end(message, MessageState.FAILED, error=SendingError.SENDER_LOST)
        now = clock.now()
        if (sendable_at := rules.sendable_at(now, message.channel)) > now:
            return self._end(message, MessageState.PLANNED, due_at=sendable_at)
        try:
            own = self._own_texts.get(_text_key(message, resolution))
            text = composing.compose(registry.kind(message.kind), message.channel, resolution, own)
            self._gateways.opened(message.channel)
        except SendingFailed as failure:
            return self._failed(message, failure)
        except Exception:
            logger.exception(
                "A text could not be made", extra={"kind": message.kind, "message_uuid": str(message.uuid)}
            )
            return self._failed(message, SendingFailed(SendingError.TEXT))
        return _Ready(message, resolution.address, text)

    def _obstacle(self, message: Message, recipient: registry.Recipient) -> VoidReason | None:
        if rules.sendable_at(clock.now(), message.channel) > message.not_after_at:
            return VoidReason.TOO_LATE
        if not self._gateways.has(message.channel):
            return VoidReason.NO_CHANNEL
        return None if recipient.address else VoidReason.NO_ADDRESS

    # --- Handing over ---
    def _hand_over(self, handful: Sequence[_Ready]) -> None:
        if not handful:
            return
        now = clock.now()
        self._begin(handful, now)
        while self._begun and clock.now() <= now + LAST_START:
            self._send(self._begun.pop(0))

    def _begin(self, handful: Sequence[_Ready], now: datetime) -> None:
        """The mark before handing over, on every row that is still ours; what is known by now is written with it."""
        with transaction.atomic(durable=True):
            self._record_pending()
            marks = {"handover_at": now, "claimed_until": now + LEASE, "attempts": F("attempts") + 1}
            begun = outcomes.change(self._claim, (ready.message.pk for ready in handful), **marks)
        self._begun = [ready for ready in handful if ready.message.pk in begun]
        self._counts[LOST] += len(handful) - len(begun)

    def _send(self, ready: _Ready) -> None:
        message = ready.message
        try:
            self._gateways.opened(message.channel).send(message.uuid, ready.address, ready.text)
        except SendingFailed as failure:
            self._failed(message, failure)
        except Exception:
            logger.exception("A gateway failed", extra={"channel": message.channel, "message_uuid": str(message.uuid)})
            self._failed(message, SendingFailed(SendingError.BROKEN_OFF))
        else:
            sent = Sent(clock.now(), ready.address, ready.text, self._kept_until(message.office_id))
            if outcomes.record_sent(self._claim, message, sent):
                self._counts[MessageState.SENT.value] += 1
            else:
                self._too_late(1)

    def _kept_until(self, office_id: int) -> date:
        if office_id not in self._keep_until:
            self._keep_until[office_id] = retention.delete_after(office_id, MESSAGE)
        return self._keep_until[office_id]

    # --- Outcomes ---
    def _failed(self, message: Message, failure: SendingFailed) -> None:
        """Try again later, or not. The attempt counts, whether handing over could begin or not."""
        attempts = message.attempts + 1
        changes = {"error": failure.kind, "attempts": attempts}
        again_at = None if failure.is_final else rules.next_attempt_at(attempts, clock.now(), message.channel)
        if again_at is None or again_at > message.not_after_at:
            return self._end(message, MessageState.FAILED, **changes)
        return self._end(message, MessageState.PLANNED, due_at=again_at, **changes)

    def _void(self, message: Message, reason: VoidReason) -> None:
        self._end(message, MessageState.VOID, void_reason=reason)

    def _end(self, message: Message, state: MessageState, **changes: Any) -> None:
        self._pending.append(Outcome(message, state, tuple(changes.items())))

    def _record_pending(self) -> None:
        late = outcomes.record(self._claim, self._pending)
        for outcome in self._pending:
            if outcome.message.pk not in late:
                self._counts[outcome.state.value] += 1
        if late:
            self._too_late(len(late))
        self._pending = []

    def _too_late(self, count: int) -> None:
        self._counts[LOST] += count
        logger.warning("Outcomes came too late to be recorded", extra={"count": count})

    def _close(self) -> None:
        """Write what is known and give back the rest: nobody waits for the lease of a sender that can say goodbye.

        What was begun and not handed over counts as not begun. One that was being handed over when the sender was
        stopped is in neither list: nobody can tell, and it waits for the lease.
        """
        with transaction.atomic(durable=True):
            self._record_pending()
            back = {"state": MessageState.PLANNED, "claim": None, "claimed_until": None, "handover_at": None}
            left = {ready.message.pk for ready in self._begun}
            ours = Message.objects.filter(claim=self._claim, state=MessageState.CLAIMED)
            if left:
                ours.filter(pk__in=left).update(**back, attempts=F("attempts") - 1)
            ours.filter(pk__in=[m.pk for m in self._batch], handover_at=None).update(**back)


def _text_key(message: Message, recipient: registry.Recipient) -> office_texts.TextKey:
    return (message.office_id, message.kind, message.channel, composing.language_of(recipient))
