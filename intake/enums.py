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
    HANDED_OVER = "handed_over", _("Handed over to another place")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")
    NOT_REACHABLE = "not_reachable", _("Could not be reached")
    NOT_AN_ENQUIRY = "not_an_enquiry", _("Not an enquiry")


class Channel(TextChoices):
    """How an enquiry came in. The first two were filled in by the founder, the others by the office for them."""

    SELF = "self", pgettext_lazy("enquiry", "Filled in alone")
    HELPER = "helper", pgettext_lazy("enquiry", "Filled in with a helper")
    DESK = "desk", pgettext_lazy("enquiry", "At the desk")
    PHONE = "phone", pgettext_lazy("enquiry", "By phone")
    PAPER = "paper", pgettext_lazy("enquiry", "On paper")

    @property
    def is_office(self) -> bool:
        """Whether somebody of the office typed the answers."""
        return self not in (Channel.SELF, Channel.HELPER)


class Signer(TextChoices):
    """Who signed a returned paper form."""

    FOUNDER = "founder", _("The founder")
    OTHER = "other", _("Somebody else for the founder")
    NOBODY = "nobody", _("Nobody")


class ConfirmationWay(TextChoices):
    """How a founder said that answers the office typed are right."""

    ALONE = "alone", _("Read and confirmed alone")
    PHONE = "phone", _("Confirmed by phone")


class CheckMark(TextChoices):
    """Why somebody should look twice at an enquiry before calling. None of them says that anything is wrong."""

    TRAP = "trap", _("A field was filled in that people do not see. Some programs that fill in forms do that too.")
    FAST = "fast", _("The form was filled in very quickly. Somebody may have had the answers at hand.")
    ADDRESS = (
        "address",
        _("Very many enquiries came from one place in a short time. That also happens in shelters and courses."),
    )
    PHONE = "phone", _("The same phone number came several times today. Families and shelters share phones.")


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
