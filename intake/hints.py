"""What a founder should clarify before starting, as data: condition, text, who can help, legal source, validity.

A hint never decides: it says "please clarify with …", never that something is not allowed. Texts and sources are
common professional knowledge and are checked by the office, like every content of the portal: an office may say it in
its own words, limit it to some time or switch it off (office_hints.py). Nobody but that module shows a hint.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from .conditions import Answers, Condition, when
from .questions.data import load


@dataclass(frozen=True)
class Hint:
    """`topics` are codes of the directory: the first is asked first. `source` is the law behind it, in German."""

    code: str
    title: Any
    text: Any
    topics: tuple[str, ...]
    source: str
    condition: Condition
    valid_from: date | None = None
    valid_to: date | None = None
    announces_call: bool = False  # tells of a call instead of asking to clarify something

    def applies(self, answers: Answers, on: date) -> bool:
        """Whether the rule is in force `on` that day and these answers fulfil its condition."""
        in_force = (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
        return in_force and self.condition.holds(answers)


def _trades(*annexes: str) -> tuple[str, ...]:
    return tuple(trade["code"] for trade in load("trades") if trade["annex"] in annexes)


_is_craft = when("sector", "crafts", "beauty")

HINTS = (
    Hint(
        "under_18",
        _("Under 18: an advisor calls you"),
        _("You are under 18. An advisor calls you and explains what is possible and who has to agree."),
        ("erstberatung",),
        "§ 112 BGB",
        when("is_adult", "no"),
        announces_call=True,
    ),
    Hint(
        "already_trading",
        _("Already working: please tell the Jobcenter"),
        _(
            "If you get money from the Jobcenter and already work for yourself, the Jobcenter has to know it. "
            "Please clarify with the Jobcenter team how to report your income (form EKS). We help you with it."
        ),
        ("foerderung_sgb2",),
        "§ 60 SGB I; Anlage EKS",
        when("self_employed", "yes") | when("stage", "trading"),
    ),
    Hint(
        "start_before_request",
        _("First ask for money, then start"),
        _(
            "Money for the start has to be asked for before the start. "
            "Please clarify this with the Jobcenter team before the month in which you want to start."
        ),
        ("foerderung_sgb2", "foerderung_sgb3"),
        "§ 16b SGB II; § 93 SGB III; § 324 SGB III",
        when("planned_start") & ~when("wants_money", "yes"),
    ),
    Hint(
        "residence_employment",
        _("Residence card: please ask the immigration office first"),
        _(
            "Your card speaks of work as an employee. Please clarify with the immigration office (Ausländerbehörde) "
            "how you can also work for yourself. We help you to ask."
        ),
        ("aufenthaltsrecht",),
        "§ 4a AufenthG; § 21 Abs. 6 AufenthG",
        when("residence", "employment"),
    ),
    Hint(
        "residence_advice",
        _("Residence: please get advice"),
        _(
            "Please clarify with a legal advice centre which ways there are for you. "
            "You can prepare your plan in the meantime. We help you to find the right place."
        ),
        ("aufenthaltsrecht",),
        "§ 4a AufenthG; § 61 AsylG; § 4a Abs. 4 AufenthG",
        when("residence", "not_allowed", "waiting"),
    ),
    Hint(
        "craft_annex_a",
        _("Craft: please clarify with the chamber of crafts"),
        _(
            "For this craft a master craftsman exam (Meister) or an equal qualification is usual in Germany. There are "
            "other ways too, for example with many years of experience. Please clarify with the chamber of crafts "
            "(Handwerkskammer) which way suits you."
        ),
        ("handwerksrecht", "anerkennung"),
        "§§ 1, 7, 7b, 8 HwO, Anlage A; §§ 50a, 50b HwO",
        _is_craft & when("trade", *_trades("A")),
    ),
    Hint(
        "craft_annex_b",
        _("Craft: registration with the chamber of crafts"),
        _(
            "For this craft no master craftsman exam is needed, only a registration. "
            "Please clarify with the chamber of crafts (Handwerkskammer) how it works."
        ),
        ("handwerksrecht", "gewerbeanmeldung"),
        "§§ 18, 19 HwO, Anlage B Abschnitte 1 und 2",
        _is_craft & when("trade", *_trades("B1", "B2")),
    ),
    Hint(
        "craft_unclear",
        _("Is it a craft? Please clarify with the chamber of crafts"),
        _(
            "Please clarify with the chamber of crafts (Handwerkskammer) "
            "whether your work is a craft with special rules."
        ),
        ("handwerksrecht",),
        "§§ 1, 18 HwO",
        _is_craft & (when("trade", "none_of_these", "unsure") | ~when("trade")),
    ),
    Hint(
        "food_hygiene",
        _("Food: hygiene"),
        _(
            "Everybody who works with food needs a hygiene briefing by the public health office before the first day "
            "of work, and there are rules for the kitchen. Please clarify both with the chamber (IHK)."
        ),
        ("erlaubnisse", "gewerbeanmeldung"),
        "§ 43 IfSG; VO (EG) 852/2004; LMHV",
        when("sector", "food"),
    ),
    Hint(
        "alcohol",
        _("Alcohol: permit"),
        _(
            "If guests drink alcohol at your place, a permit may be needed. Please clarify with the chamber (IHK) or "
            "the public order office of your town."
        ),
        ("erlaubnisse",),
        "§ 2 GastG",
        when("sector", "food") & when("alcohol", "yes", "unsure"),
    ),
    Hint(
        "passengers",
        _("Carrying people: permit"),
        _("For carrying people a permit may be needed. Please clarify with the chamber (IHK)."),
        ("erlaubnisse",),
        "§ 2 PBefG",
        when("sector", "transport") & when("transport_of", "passengers"),
    ),
    Hint(
        "goods",
        _("Carrying goods: permit"),
        _(
            "For carrying goods in larger vehicles a permit may be needed. "
            "Please clarify with the chamber (IHK) from which weight on."
        ),
        ("erlaubnisse",),
        "§ 3 GüKG",
        when("sector", "transport") & when("transport_of", "goods", "courier"),
    ),
    Hint(
        "childcare",
        _("Looking after children: permit"),
        _(
            "For looking after children a permit may be needed. "
            "Please clarify with the youth welfare office (Jugendamt)."
        ),
        ("erlaubnisse", "kinderbetreuung"),
        "§ 43 SGB VIII",
        when("sector", "care", "education") & when("care_of", "children"),
    ),
    Hint(
        "security",
        _("Guarding: permit"),
        _("For guarding people or buildings a permit is needed. Please clarify with the chamber (IHK) how to get it."),
        ("erlaubnisse",),
        "§ 34a GewO",
        when("activities", "security"),
    ),
    Hint(
        "broker",
        _("Arranging flats or loans: permit"),
        _(
            "For arranging flats, houses or loans a permit is needed. "
            "Please clarify with the chamber (IHK) how to get it."
        ),
        ("erlaubnisse",),
        "§ 34c GewO",
        when("activities", "broker"),
    ),
    Hint(
        "insurance_finance",
        _("Arranging insurance or investments: permit"),
        _(
            "For arranging insurance or investments a permit is needed. "
            "Please clarify with the chamber (IHK) how to get it."
        ),
        ("erlaubnisse",),
        "§§ 34d, 34f GewO",
        when("activities", "insurance_finance"),
    ),
    Hint(
        "travelling_trade",
        _("Selling at changing places: card"),
        _(
            "For selling on the street or from door to door a card (Reisegewerbekarte) may be needed. "
            "Please clarify with the trade office of your town."
        ),
        ("erlaubnisse", "gewerbeanmeldung"),
        "§ 55 GewO",
        when("activities", "travelling") | (when("place", "mobile") & when("sector", "food", "retail")),
    ),
    Hint(
        "liberal_profession",
        _("Perhaps a liberal profession"),
        _(
            "Perhaps your work is a liberal profession. Then you need no trade registration, only the tax office. "
            "Please clarify with the tax office (Finanzamt)."
        ),
        ("steuern_buchhaltung", "gewerbeanmeldung"),
        "§ 18 EStG",
        when("activities", "liberal") | when("sector", "translation", "education", "art"),
    ),
    Hint(
        "one_client",
        _("One client only: please clarify"),
        _(
            "If you work for one client only, you may be an employee in the eyes of the law. The pension insurance "
            "(Deutsche Rentenversicherung) can clarify this free of charge. Please talk with us about it first."
        ),
        ("versicherung", "erstberatung"),
        "§ 7a SGB IV",
        when("activities", "one_client") | when("transport_of", "courier"),
    ),
)
BY_CODE = {hint.code: hint for hint in HINTS}


def hints_for(answers: Answers, on: date) -> list[Hint]:
    """The hints in force `on` that day that apply to these answers, in the order they are shown."""
    return [hint for hint in HINTS if hint.applies(answers, on)]


def by_code(code: str) -> Hint | None:
    """One hint, also one that is no longer in force; None for an unknown code."""
    return BY_CODE.get(code)
