"""What a founder sends, from the first saved answer on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, Municipality, OfficeOwned, OfficeOwnedQuerySet

from .enums import Channel, CheckMark, ClosingReason, ConfirmationWay, Signer, SubmissionState


class SubmissionQuerySet(OfficeOwnedQuerySet):
    def drafts(self):
        return self.filter(state=SubmissionState.DRAFT)

    def waiting(self):
        """Sent and not yet answered by an advisor: the inbox, oldest first."""
        return self.filter(state=SubmissionState.SENT)

    def without_case(self):
        """Sent, and no case was opened from it (yet)."""
        return self.filter(state__in=(SubmissionState.SENT, SubmissionState.CLOSED))


# What a founder took out of a draft was never sent: no draft has a history.
@history.track(
    exclude=["code_digest", "pin_hash", "last_used_at", "visited_steps"],
    unless={"state": SubmissionState.DRAFT},
)
class Submission(OfficeOwned, Identified, Versioned):
    """A founder's answers. A row exists from the moment the municipality is known to lie in the Kreis (rule 11).

    `answers` holds {question key: code, list of codes, or text}; codes are those of `questions.py`, text is the
    founder's own in NFC. `text_languages` tells in which language each own text was typed. Answers carry the
    version of the questionnaire. The columns after them repeat what lists and searches need.
    """

    reference = models.CharField(max_length=9, unique=True)
    code_digest = models.CharField(max_length=64)
    # Level 2 (rule 13): the person's own PIN, hashed like a password; "" if none was set.
    pin_hash = models.CharField(max_length=128, blank=True)
    state = models.CharField(max_length=8, choices=SubmissionState, default=SubmissionState.DRAFT)
    closing_reason = models.CharField(max_length=16, choices=ClosingReason, blank=True)
    language = models.CharField(max_length=5)  # of the interface when last used
    answers = models.JSONField(default=dict)
    text_languages = models.JSONField(default=dict)
    questionnaire_version = models.PositiveSmallIntegerField()
    # "" until the founder has read or heard the notice: what the office typed is confirmed later.
    notice_version = models.CharField(max_length=20, blank=True)
    notice_language = models.CharField(max_length=5, blank=True)
    is_callback = models.BooleanField(default=False)  # "please call me": name, way to reach, language only
    keep_longer = models.BooleanField(default=False)  # the draft stays 14 days instead of 24 hours
    visited_steps = ArrayField(models.CharField(max_length=24), default=list)
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.SELF, db_default=Channel.SELF)
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.CharField(max_length=8, choices=Signer, blank=True, default="", db_default="")  # of a paper form
    confirmed_at = models.DateTimeField(null=True, blank=True)  # of what the office typed; see is_confirmed
    confirmed_way = models.CharField(max_length=8, choices=ConfirmationWay, blank=True, default="", db_default="")
    check_marks = ArrayField(
        models.CharField(max_length=8, choices=CheckMark), default=list, blank=True, db_default=models.Value("{}")
    )

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=24, blank=True)
    is_adult = models.BooleanField(null=True, blank=True)  # None: not asked ("please call me")

    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    delete_after_on = models.DateField(null=True, blank=True, db_index=True)  # sent ones; drafts go by last_used_at

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="submission_id_office"),
            models.CheckConstraint(
                name="submission_sent_has_time", condition=Q(state="draft") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="submission_closed_has_reason", condition=~Q(state="closed") | ~Q(closing_reason="")
            ),
            models.CheckConstraint(
                name="submission_entered_by_somebody",
                condition=Q(channel__in=("self", "helper"), entered_by=None)
                | Q(channel__in=("desk", "phone", "paper"), entered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="submission_confirmed_in_a_way",
                condition=Q(confirmed_at=None, confirmed_way="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_way="")),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "sent_at", "id"], name="submission_inbox", condition=Q(state="sent")),
            models.Index(fields=["last_used_at"], name="submission_drafts", condition=Q(state="draft")),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_draft(self) -> bool:
        return self.state == SubmissionState.DRAFT

    @property
    def is_helped(self) -> bool:
        """Whether somebody has helped with this form at any time: then the person confirms alone (rule 15)."""
        return self.channel == Channel.HELPER or self.answers.get("filled_with_help") == "yes"

    @property
    def is_confirmed(self) -> bool:
        """Whether the founder stands behind the answers: sent them, or confirmed what the office typed."""
        return not Channel(self.channel).is_office or self.confirmed_at is not None
