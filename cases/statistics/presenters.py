"""How figures are shown: a chart beside its table, and a file for the funder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_bidi, get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.files.enums import Phase
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.spreadsheets import Table as Sheet
from intake import questions
from intake.steps import GROUPS, STEPS

from .enums import Answered, FormEnd, Founding, NotFounding, Result, Table, Wait, WaitKind
from .rules import TABLES
from .selectors import UNKNOWN
from .suppression import OTHERS, Cross, Partition

OVER_THE_YEARS = (Table.OUTCOME, Table.WAITING)
Told = Mapping[str, Partition | Cross]

# In em, so that a chart grows with the letters: a line of words, the bar below it, some room.
LINE, BASELINE, BAR = 2.75, 1.1, 1.4
SHARE = 100


@dataclass(frozen=True)
class Bar:
    """One bar, its words and its number above it; places as SVG writes lengths, mirrored where one reads leftwards."""

    label: Any
    value: str
    text_y: str
    x: str
    y: str
    width: str


@dataclass(frozen=True)
class Chart:
    """Bars one below the other, drawn from the side where reading begins."""

    bars: list[Bar]
    height: str
    start: str  # where words begin


@dataclass(frozen=True)
class Line:
    """A row of a table; None where nothing is told."""

    label: Any
    cells: list[str | None]


@dataclass(frozen=True)
class Figure:
    """One table with its chart. `chart` None: there is nothing that could be drawn."""

    code: str
    title: Any
    head: list[Any]
    lines: list[Line]
    fewest: int
    chart: Chart | None
    note: Any = ""
    hidden: str = ""  # names of rows that the table leaves out

    @property
    def is_told(self) -> bool:
        """Whether there is a number in it at all."""
        return any(cell is not None for line in self.lines for cell in line.cells)

    @property
    def is_partly_hidden(self) -> bool:
        return bool(self.hidden) or any(cell is None for line in self.lines for cell in line.cells)


@dataclass(frozen=True)
class Part:
    """Figures about the same question."""

    code: str
    title: Any
    text: Any
    figures: list[Figure]


def parts(told: Told, by_year: Mapping[tuple[int, str], Partition | Cross], year: int) -> list[Part]:
    """The page of `year`: its tables in five parts. Outcomes stand in it as soon as they were closed."""
    found = []
    for code, title, text, tables in PARTS:
        figures = [figure(Table(table), told[table]) for table in tables if table in told]
        if code == "cases" and Table.CASES_PHASE in told:
            figures.insert(0, funnel(told))
        if code == "outcomes":
            figures += _years(by_year)
        found.append(Part(code, title, text, figures))
    return found


def figure(table: Table, told: Partition | Cross) -> Figure:
    """A told table with its chart."""
    fewest = TABLES[table].fewest
    if isinstance(told, Cross):
        return _crossed(table, told, fewest)
    lines, drawn = [], []
    for key, number in told.rows.items():
        if number is not None:
            lines.append(Line(_label(table, key), [str(number), _percent(number, told.total)]))
            drawn.append((_label(table, key), number, str(number)))
    if told.total is not None and told.hidden:
        together = _label(table, OTHERS)
        lines.append(Line(together, [str(told.others), _percent(told.others, told.total)]))
        drawn.append((together, told.others, str(told.others)))
    if told.total is not None:
        lines.append(Line(_("Altogether"), [str(told.total), _percent(1, 1)]))
    hidden = listed(_label(table, key) for key in told.hidden)
    chart = _chart(drawn, told.total or 0)
    return Figure(table, table.label, [_("Number"), _("Share")], lines, fewest, chart, hidden=hidden)


def _crossed(table: Table, told: Cross, fewest: int) -> Figure:
    head = [_column(table, column) for column in told.columns]
    lines, drawn = [], []
    for key, numbers in told.rows.items():
        cells = [None] * len(head) if numbers is None else [str(number) for number in numbers]
        share = None if numbers is None else _percent(numbers[0], sum(numbers))
        lines.append(Line(_label(table, key), [*cells, share]))
        if numbers is not None:
            drawn.append((_label(table, key), numbers[0] * SHARE // sum(numbers), share))
    share_of = _("Share: %(column)s") % {"column": head[0]}
    chart = _chart(drawn, SHARE)
    return Figure(table, table.label, [*head, share_of], lines, fewest, chart, note=share_of)


def funnel(told: Told) -> Figure:
    """From the enquiry to the start: how many came at least so far, where the told rows say it.

    Enquiries on paper and people who came without one are not among the forms, so the first two rows are counted of
    others than the rest.
    """
    forms, cases = told[Table.FORM], told[Table.CASES_PHASE]
    steps: list[tuple[Any, int | None]] = [
        (_("Forms begun"), forms.total),
        (_("Enquiries sent with the form"), forms.rows[FormEnd.SENT]),
    ]
    phases = Phase.values
    steps += [
        (_("Cases opened"), cases.total) if at == 0 else (_REACHED[phases[at]], cases.sum_of(phases[at:]))
        for at in range(len(phases))
    ]
    founded = told.get(Table.OUTCOME)
    if founded:
        steps.append((_("Founded within twelve months"), founded.rows[Result.FOUNDED]))
    most = max((number for _step, number in steps if number is not None), default=0)
    lines = [Line(step, [None if number is None else str(number)]) for step, number in steps]
    drawn = [(step, number, str(number)) for step, number in steps if number is not None]
    fewest = TABLES[Table.CASES_PHASE].fewest
    return Figure("funnel", _("From the form to the start"), [_("Number")], lines, fewest, _chart(drawn, most))


def _years(by_year: Mapping[tuple[int, str], Partition | Cross]) -> list[Figure]:
    """Who founded, year by year."""
    lines, drawn = [], []
    for (year, table), told in by_year.items():
        if table == Table.OUTCOME:
            founded = told.rows[Result.FOUNDED]
            share = None if founded is None else _percent(founded, told.total)
            lines.append(Line(str(year), [None if founded is None else str(founded), share]))
            if founded is not None:
                drawn.append((str(year), founded * SHARE // told.total, share))
    if not lines:
        return []
    head = [Result.FOUNDED.label, _("Share")]
    title, note = _("Founded within twelve months, by the year the case was opened"), _("Share: founded")
    fewest = TABLES[Table.OUTCOME].fewest
    return [Figure("outcome_years", title, head, lines, fewest, _chart(drawn, SHARE), note)]


def _chart(drawn: list[tuple[Any, int, str]], most: int) -> Chart | None:
    """Bars for [(label, number, its text)], the longest possible one standing for `most`."""
    if not drawn or not most:
        return None
    is_mirrored = get_language_bidi()
    bars = []
    for row, (label, number, text) in enumerate(drawn):
        width = max(1, min(SHARE, round(SHARE * number / most)))
        x = SHARE - width if is_mirrored else 0
        top = row * LINE
        bars.append(Bar(label, text, f"{top + BASELINE:.2f}em", f"{x}%", f"{top + BAR:.2f}em", f"{width}%"))
    return Chart(bars, f"{len(drawn) * LINE:.2f}em", "100%" if is_mirrored else "0")


def _percent(part: int, whole: int | None) -> str:
    """A share in whole percent, with the sign as it is written in the active language."""
    share = round(SHARE * part / whole) if whole else SHARE * part
    return gettext("%(share)s %%") % {"share": share}


# --- the file ------------------------------------------------------------------------------------------------------


def as_table(told: Told, year: int) -> Sheet:
    """The told tables of `year`, one number a line, in the active language; nothing hidden is in it."""
    head = [gettext("Year"), gettext("Table"), gettext("Row"), gettext("Column"), gettext("Number")]
    rows = [
        [str(cell) for cell in (year, code.label, row, column, _written(number))]
        for code in TABLES
        if code in told
        for row, column, number in _numbers(code, told[code])
    ]
    return Sheet(gettext("Statistics"), head, [rows], is_rtl=get_language_bidi())


def _numbers(table: Table, told: Partition | Cross) -> list[tuple[Any, Any, int | None]]:
    """(row, column, number or None) of every cell."""
    if isinstance(told, Cross):
        return [
            (_label(table, key), _column(table, column), None if numbers is None else numbers[at])
            for key, numbers in told.rows.items()
            for at, column in enumerate(told.columns)
        ]
    cells = [(_label(table, key), "", number) for key, number in told.rows.items()]
    return [*cells, (_("Altogether"), "", told.total)]


def _written(number: int | None) -> Any:
    return gettext("not shown") if number is None else number


# --- words ---------------------------------------------------------------------------------------------------------
_REACHED = {
    Phase.ORIENTATION: _("Orientation reached"),
    Phase.PLANNING: _("Planning reached"),
    Phase.START: _("Start reached"),
    Phase.CONSOLIDATION: _("Consolidation reached"),
}
PARTS = (
    (
        "cases",
        _("The way of the cases"),
        _("Cases that were opened in the year, and how far they had come when the figures were closed."),
        (Table.CASES_PHASE, Table.CASES_SECTOR, Table.CASES_TOWN, Table.CASES_LANGUAGE),
    ),
    (
        "form",
        _("The way through the form"),
        _("Counted without any person: how many forms were begun, sent or left, and on which page."),
        (Table.FORM, Table.FORM_SHORT, Table.FORM_LONG),
    ),
    (
        "waiting",
        _("Waiting times"),
        _("From the enquiry to the first talk that took place; without an enquiry from the day the case was opened."),
        (Table.WAITING, Table.WAITING_LONG),
    ),
    (
        "equity",
        _("The same for every language?"),
        _("Comparisons between languages are shown from 10 people on."),
        (
            *(Table.FORM_LANGUAGE, Table.FORM_BY_LANGUAGE, Table.WAITING_BY_LANGUAGE),
            *(Table.REFERRED, Table.REFERRED_LANGUAGE, Table.REFERRED_BY_LANGUAGE),
        ),
    ),
    (
        "outcomes",
        _("After twelve months"),
        _("What had become of each case twelve months after it was opened. They are closed one year after the rest."),
        (
            *(Table.OUTCOME, Table.OUTCOME_FOUNDED, Table.OUTCOME_OTHER),
            *(Table.OUTCOME_BY_SECTOR, Table.OUTCOME_BY_TOWN, Table.OUTCOME_BY_LANGUAGE),
        ),
    ),
)


def _form_page(code: str) -> Any:
    if code in GROUPS:
        return GROUPS[code].title
    return next((step.title for step in STEPS if code == f"step-{step.number}"), code)


def _page_language(code: str) -> Any:
    return get_language_info(code)["name_translated"]


def _coded(*codes: Any) -> Callable[[str], Any]:
    labels = {code.value: code.label for kind in codes for code in kind}
    return lambda code: labels.get(code, code)


def _asked(question: str) -> Callable[[str], Any]:
    return lambda code: questions.label(question, code)


_LANGUAGES = _asked("languages")
_ROWS: dict[Table, Callable[[str], Any]] = {
    Table.FORM: _coded(FormEnd),
    Table.FORM_SHORT: _form_page,
    Table.FORM_LONG: _form_page,
    Table.FORM_LANGUAGE: _page_language,
    Table.FORM_BY_LANGUAGE: _page_language,
    Table.CASES_PHASE: _coded(Phase),
    Table.CASES_SECTOR: _asked("sector"),
    Table.CASES_TOWN: _asked("municipality"),
    Table.CASES_LANGUAGE: _LANGUAGES,
    Table.WAITING: _coded(WaitKind),
    Table.WAITING_LONG: _coded(Wait),
    Table.WAITING_BY_LANGUAGE: _LANGUAGES,
    Table.REFERRED: _coded(Answered),
    Table.REFERRED_LANGUAGE: _LANGUAGES,
    Table.REFERRED_BY_LANGUAGE: _LANGUAGES,
    Table.OUTCOME: _coded(Result),
    Table.OUTCOME_FOUNDED: _coded(Founding),
    Table.OUTCOME_OTHER: _coded(NotFounding),
    Table.OUTCOME_BY_SECTOR: _asked("sector"),
    Table.OUTCOME_BY_TOWN: _asked("municipality"),
    Table.OUTCOME_BY_LANGUAGE: _LANGUAGES,
}
_COLUMNS: dict[Table, Callable[[str], Any]] = {
    Table.FORM_BY_LANGUAGE: _coded(FormEnd),
    Table.WAITING_BY_LANGUAGE: _coded(WaitKind),
    Table.REFERRED_BY_LANGUAGE: _coded(Answered),
    Table.OUTCOME_BY_SECTOR: _coded(Result),
    Table.OUTCOME_BY_TOWN: _coded(Result),
    Table.OUTCOME_BY_LANGUAGE: _coded(Result),
}


def _label(table: Table, key: str) -> Any:
    """The words of a row."""
    if key == OTHERS:
        return _("All rows that are not shown, together")
    return pgettext_lazy("statistics", "Not known") if key == UNKNOWN else _ROWS[table](key)


def _column(table: Table, code: str) -> Any:
    return _COLUMNS[table](code)
