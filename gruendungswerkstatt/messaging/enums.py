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


class TextState(TextChoices):
    """Whose text goes out, and whether somebody should look at it."""

    SHIPPED = "shipped", pgettext_lazy("message text", "Shipped text")
    OWN = "own", pgettext_lazy("message text", "Own text")
    OUTDATED = "outdated", pgettext_lazy("message text", "Own text; the shipped one has changed since")
    UNFIT = "unfit", pgettext_lazy("message text", "Own text that cannot be used: the shipped one is sent")


class TextRefusal(TextChoices):
    """Why a text is not taken; `%(found)s` is what was found in it."""

    EMPTY = "empty", _("Please write a text.")
    AUTHORITY = "authority", _("A stranger must not read in a message who sends it: %(found)s")
    BENEFIT = "benefit", _("A stranger must not read in a message that it is about money from the state: %(found)s")
    SITUATION = "situation", _("A stranger must not read in a message what the person has been through: %(found)s")
    FOUNDING = "founding", _("A stranger must not read in a message that somebody starts a business: %(found)s")
    TOPIC = "topic", _("A stranger must not read in a message what the appointment is about: %(found)s")
    PERSON = "person", _("A message names no person, no body and has no form of address: %(found)s")
    DUTY = "duty", _("Coming is voluntary; a message must not sound like a duty: %(found)s")
    MIXED_LETTERS = "mixed_letters", _("This word is written with letters of several alphabets: %(found)s")
    UNKNOWN_PLACEHOLDER = "unknown_placeholder", _("This placeholder does not exist here: %(found)s")
    MISSING_PLACEHOLDER = "missing_placeholder", _("This placeholder is missing: %(found)s")
    BRACE = "brace", _("A brace is only used around the name of a placeholder: %(found)s")
    SHARED_LINE = (
        "shared_line",
        _("Not everybody has this value, and then its line is left out. Please put it on a line of its own: %(found)s"),
    )
    MAYBE_IN_TITLE = "maybe_in_title", _("Not everybody has this value, so it cannot stand in the subject: %(found)s")
    LINK = "link", _("A message has no link and no e-mail address: %(found)s")
    CODE = "code", _("A message has no code, no password and no reference number: %(found)s")
    NUMBER = "number", _("Please do not type numbers of this length; use the placeholder for the telephone: %(found)s")
    CONTROL = "control", _("There are invisible signs in the text that do not belong there: %(found)s")
    LINES_IN_TITLE = "lines_in_title", _("The subject is one line.")
    TITLE_TOO_LONG = "title_too_long", _("The subject is too long: %(found)s characters.")
    BODY_TOO_LONG = "body_too_long", _("The text is too long: %(found)s characters.")
    SMS_TOO_LONG = "sms_too_long", _("The text is too long for an SMS: with all values it needs %(found)s parts.")
