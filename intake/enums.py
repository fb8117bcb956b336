"""Codes of the intake."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubmissionState(TextChoices):
    """Where a submission stands; unsent it is a draft."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Received")
    ACCEPTED = "accepted", _("A case was opened")
    CLOSED = "closed", pgettext_lazy("submission", "Closed")


class ClosingReason(TextChoices):
    """Why a submission was closed without a case."""

    DUPLICATE = "duplicate", _("Sent twice")
    NOT_RESPONSIBLE = "not_responsible", _("Another office is responsible")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")
    NOT_REACHABLE = "not_reachable", _("Could not be reached")
    NOT_AN_ENQUIRY = "not_an_enquiry", _("Not an enquiry")


class PinRefusal(TextChoices):
    """Why a PIN cannot be used; shown to whoever chooses it."""

    NOT_DIGITS = "not_digits", _("A PIN has 4 to 8 digits.")
    EASY = "easy", _("This PIN is easy to guess. Please choose another one.")


class HintRefusal(TextChoices):
    """Why the text of a hint is not taken; `%(found)s` is what was found in it."""

    EMPTY = "empty", _("Please write title and text, or leave both empty.")
    DECISION = (
        "decision",
        _("A hint never decides and never forbids: it asks to clarify something with somebody. Found: %(found)s"),
    )
    NO_REQUEST = "no_request", _("A hint asks: please clarify with … Please say so in this language.")
    MIXED_LETTERS = "mixed_letters", _("This word is written with letters of several alphabets: %(found)s")
    CONTROL = "control", _("There are invisible signs in the text that do not belong there: %(found)s")


class HintState(TextChoices):
    """Whose text of a hint founders read in one language, and whether somebody should look at it."""

    SHIPPED = "shipped", pgettext_lazy("hint", "Shipped text")
    OWN = "own", pgettext_lazy("hint", "Own text")
    OUTDATED = "outdated", pgettext_lazy("hint", "Own text; the shipped one has changed since")
    UNFIT = "unfit", pgettext_lazy("hint", "Own text that cannot be used: the shipped one is shown")
