"""The ledger of everything that is sent, and the worker's heartbeat."""

from django.db import models
from django.db.models import Q

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, OfficeOwned, OfficeOwnedQuerySet

from .enums import Channel, MessageState, SendingError, VoidReason


class MessageQuerySet(OfficeOwnedQuerySet):
    def due(self, moment=None):
        """Planned messages whose time has come, and claimed ones whose sender has died (its lease ran out)."""
        moment = moment or clock.now()
        # A claimed message was due already; said for both, the index skips everything that lies ahead.
        return self.filter(due_at__lte=moment).filter(
            Q(state=MessageState.PLANNED) | Q(state=MessageState.CLAIMED, claimed_until__lte=moment)
        )


class Message(OfficeOwned, Identified):
    """One thing to say to one recipient over one channel. The row is the truth; Celery only carries its id.

    `key` is made of (kind, subject, version of the subject, offset, channel, recipient): planning the same message
    twice finds the row that is there. Address and text are erased after a time (erasure.py), the key stays as long as
    the subject.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=24)
    subject_uuid = models.UUIDField()
    subject_version = models.PositiveIntegerField()
    offset_minutes = models.IntegerField()  # before the subject's time; 0 for "at once"
    channel = models.CharField(max_length=8, choices=Channel)
    recipient_uuid = models.UUIDField()  # the person, not the address: that is looked up when sending
    language = models.CharField(max_length=5, blank=True)  # as sent
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.PLANNED)
    void_reason = models.CharField(max_length=16, choices=VoidReason, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # how often handing over began or could not begin
    planned_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()  # of the next attempt
    not_after_at = models.DateTimeField()  # sent later it would only confuse
    claimed_until = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)  # who holds it: only this claim may record the outcome
    handover_at = models.DateTimeField(null=True, blank=True)  # when the present claim began to hand it over
    sent_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=254, blank=True)  # as sent
    title = models.CharField(max_length=200, blank=True)  # as sent
    body = models.TextField(blank=True)  # as sent
    error = models.CharField(max_length=16, choices=SendingError, blank=True)
    delete_after_on = models.DateField(null=True, blank=True, db_index=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="message_due", condition=Q(state__in=["planned", "claimed"])),
            models.Index(fields=["office", "-due_at", "-id"], name="message_by_office"),
            models.Index(fields=["office", "-due_at", "-id"], name="message_failed", condition=Q(state="failed")),
            models.Index(fields=["subject_uuid"], name="message_by_subject"),
            models.Index(fields=["recipient_uuid"], name="message_by_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_claimed_has_lease",
                condition=~Q(state="claimed") | Q(claimed_until__isnull=False, claim__isnull=False),
            ),
            models.CheckConstraint(name="message_sent_has_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
            models.CheckConstraint(name="message_void_has_reason", condition=~Q(state="void") | ~Q(void_reason="")),
        ]

    def __str__(self) -> str:
        return self.key


@history.track()
class MessageText(OfficeOwned, Versioned):
    """What an office says instead of the shipped text, with placeholders; the shipped one again while `body` is empty.

    The row stays when the office goes back to the shipped text: so the version only rises, and a form that was open
    all the while cannot overwrite what came later.
    """

    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel)
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    shipped_digest = models.CharField(max_length=16)  # of the shipped text it was compared with
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "channel", "language"], name="message_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.channel}:{self.language}"


class Heartbeat(models.Model):
    """When a process last showed that it lives. Written by a task: beat, broker, worker and database all took part."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
