"""Money and help for the start: what was asked for, and what became of it."""

from django.db import models
from django.db.models import F, Q

from cases.files.enums import FundingDecision, FundingKind
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import OfficeOwned

from .case import Case


@history.track()
class Funding(OfficeOwned, Identified, Versioned):
    """A request of the founder for funding, and its decision, as the papers say; the portal decides nothing.

    `text` names something else. `amount` in euros; by the month for what is paid by the month.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="fundings")
    kind = models.CharField(max_length=16, choices=FundingKind)
    text = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField()
    decision = models.CharField(max_length=12, choices=FundingDecision, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)  # the first day of what was granted
    ends_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.CheckConstraint(name="funding_other_says_what", condition=~Q(kind="other") | ~Q(text="")),
            models.CheckConstraint(
                name="funding_decision_has_day",
                condition=Q(decision="", decided_on=None) | (~Q(decision="") & Q(decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="funding_decided_after_asked", condition=Q(decided_on=None) | Q(decided_on__gte=F("asked_on"))
            ),
            models.CheckConstraint(
                name="funding_granted_has_days",
                condition=Q(decision="granted", starts_on__isnull=False)
                | (~Q(decision="granted") & Q(starts_on=None, ends_on=None)),
            ),
            models.CheckConstraint(
                name="funding_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.asked_on:%Y-%m-%d}"
