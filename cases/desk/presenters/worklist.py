"""Rows of the worklist."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

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
    """`cases` (rows of cases.files.worklist.worklist_rows) as the list shows them."""
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


_CELL = '<td class="kern-table__cell" data-label="{{{0}_label}}">{1}</td>'
_ROW = (
    '<tr class="kern-table__row"><td class="kern-table__cell"><label class="gw-choose">'
    '<input type="checkbox" name="case" value="{key}"{checked}>'
    '<span class="kern-sr-only">{choose} <bdi>{name}</bdi></span></label></td>'
    '<th class="kern-table__cell" scope="row"><a class="kern-link" href="{url}"><bdi>{name}</bdi></a>'
    '<span class="gw-value kern-body--small kern-body--muted"><bdi dir="ltr">{reference}</bdi></span>{labels}</th>'
    + _CELL.format("phase", "{phase}")
    + _CELL.format(
        "state",
        '<span class="kern-badge kern-badge--small kern-badge--{badge}">'
        '<span class="kern-label kern-label--small">{state}</span></span>',
    )
    + _CELL.format("advisor", "{advisor}")
    + _CELL.format("town", "<bdi>{town}</bdi>")
    + _CELL.format("language", "{languages}")
    + _CELL.format("sector", "{sector}")
    + _CELL.format("contact", "{last_contact}")
    + "</tr>"
)


def drawn_rows(rows: Iterable[CaseRow], *, are_chosen: bool) -> SafeString:
    """The body of the list's table. Said in Python, because a template takes half of the page's time for it."""
    words = {
        "phase_label": _("Phase"),
        "state_label": _("State"),
        "advisor_label": _("Advisor"),
        "town_label": _("Town"),
        "language_label": _("Language"),
        "sector_label": _("Sector"),
        "contact_label": _("Last contact"),
        "choose": pgettext("case", "Choose"),
    }
    fixed = {key: escape(str(word)) for key, word in words.items()}
    fixed["checked"] = " checked" if are_chosen else ""
    nobody = f'<span class="kern-body--muted">{escape(pgettext("advisor", "Nobody"))}</span>'
    labels = escape(str(_("Labels")))
    return SafeString("".join(_drawn(row, fixed, nobody, labels) for row in rows))  # every value below is escaped


def _drawn(row: CaseRow, fixed: Mapping[str, str], nobody: str, labels: str) -> str:
    put = "".join(f"<li><bdi>{escape(name)}</bdi></li>" for name in row.labels)
    return _ROW.format(
        key=escape(row.key),
        url=escape(row.url),
        name=escape(row.name),
        reference=escape(row.reference),
        labels=f'<ul class="gw-labels" aria-label="{labels}">{put}</ul>' if put else "",
        phase=escape(row.phase),
        badge=escape(row.badge),
        state=escape(row.state),
        advisor=f"<bdi>{escape(row.advisor)}</bdi>" if row.advisor else nobody,
        town=escape(row.town),
        languages=escape(row.languages),
        sector=escape(row.sector) or "–",
        last_contact=row.last_contact,  # a <time> that was made safely
        **fixed,
    )


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
