"""Planning messages, taking them back, trying again."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gruendungswerkstatt.common import clock
from network.people.models import Organisation

from .enums import Channel, MessageState, VoidReason
from .models import Heartbeat, Message


@dataclass(frozen=True)
class Plan:
    """A message to be sent: `offset_minutes` before its subject's time (0: at once), not after `not_after_at`."""

    kind: str
    subject_kind: str
    subject_uuid: uuid.UUID
    subject_version: int
    channel: Channel
    recipient_uuid: uuid.UUID
    due_at: datetime
    not_after_at: datetime
    offset_minutes: int = 0

    @property
    def key(self) -> str:
        """What makes it one message: the same plan made twice is the same row."""
        return (
            f"{self.kind}:{self.subject_uuid}:{self.subject_version}:{self.offset_minutes}"
            f":{self.channel}:{self.recipient_uuid}"
        )


def plan(office_id: int, plans: Iterable[Plan]) -> None:
    """Write a row of the office for each of `plans` that has none yet.

    Belongs into the transaction that changes the subject.
    """
    rows = [
        Message(
            office_id=office_id,
            key=p.key,
            kind=p.kind,
            subject_kind=p.subject_kind,
            subject_uuid=p.subject_uuid,
            subject_version=p.subject_version,
            offset_minutes=p.offset_minutes,
            channel=p.channel,
            recipient_uuid=p.recipient_uuid,
            due_at=p.due_at,
            not_after_at=p.not_after_at,
        )
        for p in plans
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def void(subject_uuid: uuid.UUID, reason: VoidReason = VoidReason.SUPERSEDED) -> int:
    """Take back what is not sent yet about a subject; belongs into the transaction that changes it. Returns how many.

    A message whose handing over has begun is past taking back: its sender records what became of it, and if that
    sender died, the kind's resolver refuses it when it is claimed again.
    """
    waiting = Q(state=MessageState.PLANNED) | Q(state=MessageState.CLAIMED, handover_at=None)
    return Message.objects.filter(waiting, subject_uuid=subject_uuid).update(
        state=MessageState.VOID, void_reason=reason, claim=None, claimed_until=None
    )


def retry(message: Message) -> bool:
    """Send a failed message after all, with all its attempts anew. Doing it twice is doing it once.

    Returns whether it is on its way (or there) now; False if it is too late, or void.
    """
    now = clock.now()
    row = Message.objects.filter(pk=message.pk)
    planned_anew = row.filter(state=MessageState.FAILED, not_after_at__gt=now).update(
        state=MessageState.PLANNED, attempts=0, due_at=now, error=""
    )
    return bool(planned_anew) or row.exclude(state__in=(MessageState.FAILED, MessageState.VOID)).exists()


def retry_failed(office: Organisation) -> int:
    """Send every failed message of `office` after all that is still of use. Returns how many."""
    now = clock.now()
    failed = Message.objects.for_office(office).filter(state=MessageState.FAILED, not_after_at__gt=now)
    return failed.update(state=MessageState.PLANNED, attempts=0, due_at=now, error="")


def beat_heart(name: str) -> None:
    """Write down that the process `name` lives."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, beat_at=clock.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["beat_at"],
    )
