"""What a founder sends, from the first saved answer on; what is counted of it; what an office says in hints."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, Municipality, OfficeOwned, OfficeOwnedQuerySet

from . import counting
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

    def to_call(self):
        """What the inbox shows: waiting ones, and whoever asked for a call because the code is lost."""
        return self.filter(Q(state=SubmissionState.SENT) | Q(code_lost_at__isnull=False))


# What a founder took out of a draft was never sent: no draft has a history.
@history.track(
    exclude=["code_digest", "code_lost_at", "pin_hash", "last_used_at", "visited_steps", "typed", "changes"],
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
    code_lost_at = models.DateTimeField(null=True, blank=True)  # asked for a call about it; None with the new one
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
            models.Index(
                fields=["office", "code_lost_at"], name="submission_lost_codes", condition=Q(code_lost_at__isnull=False)
            ),
        ]
        triggers = [counting.WhenSent(), counting.WhenErased()]

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


class StepCount(OfficeOwned):
    """How many people reached a page of the questionnaire, left it there for good, or went on and sent.

    Written by the database itself when a draft is sent or erased (see counting). There is no person in it and no day:
    a month, an office, a language and a page, and nothing leads back from here. `step` is the code of a page (a Group),
    or "callback" for "please call me".
    """

    month_on = models.DateField()  # its first day
    step = models.CharField(max_length=24)
    language = models.CharField(max_length=5)
    reached = models.PositiveIntegerField(default=0)
    left_here = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "month_on", "language", "step"], name="step_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month_on:%Y-%m} {self.language} {self.step}"


@history.track()
class OfficeHint(OfficeOwned, Versioned):
    """What an office says in a hint instead of the shipped text, from when to when it is shown, and if at all.

    The rule itself stays data in `hints.py`. `texts` is {language: {"title", "text", "shipped": digest of the shipped
    text it was compared with}}; a language that is missing shows the shipped text.
    """

    hint_code = models.CharField(max_length=40)
    texts = models.JSONField(default=dict)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_off = models.BooleanField(default=False)
    off_reason = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)  # when somebody last compared rule, source and texts
    checked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "hint_code"], name="office_hint_once"),
            models.CheckConstraint(name="office_hint_off_has_reason", condition=Q(is_off=False) | ~Q(off_reason="")),
            models.CheckConstraint(
                name="office_hint_checked_by_somebody",
                condition=Q(checked_on=None, checked_by=None) | Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.hint_code
