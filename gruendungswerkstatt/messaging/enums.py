"""Codes of the messaging room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class MessageState(TextChoices):
    """Where a message stands; `rules.TRANSITIONS` says what may follow what."""

    PLANNED = "planned", _("Planned")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    VOID = "void", _("Not needed any more")


class VoidReason(TextChoices):
    """Why a message was not sent and will not be."""

    SUPERSEDED = "superseded", _("The appointment was moved or cancelled")
    TOO_LATE = "too_late", _("Too late to be of use")
    NO_ADDRESS = "no_address", _("There is no address to send it to")
    NOT_WANTED = "not_wanted", _("The person does not want reminders")
    NO_CHANNEL = "no_channel", _("This way of sending is not set up")
