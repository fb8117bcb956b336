"""What the portal remembers of its own use: which form was already sent, who looked at whose data."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import OfficeOwned


class FormToken(models.Model):
    """A form that was carried out. Its token is unique, so the same form sent again changes nothing."""

    token = models.UUIDField(unique=True)
    # Where the first sending led, shown again to the second.
    result_path = models.CharField(max_length=300)
    used_at = models.DateTimeField(default=clock.now)
    delete_after_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.token)


class ViewPurpose(models.TextChoices):
    """Why somebody looked at a person's data; shown to that person."""

    TRIAGE = "triage", _("Reading a new enquiry")
    CASE_WORK = "case_work", _("Work on the case")
    REFERRAL = "referral", _("Answering a referral")
    HISTORY = "history", _("Looking at changes")
    EXPORT = "export", _("Taking over a list of cases into a table")


class ViewLog(OfficeOwned):
    """Somebody opened a person's data: office, role, day and purpose. Never evaluated per advisor (rule 14)."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    viewer_organisation = models.ForeignKey("network_people.Organisation", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    purpose = models.CharField(max_length=16, choices=ViewPurpose)
    subject_kind = models.CharField(max_length=24)  # "submission", "case", "referral"
    subject_uuid = models.UUIDField()
    viewed_at = models.DateTimeField(default=clock.now)
    delete_after_on = models.DateField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["subject_uuid", "-viewed_at"], name="view_log_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_uuid} {self.viewed_at:%Y-%m-%d}"


@history.track()
class RetentionPeriod(OfficeOwned, Versioned):
    """How long an office keeps one retention class (common.retention), where it differs from the default."""

    code = models.CharField(max_length=24)
    amount = models.PositiveSmallIntegerField()  # in the unit of the class
    changed_by = models.ForeignKey("network_people.Membership", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "code"], name="retention_period_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.amount}"


class ErasureCause(models.TextChoices):
    NIGHT = "night", _("Nightly run")
    COMMAND = "command", _("Run by hand")
    OFFICE = "office", _("Decided by the office")
    FOUNDER = "founder", _("Deleted by the person")


class ErasureRun(OfficeOwned, Identified):
    """Proof that data of one office was erased: when, how much of which class, why; nothing about whom.

    `finished_at` stays empty if the run was killed; the next one does what it left.
    """

    cause = models.CharField(max_length=8, choices=ErasureCause)
    reason = models.CharField(max_length=16, blank=True)  # a code of the room that erased
    by = models.ForeignKey(
        "network_people.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_dry_run = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)  # {retention class: how many}
    errors = models.JSONField(default=dict)  # {retention class: how many could not be erased}
    delete_after_on = models.DateField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["office", "-started_at", "-id"], name="erasure_run_by_office")]

    def __str__(self) -> str:
        return f"{self.cause} {self.started_at:%Y-%m-%d %H:%M}"
