"""Figures of closed years, from invented counts through the portal's own services."""

from collections import Counter

from cases.statistics import services
from cases.statistics.models import Snapshot
from network.people.models import Organisation


def closed_year(office: Organisation, year: int = 2024, *, sector: str = "food") -> list[Snapshot]:
    """Forms, cases, waiting times, referrals and outcomes of 120 people; two languages can be compared.

    `sector` is that of most of them; another one has two people and is hidden with a third.
    """
    sectors = {sector: 90, "crafts": 28, "art": 2}
    cases: Counter[tuple[str, ...]] = Counter()
    outcomes: Counter[tuple[str, ...]] = Counter()
    forms = Counter({("place", "de", "sent"): 80, ("place", "ar", "sent"): 40})
    for language in ("de", "ar"):
        forms |= Counter({("place", language, "left"): 12, ("sector", language, "left"): 14})
    person = 0
    for code, people in sectors.items():
        for _ in range(people):
            language, wait = ("ar", "uk")[person % 2], ("soon", "month", "long")[person % 3]
            cases[("access", "orientation", "planning")[person % 3], code, "kamen", language, wait] += 1
            became = ("full_time", "going_on", "ended", "side")[person // 2 % 4]
            outcomes[became, code, "kamen", language] += 1
            person += 1
    referred = Counter({(language, answer): 15 for language in ("ar", "uk") for answer in ("declined", "not_declined")})
    told = services.form_tables(forms) | services.case_tables(cases, ["kamen"]) | services.referral_tables(referred)
    services.write(office, year, told | services.outcome_tables(outcomes, told))
    return list(Snapshot.objects.for_office(office).filter(year=year))
