"""What an attacker can work out who has all tables of two dates and knows the code. Exact arithmetic, no sampling."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.statistics import rules
from cases.statistics.enums import Table
from cases.statistics.suppression import OTHERS, Cross, Partition, as_json, cross, from_json, protected, settle

from .attacker import Attacker

MANY = settings(max_examples=400, deadline=None)
NUMBERS = st.integers(0, 30)
KEYS = "abcdef"


def partitions(most=30):
    return st.lists(st.integers(0, most), min_size=1, max_size=6).map(lambda ns: dict(zip(KEYS, ns, strict=False)))


def crossings(columns=2):
    rows = st.lists(st.tuples(*[NUMBERS] * columns), min_size=1, max_size=6)
    return rows.map(lambda found: dict(zip(KEYS, found, strict=False)))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 12, "b": 8}, {"a": 12, "b": 8}),
        ({"a": 12, "b": 8, "c": 3}, {"a": 12}),  # c alone would be the total less the others
        ({"a": 12, "b": 8, "c": 4, "d": 4}, {"a": 12}),  # else c and d, both below 5, could only be 4
        ({"a": 12, "b": 6, "c": 5, "d": 0}, {"a": 12}),  # else c, at least 5, would leave nothing to d
        ({"a": 12, "b": 0}, {}),
        ({"a": 4, "b": 0}, {}),
    ],
)
def test_a_small_row_takes_another_one_along(counts, told):
    assert settle(counts).told == told


def test_below_the_minimum_not_even_the_total_is_told():
    assert settle({"a": 2, "b": 2}) == Partition(None, {"a": None, "b": None})
    assert settle({"a": 9, "b": 0}, fewest=10).total is None


@MANY
@given(partitions(), st.sampled_from([5, 10]))
def test_no_told_number_is_small_and_what_is_hidden_is_not_known(counts, fewest):
    told = settle(counts, fewest)
    assert all(number >= fewest for number in told.told.values())
    if told.total is None:
        assert sum(counts.values()) < fewest
        return
    assert told.total == sum(counts.values())
    if told.hidden:
        assert len(told.hidden) >= 2
        assert told.others >= fewest


@MANY
@given(partitions())
def test_a_sum_of_rows_is_told_only_if_everybody_can_add_it_up(counts):
    told = settle(counts)
    for size in range(1, len(counts) + 1):
        keys = list(counts)[:size]
        if (number := told.sum_of(keys)) is not None:
            assert number == sum(counts[key] for key in keys)
            assert number >= 5


@MANY
@given(crossings(3), st.sampled_from([5, 10]))
def test_a_row_is_told_as_a_whole_or_not_at_all(cells, fewest):
    rows = settle({key: sum(numbers) for key, numbers in cells.items()}, fewest)
    told = cross(rows, ("x", "y", "z"), cells, fewest)
    hidden_keys = set(rows.hidden)
    for key, numbers in told.rows.items():
        assert numbers is None or min(numbers) >= fewest
        if numbers is not None and key != OTHERS:
            assert numbers == cells[key]
    if told.is_told:
        together = [sum(column) for column in zip(*(cells[key] for key in hidden_keys), strict=True)] or [0, 0, 0]
        sums = {key: together if key == OTHERS else cells[key] for key in told.rows}
        assert protected([sums[key] for key, numbers in told.rows.items() if numbers is None], fewest)


@MANY
@given(crossings(3))
def test_what_is_stored_is_what_was_told(cells):
    rows = settle({key: sum(numbers) for key, numbers in cells.items()})
    for table in (rows, cross(rows, ("x", "y", "z"), cells)):
        assert from_json(as_json(table)) == table


@pytest.mark.parametrize("width", [2, 3, 4])
def test_whoever_knows_the_code_as_well_cannot_name_a_hidden_number(width):
    """All tables of two or three rows with up to 18 people: in those that look alike a hidden row has five values."""
    looks: dict[tuple, list[tuple[int, ...]]] = {}
    for numbers in product(range(19), repeat=width):
        if sum(numbers) > 18:
            continue
        told = settle(dict(zip(KEYS, numbers, strict=False)))
        looks.setdefault((told.total, tuple(told.rows.values())), []).append(numbers)
    for (_total, rows), possible in looks.items():
        for at, number in enumerate(rows):
            if number is None:
                assert len({numbers[at] for numbers in possible}) >= 5


# --- all tables of two dates at once ---------------------------------------------------------------------------------
SECTORS, LANGUAGES, WAITS, RESULTS = ("food", "crafts", "art"), ("ar", "uk", "ti"), ("soon", "later"), ("yes", "no")
CLASSES = list(product(SECTORS, LANGUAGES, WAITS, RESULTS))
OF = {"sector": 0, "language": 1, "wait": 2, "result": 3}


@st.composite
def populations(draw):
    """{(sector, language, wait, result): people}, some classes empty, some full."""
    numbers = draw(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 5, 9, 14]), min_size=36, max_size=36))
    return Counter(dict(zip(CLASSES, numbers, strict=True)))


def margin(people, by):
    sums = Counter()
    for key, number in people.items():
        sums[key[OF[by]]] += number
    return sums


def table_of(people, by, across, names, fewest):
    rows = settle({name: margin(people, by)[name] for name in names}, fewest)
    columns = WAITS if across == "wait" else RESULTS
    cells = {name: [0] * len(columns) for name in names}
    for key, number in people.items():
        cells[key[OF[by]]][columns.index(key[OF[across]])] += number
    return rows, cross(rows, columns, cells, fewest)


def published(people):
    """(first date, second date): what the portal tells of these people in its tables, with margins."""
    by_language, waiting = table_of(people, "language", "wait", LANGUAGES, 10)
    by_sector, founded_by_sector = table_of(people, "sector", "result", SECTORS, 5)
    _rows, founded_by_language = table_of(people, "language", "result", LANGUAGES, 10)
    waits = settle({name: margin(people, "wait")[name] for name in WAITS})
    results = settle({name: margin(people, "result")[name] for name in RESULTS})
    first = [("sector", by_sector), ("language", by_language), ("wait", waits)]
    second = [("result", results)]
    if not waits.hidden and waits.total is not None:
        first.append((("language", "wait"), waiting, by_language))
    if not results.hidden and results.total is not None:
        second.append((("sector", "result"), founded_by_sector, by_sector))
        second.append((("language", "result"), founded_by_language, by_language))
    return first, second


def equations(tables):
    """[(classes of people, their number)] of everything that is told or can be added up, and the hidden cells."""
    known, hidden = [], []
    for by, told, *others in tables:
        if isinstance(told, Partition):
            if told.total is None:
                continue
            known.append((frozenset(CLASSES), told.total))
            for name, number in told.rows.items():
                cell = frozenset(key for key in CLASSES if key[OF[by]] == name)
                known.append((cell, number)) if number is not None else hidden.append(cell)
        elif told.is_told:
            (rows,) = others
            for name, numbers in told.rows.items():
                names = set(rows.hidden) if name == OTHERS else {name}
                for at, column in enumerate(told.columns):
                    cell = frozenset(k for k in CLASSES if k[OF[by[0]]] in names and k[OF[by[1]]] == column)
                    known.append((cell, numbers[at])) if numbers is not None else hidden.append(cell)
    return known, hidden


@settings(max_examples=60, deadline=None)
@given(populations())
def test_an_attacker_with_all_tables_of_two_dates_narrows_no_hidden_cell(people):
    """Bounds by linear programming over every combination of characteristics, in exact fractions.

    All equations of both dates are taken together, so every difference and every other combination is among them.
    """
    first, second = published(people)
    known, hidden = equations([*first, *second])
    if not known:
        return
    attacker = Attacker(CLASSES, known)
    for cell in set(hidden):
        least, most = attacker.bounds(cell)
        assert least <= sum(people[key] for key in cell) <= most
        assert most - least >= 5, f"{sorted(cell)} is between {least} and {most}"


def test_the_attacker_finds_what_is_not_protected():
    """So that the test above would notice: a lone small row is found by a difference."""
    food, crafts = (frozenset(key for key in CLASSES if key[0] == name) for name in ("food", "crafts"))
    art = frozenset(CLASSES) - food - crafts
    attacker = Attacker(CLASSES, [(frozenset(CLASSES), 30), (food, 20), (crafts, 7)])
    assert attacker.bounds(art) == (3, 3)


def test_tables_of_the_same_people_form_no_ring():
    """Then what each allows is possible in all of them at once, however many characteristics people have."""
    for people in {about.people for about in rules.TABLES.values()}:
        together: dict[str, str] = {}

        def root(name, together=together):
            while together.setdefault(name, name) != name:
                name = together[name]
            return name

        pairs = {about.by for about in rules.TABLES.values() if about.people == people and len(about.by) == 2}
        for one, other in pairs:
            assert root(one) != root(other), f"{one} and {other} are joined already"
            together[root(one)] = root(other)


def test_no_table_has_more_than_two_characteristics_and_none_is_a_person():
    assert set(rules.TABLES) == set(Table)
    for about in rules.TABLES.values():
        assert len(about.by) <= 2
        assert "advisor" not in about.by
        assert about.fewest == (10 if "language" in about.by else 5)


def test_two_tables_of_one_characteristic_would_be_noticed():
    """The same people by the same single characteristic stand in one table only."""
    singles = Counter((about.people, about.by, about.within) for about in rules.TABLES.values() if len(about.by) == 1)
    assert {key: n for key, n in singles.items() if n > 1 and not key[2]} == {}


def test_a_cross_with_a_small_column_tells_nothing():
    rows = settle({"a": 20, "b": 20})
    assert cross(rows, ("x", "y"), {"a": (18, 2), "b": (19, 1)}) == Cross(("x", "y"), {"a": None, "b": None}, False)
