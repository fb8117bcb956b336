"""Codes of the content room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PageSlug(TextChoices):
    """The pages there are; the code stands in their address, so it stays."""

    START = "start", pgettext_lazy("page", "First page")
    OFFER = "offer", _("What we offer")
    WAY = "way", _("How it goes")
    PRIVACY = "privacy", _("Data protection")
    LEGAL = "legal-notice", _("Legal notice")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    PLAIN = "plain-language", _("Easy language")
    SIGN = "sign-language", _("German Sign Language")


class TranslationState(TextChoices):
    """How a translation stands to the German text, for those who edit."""

    CURRENT = "current", pgettext_lazy("translation", "up to date")
    STALE = "stale", _("The German text has changed since")
    MISSING = "missing", pgettext_lazy("translation", "missing")


class Refusal(TextChoices):
    """Why a page is not published."""

    NOTHING_NEW = "nothing_new", _("There is nothing new to publish.")
    NO_SOURCE = "no_source", _("The German text is missing. It is needed because the other languages fall back on it.")


class TextProblem(TextChoices):
    """What is wrong with a text somebody typed."""

    PLACEHOLDER = "placeholder", _("This placeholder does not exist: %(found)s")
    LINK = "link", _("Links lead to our own pages, or begin with https:, mailto: or tel:. This one does not: %(found)s")
    IMAGE = "image", _("Pictures are not possible here.")
