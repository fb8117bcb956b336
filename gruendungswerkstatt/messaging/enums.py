"""Codes of the messaging room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class MessageState(TextChoices):
    """Where a message stands."""

    PLANNED = "planned", pgettext_lazy("message state", "Planned")
    CLAIMED = "claimed", pgettext_lazy("message state", "Being sent")
    SENT = "sent", pgettext_lazy("message state", "Sent")
    FAILED = "failed", pgettext_lazy("message state", "Failed")
    VOID = "void", pgettext_lazy("message state", "Not needed any more")


class VoidReason(TextChoices):
    """Why a message was not sent and will not be."""

    SUPERSEDED = "superseded", _("The appointment was moved or cancelled")
    TOO_LATE = "too_late", _("Too late to be of use")
    NO_ADDRESS = "no_address", _("There is no address to send it to")
    NOT_WANTED = "not_wanted", _("The person does not want reminders")
    NO_CHANNEL = "no_channel", _("This way of sending is not set up")


class SendingError(TextChoices):
    """The kind of the last error; its text may quote the recipient's address and is never kept."""

    UNREACHABLE = "unreachable", _("The mail server or gateway cannot be reached")
    BROKEN_OFF = "broken_off", _("The connection broke off while sending")
    REFUSED_FOR_NOW = "refused_for_now", _("Refused for the moment")
    REFUSED = "refused", _("Refused for good")
    TEXT = "text", _("The text or the recipient could not be made out")
    SENDER_LOST = "sender_lost", _("The sending process was lost several times")
