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
