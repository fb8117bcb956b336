"""Codes of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CostKind(TextChoices):
    FREE = "free", _("Free of charge")
    PAID = "paid", _("Costs money")
    UNKNOWN = "unknown", _("Please ask")


class Setting(TextChoices):
    """How an offer takes place."""

    ON_SITE = "on_site", _("On site")
    PHONE = "phone", _("By phone")
    ONLINE = "online", _("Online")


class SpokenLanguage(TextChoices):
    """Languages people of the network speak; the codes a founder's answer stores, too (ISO 639, shortest code)."""

    ARABIC = "ar", _("Arabic")
    UKRAINIAN = "uk", _("Ukrainian")
    KURMANJI = "kmr", _("Kurdish (Kurmanji)")
    SORANI = "ckb", _("Kurdish (Sorani)")
    PERSIAN = "fa", _("Persian (Farsi)")
    DARI = "prs", _("Dari")
    TIGRINYA = "ti", _("Tigrinya")
    TURKISH = "tr", _("Turkish")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")
