"""Rows of the worklist."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import pgettext

from cases.files.enums import CaseState, Phase
from gruendungswerkstatt.common.templatetags.bidi import day_short
from intake import questions

NO_CASE = UUID(int=0)  # stands in an address that is made once and filled for every row
STATE_BADGES = {
    CaseState.OPEN: "info",
    CaseState.RESTING: "warning",
    CaseState.HANDED_OVER: "warning",
    CaseState.CLOSED: "success",
}


def listed(words: Iterable[str]) -> str:
    """ "Arabic, German", with the comma of the active language."""
    return pgettext("between parts of a sentence", ", ").join(words)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list, ready to be shown: codes in words, names as they are."""

    url: str
    name: str
    reference: str
    phase: str
    state: str
    badge: str
    advisor: str  # "" for nobody
    town: str
    languages: str
    sector: str
    last_contact: str  # a <time>
    labels: list[str]


def case_rows(cases: Iterable[Any]) -> list[CaseRow]:
    """`cases` (rows of cases.files.selectors.worklist_rows) as the list shows them."""
    comma = pgettext("between parts of a sentence", ", ")
    phases, states = _words(Phase), _words(CaseState)
    towns, languages, sectors = (dict(questions.choices(key)) for key in ("municipality", "languages", "sector"))
    address = reverse("cases:case_detail", args=[NO_CASE])
    return [
        CaseRow(
            url=address.replace(str(NO_CASE), str(case.uuid)),
            name=case.founder__name_latin or case.founder__name,
            reference=case.reference,
            phase=phases[case.phase],
            state=states[case.state],
            badge=STATE_BADGES[case.state],
            advisor=case.advisor__user__name or "",
            town=towns.get(case.founder__municipality__code, case.founder__municipality__code),
            languages=comma.join(str(languages.get(code, code)) for code in case.founder__languages),
            sector=sectors.get(case.sector, case.sector),
            last_contact=day_short(case.last_contact_at),
            labels=case.label_names,
        )
        for case in cases
    ]


def _words(codes: type[TextChoices]) -> dict[str, str]:
    """The words of every code in the active language: looked up once for the whole list."""
    return {code.value: str(code.label) for code in codes}
