"""What the portal remembers of its own use: which form was already sent, who looked at whose data."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
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
