"""Closing a year: its tables are counted, made safe and written once."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import transaction

from cases.files.enums import Phase
from gruendungswerkstatt.common import clock
from intake.questions import choices
from intake.steps import FIRST, GROUPS, step_of
from network.people.models import Municipality, Organisation

from . import rules, selectors
from .enums import Answered, FormEnd, Founding, NotFounding, Result, Table, Wait, WaitKind
from .models import Snapshot
from .selectors import UNKNOWN, Counted
from .suppression import Cross, Partition, as_json, cross, settle

Told = dict[Table, Partition | Cross]


def close_years(office: Organisation) -> int:
    """Close what is due of `office` and not closed yet; gives the number of tables. Repeating it writes nothing."""
    first = selectors.first_year(office)
    today = clock.today()
    if first is None or today < rules.figures_from(first):
        return 0
    return sum(close_year(office, year) for year in range(first, today.year) if today >= rules.figures_from(year))


@transaction.atomic
def close_year(office: Organisation, year: int) -> int:
    """Close the figures of `year`, and its outcomes if twelve months have passed for everybody; gives the number of
    tables written. Two at once wait for each other, so that all tables of a year are counted at one time.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    told = selectors.told(office, year)
    new: Told = {}
    if Table.CASES_PHASE not in told:
        towns = Municipality.objects.filter(office=office).values_list("code", flat=True)
        new |= form_tables(selectors.forms(office, year))
        new |= case_tables(selectors.cases(office, year), towns)
        new |= referral_tables(selectors.referred(office, year))
    if Table.OUTCOME not in told and clock.today() >= rules.outcomes_from(year):
        new |= outcome_tables(selectors.outcomes(office, year), {**told, **new})
    write(office, year, new)
    return len(new)


def write(office: Organisation, year: int, tables: Told) -> None:
    """Store `tables` for good."""
    Snapshot.objects.bulk_create(
        Snapshot(office=office, year=year, table=table, figures=as_json(figures)) for table, figures in tables.items()
    )


def form_tables(counted: Counted) -> Told:
    """Of forms that were begun at the first page. `counted` as `selectors.forms` gives it."""
    pages = {**dict.fromkeys(map(_page, GROUPS), 0), UNKNOWN: 0}
    short = {group for group in GROUPS if step_of(GROUPS[group]).is_short_way}
    ends: Counter[tuple[str, str]] = Counter()
    left: dict[str, dict[str, int]] = {
        FormEnd.LEFT_SHORT: {page: 0 for page in pages if page in short},
        FormEnd.LEFT_LONG: {page: 0 for page in pages if page not in short},
    }
    for (page, language, what), number in counted.items():
        if what == "sent" and page == FIRST.code:
            ends[language, FormEnd.SENT] += number
        elif what == "left":
            end = FormEnd.LEFT_SHORT if page in short else FormEnd.LEFT_LONG
            ends[language, end] += number
            left[end][_page(page)] += number
    by_end = _sums(FormEnd.values, ((end, number) for (_language, end), number in ends.items()))
    languages = sorted({language for language, _end in ends})
    by_language = _sums(languages, ((language, number) for (language, _end), number in ends.items()))
    told: Told = {Table.FORM: settle(by_end), Table.FORM_LANGUAGE: _settle(Table.FORM_LANGUAGE, by_language)}
    told |= _within(told[Table.FORM], FormEnd.LEFT_SHORT, Table.FORM_SHORT, left[FormEnd.LEFT_SHORT])
    told |= _within(told[Table.FORM], FormEnd.LEFT_LONG, Table.FORM_LONG, left[FormEnd.LEFT_LONG])
    cells = {language: [ends[language, end] for end in FormEnd.values] for language in languages}
    return told | _cross(Table.FORM_BY_LANGUAGE, told[Table.FORM], told[Table.FORM_LANGUAGE], FormEnd.values, cells)


def case_tables(counted: Counted, towns: Iterable[str]) -> Told:
    """Of cases that were opened in the year. `counted` as `selectors.cases` gives it."""
    phases, sectors, places, languages, waits = _margins(counted, 5)
    told: Told = {
        Table.CASES_PHASE: settle(_sums(Phase.values, phases.items())),
        Table.CASES_SECTOR: settle(_sums(_codes("sector"), sectors.items())),
        Table.CASES_TOWN: settle(_sums(towns, places.items())),
        Table.CASES_LANGUAGE: _settle(Table.CASES_LANGUAGE, _sums(_codes("languages"), languages.items())),
    }
    later = {wait: waits[wait] for wait in (Wait.MONTH, Wait.LONG, Wait.NONE)}
    told[Table.WAITING] = settle({WaitKind.SOON: waits[Wait.SOON], WaitKind.LATER: sum(later.values())})
    told |= _within(told[Table.WAITING], WaitKind.LATER, Table.WAITING_LONG, later)
    cells = {code: [0, 0] for code in told[Table.CASES_LANGUAGE].rows}
    for (*_others, language, wait), number in counted.items():
        cells[language][wait != Wait.SOON] += number
    return told | _cross(
        Table.WAITING_BY_LANGUAGE, told[Table.WAITING], told[Table.CASES_LANGUAGE], WaitKind.values, cells
    )


def referral_tables(counted: Counted) -> Told:
    """Of cases with a referral sent in the year. `counted` as `selectors.referred` gives it."""
    languages, answers = _margins(counted, 2)
    told: Told = {
        Table.REFERRED: settle(_sums(Answered.values, answers.items())),
        Table.REFERRED_LANGUAGE: _settle(Table.REFERRED_LANGUAGE, _sums(_codes("languages"), languages.items())),
    }
    cells = {
        language: [counted[language, answer] for answer in Answered.values]
        for language in told[Table.REFERRED_LANGUAGE].rows
    }
    return told | _cross(
        Table.REFERRED_BY_LANGUAGE, told[Table.REFERRED], told[Table.REFERRED_LANGUAGE], Answered.values, cells
    )


def outcome_tables(counted: Counted, told: Mapping[str, Partition | Cross]) -> Told:
    """Outcomes of the cases of a year whose figures `told` were closed before. `counted` as `selectors.outcomes`.

    How many there are is what was told then and is never counted again: people who were erased since, and whoever
    changed the sector, would else show up as the difference of two dates. Who is missing counts as "not known".
    """
    kinds = _margins(counted, 4)[0]
    _kinds, sectors, places, languages = _margins(
        Counter({key: number for key, number in counted.items() if key[0] in Founding.values}), 4
    )
    people = told[Table.CASES_PHASE].total or 0
    founded = min(sum(kinds[kind] for kind in Founding), people)
    new: Told = {Table.OUTCOME: settle({Result.FOUNDED: founded, Result.NOT_FOUNDED: people - founded})}
    known = {kind: kinds[kind] for kind in (NotFounding.GOING_ON, NotFounding.OTHER_WAY)}
    rest = max(0, people - founded - sum(known.values()))
    new |= _within(new[Table.OUTCOME], Result.FOUNDED, Table.OUTCOME_FOUNDED, {k: kinds[k] for k in Founding})
    new |= _within(new[Table.OUTCOME], Result.NOT_FOUNDED, Table.OUTCOME_OTHER, {**known, NotFounding.ENDED: rest})
    for table, rows, by in (
        (Table.OUTCOME_BY_SECTOR, Table.CASES_SECTOR, sectors),
        (Table.OUTCOME_BY_TOWN, Table.CASES_TOWN, places),
        (Table.OUTCOME_BY_LANGUAGE, Table.CASES_LANGUAGE, languages),
    ):
        new |= _cross(table, new[Table.OUTCOME], told[rows], Result.values, _of_those_told(told[rows], by))
    return new


def _of_those_told(partition: Partition, founded: Counter[str]) -> dict[str, list[int]]:
    """{row: [founded, not founded]} that sums to the told rows; the first hidden row stands for all of them."""
    cells = {key: [0, 0] for key in partition.rows}
    sums = dict(partition.told)
    counts = {key: founded[key] for key in sums}
    if partition.hidden:
        sums[partition.hidden[0]] = partition.others
        counts[partition.hidden[0]] = sum(founded.values()) - sum(counts.values())
    for key, number in sums.items():
        yes = min(counts[key], number)
        cells[key] = [yes, number - yes]
    return cells


def _margins(counted: Counted, width: int) -> list[Counter[str]]:
    """The counts by each of the `width` characteristics alone."""
    margins: list[Counter[str]] = [Counter() for _ in range(width)]
    for key, number in counted.items():
        for margin, code in zip(margins, key, strict=True):
            margin[code] += number
    return margins


def _codes(question: str) -> list[str]:
    return [code for code, _label in choices(question)]


def _page(code: str) -> str:
    """The row of a page: pages of the short way by themselves, the others by their step; pages of old forms unknown."""
    if code not in GROUPS:
        return UNKNOWN
    step = step_of(GROUPS[code])
    return code if step.is_short_way else f"step-{step.number}"


def _sums(codes: Iterable[str], numbers: Iterable[tuple[str, int]]) -> dict[str, int]:
    """{code: number} with all `codes` in their order; those that are no longer offered follow."""
    sums = {str(code): 0 for code in codes}
    for code, number in numbers:
        sums[code] = sums.get(code, 0) + number
    return sums


def _settle(table: Table, counts: Mapping[str, int]) -> Partition:
    return settle(counts, rules.TABLES[table].fewest)


def _within(parent: Partition, row: str, table: Table, counts: Mapping[str, int]) -> Told:
    """A partition of one told row of `parent`; nothing if that row is hidden."""
    return {table: settle(counts)} if parent.rows.get(row) is not None else {}


def _cross(table: Table, classes: Partition, rows: Partition, columns: Iterable[str], cells) -> Told:
    """The rows by the columns; nothing if one of the columns' own sums is hidden."""
    if classes.total is None or classes.hidden or rows.total is None:
        return {}
    return {table: cross(rows, tuple(columns), cells, rules.TABLES[table].fewest)}
