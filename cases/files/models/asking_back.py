"""Questions of the office to the founder."""

from django.db import models
from django.db.models import Q

from cases.files.enums import AskBackBlock, AskBackState
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from intake.models import Submission
from network.people.models import Membership, OfficeOwned

from .case import Case


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
