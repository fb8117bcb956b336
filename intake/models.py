"""What a founder sends, from the first saved answer on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Municipality, OfficeOwned, OfficeOwnedQuerySet

from .enums import ClosingReason, SubmissionState


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
    exclude=["code_digest", "pin_hash", "last_used_at", "visited_steps", "typed", "changes"],
    unless={"state": SubmissionState.DRAFT},
)
class Submission(OfficeOwned, Identified, Versioned):
    """A founder's answers. A row exists from the moment the municipality is known to lie in the Kreis (rule 11).

    `answers` holds {question key: code, list of codes, or text}; codes are those of `questions.py`, text is the
    founder's own in NFC. `text_languages` tells in which language each own text was typed. Answers carry the
    version of the questionnaire. `typed` and `changes` belong to a draft alone and are never sent: what stands half
    typed in its fields, {question key: as typed}, and when each answer was changed last (see merging). The columns
    after them repeat what lists and searches need.
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
    typed = models.JSONField(default=dict, db_default={})
    changes = models.JSONField(default=dict, db_default={})
    questionnaire_version = models.PositiveSmallIntegerField()
    notice_version = models.CharField(max_length=20)
    notice_language = models.CharField(max_length=5)
    is_callback = models.BooleanField(default=False)  # "please call me": name, way to reach, language only
    keep_longer = models.BooleanField(default=False)  # the draft stays 14 days instead of 24 hours
    visited_steps = ArrayField(models.CharField(max_length=24), default=list)

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
