"""Claim, hand over, record: how a row of the ledger becomes a message, once.

Every step is a conditional update that must change one row, committed before the next step begins:

1. *Claim*: a batch of due rows gets our claim and a lease. `SKIP LOCKED` lets two senders share the work.
2. *Begin*: just before handing over, the row must still be ours and alive. From here on it can no longer be taken back.
3. *Record*: the outcome is written only if the row is still ours.

A sender that dies before 2 has sent nothing: its rows are claimed again once the lease has run out. A sender that dies
between 2 and 3 leaves a row nobody can tell about: it is sent again with the same Message-ID (see docs/adr/0004).
"""

import logging
import uuid
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from gruendungswerkstatt.audit.retention import delete_after_in_database
from gruendungswerkstatt.common import clock

from . import composing, office_texts, registry, rules
from .channels import Gateways, SendingFailed
from .enums import MessageState, SendingError, VoidReason
from .erasure import MESSAGE
from .models import Message

logger = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(minutes=5)  # longer than EMAIL_TIMEOUT by far; renewed with every message
LOST = "lost"  # outcome: another sender, or somebody who took the message back, was quicker


def send_due() -> Counter[str]:
    """Send everything that is due; returns how many messages ended in which state.

    Must not run inside a transaction: each claim has to be committed before anything is handed over. Stops early
    when a gateway cannot be reached; the next beat goes on.
    """
    outcomes: Counter[str] = Counter()
    while batch := _claim():
        with Gateways() as gateways:
            outcomes += _Delivery(batch, gateways).run()
            if not gateways.are_all_up:
                break
    if outcomes:
        logger.info("Messages: %s", dict(outcomes), extra={"count": outcomes.total()})
    return outcomes


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


class _Delivery:
    """Takes the rows of one batch from claim to outcome."""

    def __init__(self, batch: list[Message], gateways: Gateways):
        self._batch = batch
        self._gateways = gateways

    def run(self) -> Counter[str]:
        outcomes: Counter[str] = Counter()
        try:
            resolutions = self._resolve()
            self._own_texts = office_texts.own_texts(
                {
                    (m.office_id, m.kind, m.channel, composing.language_of(recipient))
                    for m in self._batch
                    if isinstance(recipient := resolutions[m.pk], registry.Recipient)
                }
            )
            for message in self._batch:
                outcomes[self._deliver(message, resolutions[message.pk])] += 1
        except BaseException:
            self._release()
            raise
        return outcomes

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

    def _release(self) -> None:
        """Give back what was not begun: nobody has to wait for the lease of a sender that could still say goodbye."""
        Message.objects.filter(
            pk__in=[m.pk for m in self._batch],
            claim=self._batch[0].claim,
            state=MessageState.CLAIMED,
            handover_at=None,
        ).update(state=MessageState.PLANNED, claim=None, claimed_until=None)

    def _deliver(self, message: Message, resolution: registry.Resolution | SendingFailed) -> str:
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
        return self._hand_over(message, resolution)

    def _obstacle(self, message: Message, recipient: registry.Recipient) -> VoidReason | None:
        if rules.sendable_at(clock.now(), message.channel) > message.not_after_at:
            return VoidReason.TOO_LATE
        if not self._gateways.has(message.channel):
            return VoidReason.NO_CHANNEL
        return None if recipient.address else VoidReason.NO_ADDRESS

    def _hand_over(self, message: Message, recipient: registry.Recipient) -> str:
        try:
            key = (message.office_id, message.kind, message.channel, composing.language_of(recipient))
            text = composing.compose(registry.kind(message.kind), message.channel, recipient, self._own_texts.get(key))
        except Exception:
            logger.exception(
                "A text could not be made", extra={"kind": message.kind, "message_uuid": str(message.uuid)}
            )
            return self._failed(message, SendingFailed(SendingError.TEXT))
        try:
            gateway = self._gateways.opened(message.channel)
        except SendingFailed as failure:
            return self._failed(message, failure)
        if not self._begin(message):
            return LOST
        try:
            gateway.send(message.uuid, recipient.address, text)
        except SendingFailed as failure:
            return self._failed(message, failure, is_counted=True)
        except Exception:
            logger.exception("A gateway failed", extra={"channel": message.channel, "message_uuid": str(message.uuid)})
            return self._failed(message, SendingFailed(SendingError.BROKEN_OFF), is_counted=True)
        return self._end(
            message,
            MessageState.SENT,
            sent_at=clock.now(),
            language=text.language,
            address=recipient.address,
            title=text.title,
            body=text.body,
            error="",
            delete_after_on=delete_after_in_database(message.office_id, MESSAGE),
        )

    def _begin(self, message: Message) -> bool:
        """The mark before handing over; False if the row is no longer ours."""
        now = clock.now()
        return self._update(message, handover_at=now, claimed_until=now + LEASE, attempts=F("attempts") + 1)

    def _failed(self, message: Message, failure: SendingFailed, *, is_counted: bool = False) -> str:
        """Try again later, or not. `is_counted`: the attempt was counted when handing over began."""
        attempts = message.attempts + 1
        changes = {"error": failure.kind} if is_counted else {"error": failure.kind, "attempts": attempts}
        again_at = None if failure.is_final else rules.next_attempt_at(attempts, clock.now(), message.channel)
        if again_at is None or again_at > message.not_after_at:
            return self._end(message, MessageState.FAILED, **changes)
        return self._end(message, MessageState.PLANNED, due_at=again_at, **changes)

    def _void(self, message: Message, reason: VoidReason) -> str:
        return self._end(message, MessageState.VOID, void_reason=reason)

    def _end(self, message: Message, state: MessageState, **changes) -> str:
        changes |= {"state": state, "claim": None, "claimed_until": None, "handover_at": None}
        if self._update(message, **changes):
            return state.value
        logger.warning("An outcome came too late to be recorded", extra={"message_uuid": str(message.uuid)})
        return LOST

    @staticmethod
    def _update(message: Message, **changes) -> bool:
        ours = Message.objects.filter(pk=message.pk, claim=message.claim, state=MessageState.CLAIMED)
        return bool(ours.update(**changes))
