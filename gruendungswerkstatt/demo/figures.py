"""Closed years of a demonstration: invented counts without people, told as real ones are."""

from collections import Counter

from django.db import transaction

from cases.files.enums import Phase
from cases.statistics import rules, services
from cases.statistics.enums import Answered, Founding, NotFounding, Wait
from cases.statistics.models import Snapshot
from gruendungswerkstatt.common import clock
from network.people.models import Municipality, Organisation

YEARS = 3
# Shares of a hundred; the last ones are so few that they are not shown.
SECTORS = {"food": 26, "retail": 19, "crafts": 14, "beauty": 11, "transport": 9, "cleaning": 7, "care": 5, "art": 2}
TOWNS = {"unna": 24, "luenen": 22, "kamen": 18, "bergkamen": 15, "schwerte": 10, "werne": 5, "selm": 4, "boenen": 2}
LANGUAGES = {"ar": 46, "uk": 20, "tr": 12, "fa": 9, "kmr": 7, "ti": 4, "en": 2}
PHASES = {
    Phase.ACCESS: 18, Phase.ORIENTATION: 30, Phase.PLANNING: 27, Phase.START: 15, Phase.CONSOLIDATION: 10,
}  # fmt: skip
WAITS = {Wait.SOON: 58, Wait.MONTH: 22, Wait.LONG: 12, Wait.NONE: 8}
KINDS = {
    Founding.FULL_TIME: 14, Founding.SIDE: 17, Founding.ADVISED: 6,
    NotFounding.GOING_ON: 30, NotFounding.OTHER_WAY: 15, NotFounding.ENDED: 18,
}  # fmt: skip
LEFT_ON = {"place": 6, "person": 9, "contact": 12, "languages": 4, "idea": 10, "safety": 5, "benefits": 9, "sector": 6}


@transaction.atomic
def make_figures(office: Organisation) -> int:
    """Close the last years of `office` with invented counts; gives the number of tables. Repeating it writes nothing.

    They are told by the functions that tell real ones, so a demonstration shows what is hidden as well.
    """
    if Snapshot.objects.for_office(office).exists():
        return 0
    written = 0
    for year in range(clock.today().year - YEARS, clock.today().year):
        if clock.today() < rules.figures_from(year):
            continue
        people = 150 + 20 * (year % 5)
        towns = Municipality.objects.filter(office=office).values_list("code", flat=True)
        tables = {
            **services.form_tables(_forms(people)),
            **services.case_tables(_spread(people, PHASES, SECTORS, TOWNS, LANGUAGES, WAITS), towns),
            **services.referral_tables(_spread(people // 2, LANGUAGES, {Answered.DECLINED: 24, "not_declined": 76})),
        }
        closed_on = rules.figures_from(year)
        if clock.today() >= rules.outcomes_from(year):
            closed_on = rules.outcomes_from(year)
            more = 4 * (year % 3)
            kinds = KINDS | {Founding.SIDE: 17 + more, NotFounding.GOING_ON: 30 - more}
            tables |= services.outcome_tables(_spread(people, kinds, SECTORS, TOWNS, LANGUAGES), tables)
        with clock.frozen(clock.at(closed_on, 2, 40)):
            services.write(office, year, tables)
        written += len(tables)
    return written


def _forms(people: int) -> Counter[tuple[str, ...]]:
    """As `selectors.forms`: those who sent began at the first page, the others left on one."""
    counted = _spread(people, LEFT_ON, {"de": 30, "ar": 55, "en": 15}, {"left": 100})
    for (language, _end), number in _spread(2 * people, {"de": 40, "ar": 48, "en": 12}, {"sent": 100}).items():
        counted["place", language, "sent"] = number
    return counted


def _spread(people: int, *shares: dict[str, int]) -> Counter[tuple[str, ...]]:
    """{(one code of each): people}, with the given shares of a hundred.

    Person after person takes the next step of each round; rounds of different steps mix the characteristics.
    """
    steps = (37, 61, 17, 83, 7)
    counted: Counter[tuple[str, ...]] = Counter()
    for person in range(people):
        place = (person * 100 // people, person)
        key = (_at(share, (place[0] + person * step) % 100) for share, step in zip(shares, steps, strict=False))
        counted[tuple(key)] += 1
    return counted


def _at(shares: dict[str, int], place: int) -> str:
    for code, share in shares.items():
        if place < share:
            return code
        place -= share
    return "unknown" if "unknown" in shares else next(iter(shares))
