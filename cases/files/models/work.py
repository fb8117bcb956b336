"""What is to be done in a case: steps, days to watch, asking how the business goes."""

from django.db import models
from django.db.models import Q

from cases.files.enums import DeadlineKind, DeadlineSource, FollowUpState, StepActor, Work
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, OfficeOwned

from .case import Case


@history.track()
class PlanStep(OfficeOwned, Identified, Versioned):
    """An agreed or suggested step. `hint_code` names the hint of the intake that suggested it.

    `texts` is {language: text} where it is said in several; `template` names the template that it came from.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    hint_code = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=300, blank=True)  # own words; empty if the hint's text is shown
    texts = models.JSONField(default=dict, db_default={}, blank=True)
    template = models.CharField(max_length=40, blank=True, default="", db_default="")
    actor = models.CharField(
        max_length=8, choices=StepActor, default=StepActor.FOUNDER, db_default=StepActor.FOUNDER.value
    )
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
