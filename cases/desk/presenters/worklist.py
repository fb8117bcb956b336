"""Rows of the worklist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.files.enums import CaseState, Phase
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.lists import comma
from gruendungswerkstatt.common.spreadsheets import Cell
from gruendungswerkstatt.common.templatetags.bidi import day_short
from intake import questions

NO_CASE = UUID(int=0)  # stands in an address that is made once and filled for every row
STATE_BADGES = {
    CaseState.OPEN: "info",
    CaseState.RESTING: "warning",
    CaseState.HANDED_OVER: "warning",
    CaseState.CLOSED: "success",
    CaseState.MERGED: "info",
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list, ready to be shown: codes in words, names as they are."""

    url: str
    key: str  # the case's UUID
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
    between = comma()
    phases, states = _Words(Phase.choices), _Words(CaseState.choices)
    towns, languages, sectors = (_Words(questions.choices(key)) for key in ("municipality", "languages", "sector"))
    days = _Days()
    address = reverse("cases:case_detail", args=[NO_CASE])
    return [
        CaseRow(
            url=address.replace(str(NO_CASE), str(case.uuid)),
            key=str(case.uuid),
            name=case.founder__name_latin or case.founder__name,
            reference=case.reference,
            phase=phases[case.phase],
            state=states[case.state],
            badge=STATE_BADGES[case.state],
            advisor=case.advisor__user__name or "",
            town=towns[case.founder__municipality__code],
            languages=between.join(languages[code] for code in case.founder__languages),
            sector=sectors[case.sector],
            last_contact=days[clock.local(case.last_contact_at).date()],
            labels=case.label_names,
        )
        for case in cases
    ]


def export_head() -> list[str]:
    """The columns of a table of cases: what the list shows, nothing beside it."""
    return [
        str(label)
        for label in (
            *(_("Name"), _("Reference number"), _("Phase"), _("State"), _("Advisor"), _("Town"), _("Language")),
            *(_("Sector"), _("Labels"), _("Last contact")),
        )
    ]


def export_cells(cases: Sequence[Any]) -> list[list[Cell]]:
    """`cases` (as for `case_rows`) as cells of such a table."""
    between = comma()
    shown, moments = case_rows(cases), [case.last_contact_at for case in cases]
    return [
        [
            *(row.name, row.reference, row.phase, row.state, row.advisor, row.town, row.languages),
            *(row.sector, between.join(row.labels), clock.local(moment).date()),
        ]
        for row, moment in zip(shown, moments, strict=True)
    ]


class _Words(dict[str, str]):
    """Codes in the active language, each looked up once for the whole list; a code without a word stays as it is."""

    def __init__(self, choices: Iterable[tuple[str, Any]]):
        super().__init__()
        self._labels = dict(choices)

    def __missing__(self, code: str) -> str:
        self[code] = word = str(self._labels.get(code, code))
        return word


class _Days(dict[date, str]):
    """Days as the list writes them, each made once."""

    def __missing__(self, day: date) -> str:
        self[day] = written = day_short(day)
        return written
