"""Codes of documents: which are asked for, where they stand, why one is refused or sent back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentKind(TextChoices):
    """What a founder brings along on the way; the words are those a founder reads."""

    CV = "cv", _("CV")
    BUSINESS_DESCRIPTION = "business_description", _("Description of the business")
    FINANCING_PLAN = "financing_plan", _("Capital and financing plan")
    LIQUIDITY_PLAN = "liquidity_plan", _("Cash-flow plan")
    PROFIT_FORECAST = "profit_forecast", _("Profit forecast for three years")
    QUALIFICATION = "qualification", _("Proof of qualification")
    VIABILITY = "viability", _("Opinion of an expert body about the viability")
    TRADE_NOTICE = "trade_notice", _("Trade registration")
    INSURANCE = "insurance", _("Proof of insurance")
    CRAFTS_CARD = "crafts_card", _("Card of the crafts register")
    EKS = "eks", _("Form EKS about your income")
    OTHER = "other", _("Another document")


class RequestState(TextChoices):
    """Where a document that was asked for stands."""

    ASKED = "asked", pgettext_lazy("document", "Asked for")
    RECEIVED = "received", pgettext_lazy("document", "Received")
    ACCEPTED = "accepted", pgettext_lazy("document", "Seen and in order")
    SENT_BACK = "sent_back", pgettext_lazy("document", "Please send again")


class ReturnReason(TextChoices):
    """Why a document is sent back: said to the founder, in the founder's language, together with what to do."""

    UNREADABLE = "unreadable", _("It cannot be read. Please take a new photo in good light, from straight above.")
    INCOMPLETE = "incomplete", _("Something is missing. Please send all pages.")
    WRONG = "wrong", _("This is another document than the one we need. Please look at what we have asked for.")
    OUTDATED = "outdated", _("It is too old. Please send the newest one.")
    UNSIGNED = "unsigned", _("The signature is missing. Please sign it and send it again.")
    OTHER = "other", _("Please read what your advisor has written.")
    INFECTED = "infected", _("A virus was found in the file, so we have deleted it. Please send a photo instead.")


# An advisor does not find viruses.
CHOSEN_REASONS = tuple(reason for reason in ReturnReason if reason != ReturnReason.INFECTED)


class ScanState(TextChoices):
    """What the virus scanner said."""

    NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
    WAITING = "waiting", _("The scan for viruses is not finished yet")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found, deleted")


class FileRefusal(TextChoices):
    """Why a file is not taken; said to whoever sent it, beside its name."""

    EMPTY = "empty", _("This file is empty. Please choose it once more.")
    TOO_LARGE = "too_large", _("This file is larger than 10 MB. Please send a smaller one, or a photo of each page.")
    TOO_MANY = "too_many", _("We take 10 files at a time. Please send this one afterwards.")
    NO_ROOM = "no_room", _("There is no room left for this file. Please call us.")
    UNKNOWN = "unknown", _("This is neither a photo nor a PDF. Please take a photo of the document.")
    HEIC = "heic", _("We cannot read photos of this kind (HEIC). Please send it as JPEG, or take a screenshot of it.")
    BROKEN = "broken", _("This file cannot be read. Please take a new photo, or save the document once more.")
    HUGE = "huge", _("This picture has too many pixels. Please take a smaller photo.")
    LOCKED = "locked", _("This PDF needs a password. Please save it without one, or take a photo of each page.")
    ACTIVE = "active", _("This PDF contains programs or other files. Please print it as a new PDF, or take a photo.")


class DocumentRefusal(TextChoices):
    """Why something cannot be done with a document that was asked for."""

    IN_ORDER = "in_order", _("This document is in order. Nothing more is needed.")
    WITHDRAWN = "withdrawn", _("This document is not needed any more.")
    NOTHING_SENT = "nothing_sent", _("Nothing was sent yet.")
    HAS_FILES = "has_files", _("Files were sent already. Please delete them first.")
    REASON_MISSING = "reason_missing", _("Please write what the founder should do.")
