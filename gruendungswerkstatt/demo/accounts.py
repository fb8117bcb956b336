"""The accounts of a demonstration; the README's table is compared with them by a test."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

OFFICE = "jobcenter-kreis-unna"
SECOND_OFFICE = "jobcenter-musterstadt"


@dataclass(frozen=True)
class DemoAccount:
    """`role` is the README's word, `membership_role` the code of network.people.enums.Role."""

    role: str
    role_label: Any
    email: str
    name: str
    organisation: str
    membership_role: str
    password: str


DEMO_ACCOUNTS = (
    DemoAccount(
        "team lead", _("Team lead"), "leitung@example.org", "Petra Lindner", OFFICE, "team_lead", "Werkstatt-Leitung-1"
    ),
    DemoAccount(
        "advisor", _("Advisor"), "beratung@example.org", "Jonas Brandt", OFFICE, "advisor", "Werkstatt-Beratung-1"
    ),
    DemoAccount(
        "advisor", _("Advisor"), "beratung2@example.org", "Leyla Aksoy", OFFICE, "advisor", "Werkstatt-Beratung-2"
    ),
    DemoAccount(
        "advisor (second office)",
        _("Advisor of a second office"),
        "beratung@musterstadt.example.org",
        "Martin Ohlsen",
        SECOND_OFFICE,
        "advisor",
        "Musterstadt-Beratung-1",
    ),
    DemoAccount(
        "partner",
        _("Partner (chamber of crafts)"),
        "hwk@example.org",
        "Sabine Krüger",
        "hwk-dortmund",
        "partner",
        "Partner-Handwerk-1",
    ),
    DemoAccount(
        "partner",
        _("Partner (Familienbande Kamen)"),
        "familienbande@example.org",
        "Nadine Vogt",
        "familienbande-kamen",
        "partner",
        "Partner-Familie-1",
    ),
    DemoAccount(
        "administrator",
        _("Administrator"),
        "verwaltung@example.org",
        "Ute Hartwig",
        OFFICE,
        "administrator",
        "Werkstatt-Verwaltung-1",
    ),
)
