"""What of a table may be told: pure functions from counts to what is shown.

Terms and rules are those of statistical disclosure control (Hundepool et al., *Statistical Disclosure Control*, Wiley
2012, ch. 4: minimum frequency, secondary suppression, sliding protection). The minimum is that of the domain: 5 people,
10 for comparisons between languages. A zero counts as small: "nobody from this town" is said of people too.

The attacker is assumed to know every total, also where it is told by another table only. Under that assumption:

- In a `Partition` only the sum of the hidden rows is known. Each hidden row can be anything between 0 and that sum, and
  the sum is of two rows at least and not below the minimum. Whoever knows the rule as well learns no more of a row than
  one of five numbers: a large row is always hidden among the small ones.
- In a `Cross` the hidden rows are a table whose row sums n and column sums c are known. A cell in it lies between
  max(0, n + c − N) and min(n, c) (Fréchet bounds), every whole number between is possible, and so the attacker's
  uncertainty is min(n, c, N − c, N − n). It is not below the minimum in any hidden cell.

docs/adr/0030-statistics.md says why several tables together tell no more than each of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST = 5
FEWEST_BETWEEN_LANGUAGES = 10
OTHERS = "all-others"  # the row of a cross that holds everybody whose row in the partition is hidden


@dataclass(frozen=True)
class Partition:
    """How many of `total` people belong to each row: {key: number, None where hidden}. `total` None: too few people."""

    total: int | None
    rows: dict[str, int | None]

    @property
    def told(self) -> dict[str, int]:
        """The rows that are shown."""
        return {key: number for key, number in self.rows.items() if number is not None}

    @property
    def hidden(self) -> list[str]:
        """Keys of the rows that are not."""
        return [key for key, number in self.rows.items() if number is None]

    @property
    def others(self) -> int:
        """How many people the hidden rows have together; everybody can compute it, so it may be shown."""
        return (self.total or 0) - sum(self.told.values())

    def sum_of(self, keys: Sequence[str]) -> int | None:
        """How many belong to one of `keys`, if the told rows say it: all hidden ones are among `keys`, or none is."""
        if self.total is None:
            return None
        chosen, hidden = set(keys), set(self.hidden)
        told = sum(number for key, number in self.told.items() if key in chosen)
        if not hidden & chosen:
            return told
        return told + self.others if hidden <= chosen else None


@dataclass(frozen=True)
class Cross:
    """The rows of a partition, each split into `columns`: {key: numbers, None where hidden}; `OTHERS` is a row as well.

    `is_told` False: a column as a whole has too few people, nothing is shown.
    """

    columns: tuple[str, ...]
    rows: dict[str, tuple[int, ...] | None]
    is_told: bool


def settle(counts: Mapping[str, int], fewest: int = FEWEST) -> Partition:
    """Decide what is told of `counts` ({row: people}), whose sum is known or becomes so.

    Hidden is each row below `fewest`, with them at least one that is not, from the end of the list, and then others
    until all hidden rows have 2 × `fewest` − 1 people together: then a small row can be anything below `fewest` while
    the large one stays large. Below `fewest` in all, nothing is told.
    """
    total = sum(counts.values())
    if total < fewest:
        return Partition(None, dict.fromkeys(counts))
    small = {key for key, number in counts.items() if number < fewest}
    hidden = set(small)
    for key in _from_the_end(counts, small):
        if not small or (hidden > small and sum(counts[hid] for hid in hidden) >= 2 * fewest - 1):
            break
        hidden.add(key)
    return Partition(total, {key: None if key in hidden else number for key, number in counts.items()})


def cross(
    partition: Partition, columns: tuple[str, ...], cells: Mapping[str, Sequence[int]], fewest: int = FEWEST
) -> Cross:
    """Split the told rows of `partition`, and the hidden ones together, into `columns`.

    `cells`: {row of the partition: one number for each column}, summing to the row. A row is told as a whole or not at
    all: hidden is each with a cell below `fewest`, then others from the end of the list until `protected`.
    """
    rows = {key: tuple(cells[key]) for key in partition.told}
    if partition.total is not None and partition.hidden:
        rows[OTHERS] = tuple(map(sum, zip(*(cells[key] for key in partition.hidden), strict=True)))
    if not rows or any(sum(column) < fewest for column in zip(*rows.values(), strict=True)):
        return Cross(columns, dict.fromkeys(rows), is_told=False)
    hidden = {key for key, numbers in rows.items() if min(numbers) < fewest}
    for key in _from_the_end(rows, hidden):
        if protected([rows[hid] for hid in hidden], fewest):
            break
        hidden.add(key)
    return Cross(columns, {key: None if key in hidden else numbers for key, numbers in rows.items()}, is_told=True)


def _from_the_end(rows: Mapping[str, Any], hidden: set[str]) -> list[str]:
    """Which rows are hidden next, to protect others: by their place in the list, which says nothing of their numbers.

    The smallest would cost less, but whoever knows the rule would learn that the hidden row is smaller than the told
    ones (Wong et al., "Minimality Attack", VLDB 2007). What says least ("another language", "unsure") stands last.
    """
    return [key for key in reversed(rows) if key not in hidden]


def protected(rows: Sequence[Sequence[int]], fewest: int) -> bool:
    """Whether nobody who knows all row and column sums of `rows` knows a cell more closely than by `fewest`."""
    sums = [sum(row) for row in rows]
    all_of_them = sum(sums)
    return all(
        min(number, column, all_of_them - column, all_of_them - number) >= fewest
        for number in sums
        for column in map(sum, zip(*rows, strict=True))
    )


def as_json(table: Partition | Cross) -> dict[str, Any]:
    """What a snapshot stores: told figures alone. Rows as a list, because PostgreSQL's jsonb sorts keys."""
    if isinstance(table, Partition):
        return {"total": table.total, "rows": [[key, number] for key, number in table.rows.items()]}
    rows = [[key, numbers and list(numbers)] for key, numbers in table.rows.items()]
    return {"columns": list(table.columns), "is_told": table.is_told, "rows": rows}


def from_json(stored: Mapping[str, Any]) -> Partition | Cross:
    """The table that `as_json` made `stored` of."""
    if "columns" not in stored:
        return Partition(stored["total"], dict(stored["rows"]))
    rows = {key: numbers and tuple(numbers) for key, numbers in stored["rows"]}
    return Cross(tuple(stored["columns"]), rows, stored["is_told"])
