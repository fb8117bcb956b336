"""How a case ends otherwise than by its outcome: the founder wants it deleted, or it is put into another one."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from cases.files.enums import ErasureDecline, ErasureRequestState
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from gruendungswerkstatt.common.retention import Period, Unit
from network.people.models import Membership, OfficeOwned

from .case import Case


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
