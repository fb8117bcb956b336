"""The founder as a person and the case file that an office keeps."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from gruendungswerkstatt.common.retention import Period, Unit
from intake.models import Submission
from network.people.models import Membership, Municipality, OfficeOwned

from .enums import (
    AskBackBlock,
    AskBackState,
    CaseState,
    ChangeKind,
    ContactWay,
    DatePrecision,
    DeadlineKind,
    DeadlineSource,
    ErasureDecline,
    ErasureRequestState,
    FollowUpState,
    Outcome,
    Phase,
    ReminderStyle,
    TimelineKind,
    Work,
)

NO_START = date.max
START_OR_NEVER = Coalesce("planned_start_on", NO_START, output_field=models.DateField())
WITHOUT_APPLICATION = Q(planned_start_on__isnull=False) & (Q(has_application=None) | Q(has_application=False))


@history.track(exclude=["sort_name"])
class Founder(OfficeOwned, Identified, Versioned):
    """A person who wants to found, known to one office. `name` is what they want to be called; it may be one word."""

    name = models.CharField(max_length=200)
    name_latin = models.CharField(max_length=200, blank=True)  # as in the passport; leads where it is known
    name_original = models.CharField(max_length=200, blank=True)  # in the original script
    sort_name = models.CharField(max_length=200)  # folded display name: sorting never asks the server's collation
    born_on = models.DateField(null=True, blank=True)
    born_precision = models.CharField(max_length=8, choices=DatePrecision, blank=True)
    is_adult = models.BooleanField(null=True, blank=True)  # None: not asked yet; counts as no where it matters
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)  # of messages and pages: one of the interface's languages
    languages = ArrayField(models.CharField(max_length=5), default=list)  # spoken; codes of the intake
    contact_way = models.CharField(max_length=10, choices=ContactWay)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    helper_contact = models.CharField(max_length=200, blank=True)
    may_call_helper = models.BooleanField(null=True, blank=True)  # rule 15; None: not asked, counts as no
    is_phone_shared = models.BooleanField(null=True, blank=True)
    safe_times = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    wants_sms = models.BooleanField(default=False)
    wants_email = models.BooleanField(default=False)
    reminder_style = models.CharField(max_length=12, choices=ReminderStyle, default=ReminderStyle.NEUTRAL)
    own_word = models.CharField(max_length=40, blank=True)  # stands in every message so that it is not taken for spam
    needs_interpreter = models.BooleanField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="founder_id_office"),
            models.CheckConstraint(
                name="founder_birth_date_has_precision", condition=Q(born_on=None) | ~Q(born_precision="")
            ),
        ]
        indexes = [
            models.Index(fields=["office", "municipality"], name="founder_by_town"),
            models.Index(fields=["office", "needs_interpreter"], name="founder_by_interpreter"),
            GinIndex(fields=["languages"], name="founder_by_language"),
            GinIndex(fields=["phone"], name="founder_by_phone", opclasses=["gin_trgm_ops"]),  # searched by any part
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The passport's form leads, else what the person wants to be called."""
        return self.name_latin or self.name


class NameKey(OfficeOwned):
    """One folded spelling of a founder's name; search looks here, so that every spelling finds the person."""

    founder = models.ForeignKey(Founder, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["founder", "key"], name="name_key_once")]
        indexes = [GinIndex(fields=["key"], name="name_key_search", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.key


class MatchKey(OfficeOwned):
    """What somebody else's record would have in common with this founder's, as a number (blocking.py).

    Nothing can be read from it: it only leads to the few founders that a new enquiry is compared with.
    """

    founder = models.ForeignKey(Founder, on_delete=models.CASCADE, related_name="match_keys", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["founder", "key"], name="match_key_once")]
        indexes = [models.Index(fields=["office", "key", "founder"], name="match_key_lookup")]

    def __str__(self) -> str:
        return str(self.key)


@history.track(exclude=["sort_name", "last_contact_at"])
class Case(OfficeOwned, Identified, Versioned):
    """An office's file on one founder's way, through the phases of the "4+1" model."""

    founder = models.ForeignKey(Founder, on_delete=models.PROTECT, related_name="cases")
    submission = models.OneToOneField(Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reference = models.CharField(max_length=9, unique=True)  # the submission's, or its own for a walk-in
    phase = models.CharField(max_length=16, choices=Phase, default=Phase.ACCESS)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.OPEN)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    advisor = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(max_length=24, blank=True)
    # Rule 3: applications are informal; recorded with the time of receipt.
    has_application = models.BooleanField(null=True, blank=True)
    application_received_at = models.DateTimeField(null=True, blank=True)
    planned_start_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    last_contact_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    delete_after_on = models.DateField(null=True, blank=True, db_index=True)
    # Repeated from the founder for sorted lists; kept by services.
    sort_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="case_id_office"),
            models.CheckConstraint(
                name="case_closed_has_outcome",
                condition=~Q(state="closed") | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_application_has_time",
                condition=~Q(has_application=True) | Q(application_received_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-opened_at", "-id"], name="case_by_opening"),
            models.Index(fields=["office", "sort_name", "id"], name="case_by_name"),
            models.Index(fields=["office", "last_contact_at", "id"], name="case_by_contact"),
            models.Index(fields=["office", "advisor", "state"], name="case_by_advisor"),
            models.Index(fields=["office", "phase", "-opened_at"], name="case_by_phase"),
            models.Index(fields=["office", "state", "-opened_at"], name="case_by_state"),
            models.Index(fields=["office", "sector", "-opened_at"], name="case_by_sector"),
            # NO_START stands where no start is planned, so that the sort by planned start has a value in every row.
            models.Index("office", START_OR_NEVER, "id", name="case_by_start"),
            models.Index(
                fields=["office", "planned_start_on"],
                name="case_start_planned",
                condition=Q(planned_start_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AddedEnquiry(OfficeOwned):
    """A further enquiry of a person who has a case: an advisor saw that it is the same person. Never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="added_enquiries")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-added_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case}: {self.submission}"


@history.track()
class Note(OfficeOwned, Identified):
    """What an advisor wrote down. Notes are not changed: a correction is another note."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case} {self.written_at:%Y-%m-%d %H:%M}"


class StatusChange(OfficeOwned):
    """One move of phase, state or advisor: never changed, knows its author and reason.

    `seen` are proofs that its author saw, `overridden` needs that a team lead went over. `case_version` is the case's
    with this change; while the case has it, nothing came after and the change can be undone. `ended` is how a case had
    ended that was opened again: outcome, closed_at and delete_after_on, as plain JSON values.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="status_changes")
    kind = models.CharField(max_length=8, choices=ChangeKind)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    seen = ArrayField(models.CharField(max_length=16), default=list, db_default=models.Value("{}"), blank=True)
    overridden = ArrayField(models.CharField(max_length=24), default=list, db_default=models.Value("{}"), blank=True)
    ended = models.JSONField(default=dict, db_default={}, blank=True)
    case_version = models.PositiveIntegerField(null=True, blank=True)
    undoes = models.OneToOneField("self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-changed_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["id", "office"], name="status_change_id_office")]

    def __str__(self) -> str:
        return f"{self.case}: {self.before} → {self.after}"


class TimelineEntry(OfficeOwned):
    """One line of the case's timeline. `params` holds codes, names of offers and moments, translated when shown."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=24, choices=TimelineKind)
    params = models.JSONField(default=dict)
    text = models.TextField(blank=True)  # somebody's words, shown as written
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    happened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["case", "-happened_at", "-id"], name="timeline_by_case")]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"


@history.track()
class PlanStep(OfficeOwned, Identified, Versioned):
    """An agreed or suggested step. `hint_code` names the hint of the intake that suggested it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    hint_code = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300, blank=True)  # own words; empty if the hint's text is shown
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "hint_code"], condition=~Q(hint_code=""), name="plan_step_hint_once"
            ),
            models.CheckConstraint(name="plan_step_says_something", condition=~Q(text="") | ~Q(hint_code="")),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"], name="plan_step_due", condition=Q(done_at=None, due_on__isnull=False)
            ),
            models.Index(fields=["case"], name="plan_step_open", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.text or self.hint_code


@history.track()
class Deadline(OfficeOwned, Identified, Versioned):
    """A day that the office watches for a case. What changes about it is told by the timeline, line by line.

    Of a Kooperationsplan only its day and its reference are kept, never its content.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=DeadlineKind)
    text = models.CharField(max_length=120, blank=True)  # what it is about, or the reference of a paper
    counted_from_on = models.DateField(null=True, blank=True)  # the day it was counted from; None once changed by hand
    due_on = models.DateField()
    source = models.CharField(max_length=4, choices=DeadlineSource)
    reason = models.TextField(blank=True)  # of the last change
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(source="rule"), name="deadline_by_rule_once"),
            models.CheckConstraint(name="deadline_other_says_what", condition=~Q(kind="other") | ~Q(text="")),
        ]
        indexes = [
            models.Index(fields=["office", "due_on", "id"], name="deadline_open", condition=Q(done_at=None)),
            models.Index(fields=["case", "due_on"], name="deadline_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.due_on:%Y-%m-%d}"


@history.track()
class ErasureRequest(OfficeOwned, Identified, Versioned):
    """Somebody asks that their data be deleted (Art. 17 GDPR); the office decides. Granted, it goes with the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="erasure_requests")
    state = models.CharField(max_length=8, choices=ErasureRequestState, default=ErasureRequestState.OPEN)
    recorded_by = models.ForeignKey(  # None: the founder, with the own PIN
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=12, choices=ErasureDecline, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="open"), name="erasure_request_open_once"),
            models.CheckConstraint(
                name="erasure_request_declined_has_reason",
                condition=~Q(state="declined") | (~Q(decline_reason="") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "requested_at"], name="erasure_request_open", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.requested_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether the office still has to answer."""
        return self.state == ErasureRequestState.OPEN

    @property
    def answer_by(self) -> date:
        """The last day for an answer: one month after the request (Art. 12 (3) GDPR)."""
        return Period(1, Unit.MONTHS).after(clock.local(self.requested_at).date())


@history.track(exclude=["sort_name"])
class Label(OfficeOwned, Identified, Versioned):
    """A word of the office by which its team sorts cases. Team leads choose the words; anybody puts them on cases."""

    name = models.CharField(max_length=40)
    sort_name = models.CharField(max_length=40)  # folded: "Café" and "cafe" are one label
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="label_id_office"),
            models.UniqueConstraint(fields=["office", "sort_name"], name="label_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


@history.track()
class CaseLabel(OfficeOwned):
    """A label on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="cases")
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "label"], name="case_label_once")]
        indexes = [models.Index(fields=["office", "label", "case"], name="case_label_by_label")]

    def __str__(self) -> str:
        return f"{self.case}: {self.label}"


class Merge(OfficeOwned, Identified):
    """Two cases of one person were put together: `merged` is an empty shell since, everything lies in `into`.

    `changes` is what every room changed, so that exactly that can be taken back until the end of `undo_until_on`
    (merging.py): a list of {"model", "was", "is", "keys"}. It holds values of the founder and goes with the case.
    """

    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    changes = models.JSONField(default=list)
    merged_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(default=clock.now)
    undo_until_on = models.DateField()
    undone_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at=None), name="merge_once"),
            models.CheckConstraint(name="merge_of_two_cases", condition=~Q(into=F("merged"))),
            models.CheckConstraint(
                name="merge_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.into_id}"


@history.track()
class AskBack(OfficeOwned, Identified, Versioned):
    """An advisor asks back about an enquiry or, once there is one, its case; the founder answers on the own page.

    A text block is read in every language; own words stay as they were written.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="ask_backs")
    block = models.CharField(max_length=12, choices=AskBackBlock, blank=True)
    text = models.TextField(blank=True)  # own words
    state = models.CharField(max_length=10, choices=AskBackState, default=AskBackState.ASKED)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answer_language = models.CharField(max_length=5, blank=True)  # of the page it was written on
    answered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)  # when somebody of the team took note of the answer
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="ask_back_about_something", condition=Q(submission__isnull=False) | Q(case__isnull=False)
            ),
            models.CheckConstraint(name="ask_back_says_something", condition=~Q(text="") | ~Q(block="")),
            models.CheckConstraint(
                name="ask_back_answer_is_whole",
                condition=~Q(state="answered") | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="ask_back_by_case"),
            models.Index(
                fields=["office", "answered_at", "id"],
                name="ask_back_to_read",
                condition=Q(state="answered", seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id or self.submission_id} {self.asked_at:%Y-%m-%d}"


@history.track()
class FollowUp(OfficeOwned, Identified, Versioned):
    """Asking a founder whose case was closed how the business goes, some months after. It goes with the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=FollowUpState, default=FollowUpState.OPEN)
    tries = models.PositiveSmallIntegerField(default=0)  # that reached nobody
    is_in_business = models.BooleanField(null=True, blank=True)
    work = models.CharField(max_length=4, choices=Work, blank=True)
    jobs = models.PositiveSmallIntegerField(null=True, blank=True)  # beside the founder's own
    text = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["months", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "months"], name="follow_up_once"),
            models.CheckConstraint(
                name="follow_up_done_has_answer", condition=~Q(state="done") | Q(is_in_business__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["office", "due_on", "id"], name="follow_up_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.case} {self.months}"
