"""Looking into the ledger."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from network.people.models import Membership, Organisation

from .enums import MessageState, VoidReason
from .models import Heartbeat, Message, MessageQuerySet

WORKER = "worker"


def worker_last_beat_at() -> datetime | None:
    """When the Celery worker last carried out its heartbeat task; None if never."""
    return Heartbeat.objects.filter(name=WORKER).values_list("beat_at", flat=True).first()


def ledger(office: Organisation, *, state: str = "", channel: str = "", kind: str = "") -> MessageQuerySet:
    """Messages of `office`, each filter "" for all.

    Reminders are planned for every channel, because wishes count when they are sent: the rows that nobody wanted
    in the end are left out unless their state is asked for.
    """
    given = {"state": state, "channel": channel, "kind": kind}
    found = Message.objects.for_office(office).filter(**{name: value for name, value in given.items() if value})
    return found if state else found.exclude(void_reason=VoidReason.NOT_WANTED)


def message_for_office(office: Organisation, message_uuid: uuid.UUID) -> Message | None:
    """One message of `office`; None if it is not theirs."""
    return Message.objects.for_office(office).filter(uuid=message_uuid).first()


def due() -> MessageQuerySet:
    """What would be sent now, oldest first."""
    return Message.objects.due().order_by("due_at", "id")


@dataclass(frozen=True)
class Backlog:
    """How many messages wait to be sent now and since when the oldest of them; how many have failed for good."""

    due: int
    oldest_due_at: datetime | None
    failed: int


def backlog() -> Backlog:
    """The state of sending over all offices, in two queries over partial indexes."""
    waiting = Message.objects.due().aggregate(count=Count("*"), oldest=Min("due_at"))
    return Backlog(waiting["count"], waiting["oldest"], Message.objects.filter(state=MessageState.FAILED).count())


def has_spoken_of(subject_uuid: uuid.UUID) -> bool:
    """Whether any message about a subject has reached its recipient, or is on its way."""
    return Message.objects.filter(
        subject_uuid=subject_uuid, state__in=(MessageState.SENT, MessageState.CLAIMED)
    ).exists()


def names_not_to_say(office: Organisation) -> set[str]:
    """Names that no text of `office` may have in it: who works there, and every body of the network."""
    columns = [f.name for f in Organisation._meta.concrete_fields if f.name == "name" or f.name.startswith("name_")]
    bodies = (name for row in Organisation.objects.values_list(*columns) for name in row)
    people = Membership.objects.active().filter(organisation=office).values_list("user__name", flat=True)
    return {name for name in (*bodies, *people) if name}
