"""Codes of appointments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Place(TextChoices):
    OFFICE = "office", _("At the office")
    PARTNER = "partner", _("At a partner's")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class AppointmentState(TextChoices):
    PLANNED = "planned", pgettext_lazy("appointment state", "Planned")
    CANCELLED = "cancelled", pgettext_lazy("appointment state", "Cancelled")
    TOOK_PLACE = "took_place", pgettext_lazy("appointment state", "Took place")
    EXCUSED = "excused", pgettext_lazy("appointment state", "Excused")
    NO_SHOW = "no_show", pgettext_lazy("appointment state", "Did not take place")


class CancelledBy(TextChoices):
    OFFICE = "office", _("The office")
    FOUNDER = "founder", _("The founder")


class RefusalReason(TextChoices):
    """Why an appointment cannot be planned or changed like this."""

    IN_THE_PAST = "in_the_past", _("This moment has passed. Please choose a later one.")
    NO_SUCH_TIME = "no_such_time", _("The clock is changed that night: this time does not exist.")
    PAST_MIDNIGHT = "past_midnight", _("The appointment would end on the next day.")
    ADVISOR_BUSY = "advisor_busy", _("The advisor already has an appointment at this time.")
    CASE_ENDED = "case_ended", _("The case is closed or handed over: no new appointments.")
    NOT_PLANNED = "not_planned", _("The appointment was cancelled or has an outcome already.")
    ALREADY_BEGUN = "already_begun", _("The appointment has begun: please record its outcome.")
    NOT_BEGUN = "not_begun", _("The appointment has not begun yet.")
    NO_OUTCOME = "no_outcome", _("A cancelled appointment has no outcome.")
