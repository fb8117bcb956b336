"""The case file that an office keeps, and what was written into it."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from cases.files.enums import CaseState, ChangeKind, Outcome, Phase, TimelineKind
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from intake.models import Submission
from network.people.models import Membership, OfficeOwned

from .person import Founder

NO_START = date.max
START_OR_NEVER = Coalesce("planned_start_on", NO_START, output_field=models.DateField())
WITHOUT_APPLICATION = Q(planned_start_on__isnull=False) & (Q(has_application=None) | Q(has_application=False))


@history.track(exclude=["sort_name", "last_contact_at", "second_try_on"])
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
    second_try_on = models.DateField(null=True, blank=True)  # a call reached nobody: when to try once more
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
            # "My day" looks along it for cases without a next step, those of one advisor or of nobody.
            models.Index(
                fields=["office", "advisor", "last_contact_at", "id"],
                name="case_open_by_contact",
                condition=Q(state="open"),
            ),
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
            models.Index(
                fields=["office", "second_try_on", "id"],
                name="case_second_try",
                condition=Q(second_try_on__isnull=False),
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
        indexes = [
            models.Index(fields=["case", "-happened_at", "-id"], name="timeline_by_case"),
            models.Index(fields=["case", "kind", "-happened_at", "-id"], name="timeline_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"
