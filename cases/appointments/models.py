"""Meetings with a founder."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from cases.files.models import Case
from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, OfficeOwned, OfficeOwnedQuerySet

from .enums import AppointmentState, CancelledBy, Place


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class AppointmentQuerySet(OfficeOwnedQuerySet):
    def planned(self):
        return self.filter(state=AppointmentState.PLANNED)

    def not_over(self):
        """Planned and not ended yet."""
        return self.planned().filter(ends_at__gt=clock.now())

    def without_outcome(self):
        """Ended, and nobody has said how."""
        return self.planned().filter(ends_at__lte=clock.now())

    def expired(self):
        return self.filter(delete_after_on__lt=clock.today())


@history.track()
class Appointment(OfficeOwned, Identified, Versioned):
    """A voluntary meeting (rule 2). Its version is part of every reminder's key: moving it voids the old reminders."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    advisor = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=8, choices=Place, default=Place.OFFICE)
    address = models.CharField(max_length=200, blank=True)
    topic = models.CharField(max_length=200, blank=True)  # for the team; never in a message
    state = models.CharField(max_length=12, choices=AppointmentState, default=AppointmentState.PLANNED)
    cancelled_by = models.CharField(max_length=8, choices=CancelledBy, blank=True)
    created_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    delete_after_on = models.DateField(null=True, blank=True, db_index=True)  # a no-show goes after 90 days

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="appointment_id_office"),
            models.CheckConstraint(name="appointment_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="appointment_cancelled_by_someone", condition=~Q(state="cancelled") | ~Q(cancelled_by="")
            ),
            ExclusionConstraint(
                name="appointment_advisor_not_twice",
                expressions=[
                    (TsTzRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("advisor", RangeOperators.EQUAL),
                ],
                condition=Q(state="planned"),
                violation_error_message=_("The advisor already has an appointment at this time."),
            ),
        ]
        indexes = [
            models.Index(fields=["office", "starts_at"], name="appointment_by_start"),
            models.Index(fields=["case", "-starts_at"], name="appointment_by_case"),
            models.Index(
                fields=["office", "ends_at", "starts_at", "case"],
                name="appointment_planned",
                condition=Q(state="planned"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_planned(self) -> bool:
        return self.state == AppointmentState.PLANNED

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
