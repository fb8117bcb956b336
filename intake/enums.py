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
