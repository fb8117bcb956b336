"""Codes of appointments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Place(TextChoices):
    OFFICE = "office", _("At the office")
    PARTNER = "partner", _("At a partner's")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class AppointmentState(TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")
    TOOK_PLACE = "took_place", _("Took place")
    EXCUSED = "excused", _("Excused")
    NO_SHOW = "no_show", _("Did not take place")


class CancelledBy(TextChoices):
    OFFICE = "office", _("The office")
    FOUNDER = "founder", _("The founder")
