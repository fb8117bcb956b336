"""Somebody who solves for hidden numbers: linear programming in exact fractions, after Bland's rule (1977)."""

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

Cell = frozenset


class Attacker:
    """Knows that each of `classes` has 0 or more people, and how many there are in some unions of them."""

    def __init__(self, classes: Sequence[Hashable], known: Iterable[tuple[Cell, int]]):
        self._number = {key: at for at, key in enumerate(classes)}
        self._width = len(classes)
        rows = {cell: [*self._row(cell), Fraction(value)] for cell, value in known}
        self._rows = list(rows.values())
        self._basis: list[int] = []
        self._begin()

    def bounds(self, cell: Cell) -> tuple[Fraction, Fraction]:
        """The least and the most people that `cell`, a union of classes, can have."""
        aim = self._row(cell)
        return self._least(aim), -self._least([-one for one in aim])

    def _row(self, cell: Cell) -> list[Fraction]:
        row = [Fraction(0)] * self._width
        for key in cell:
            row[self._number[key]] = Fraction(1)
        return row

    def _begin(self) -> None:
        """Find one possible world: artificial variables, one for each equation, are driven out."""
        count = len(self._rows)
        for at, row in enumerate(self._rows):
            row[-1:-1] = [Fraction(int(at == other)) for other in range(count)]
        self._basis = list(range(self._width, self._width + count))
        aim = [Fraction(0)] * self._width + [Fraction(1)] * count
        assert self._solve(aim, self._width + count) == 0, "the tables contradict each other"
        for at in reversed(range(count)):
            if self._basis[at] >= self._width:
                entering = next((c for c in range(self._width) if self._rows[at][c]), None)
                if entering is None:  # says nothing that the others do not say
                    del self._rows[at], self._basis[at]
                else:
                    self._pivot(at, entering)
        for row in self._rows:
            del row[self._width : -1]

    def _least(self, aim: list[Fraction]) -> Fraction:
        return self._solve(aim, self._width)

    def _solve(self, aim: list[Fraction], width: int) -> Fraction:
        """The least value of `aim`; the tableau stays at that corner."""
        cost = [*aim, Fraction(0)]
        for at, basic in enumerate(self._basis):
            self._subtract(cost, cost[basic], self._rows[at])
        while True:
            entering = next((c for c in range(width) if cost[c] < 0), None)
            if entering is None:
                return -cost[-1]
            ratios = [
                (row[-1] / row[entering], self._basis[at], at) for at, row in enumerate(self._rows) if row[entering] > 0
            ]
            assert ratios, "without a bound"
            leaving = min(ratios)[2]
            self._pivot(leaving, entering)
            self._subtract(cost, cost[entering], self._rows[leaving])

    def _pivot(self, at: int, entering: int) -> None:
        row = self._rows[at]
        by = row[entering]
        row[:] = [one / by for one in row]
        for other in self._rows:
            if other is not row:
                self._subtract(other, other[entering], row)
        self._basis[at] = entering

    @staticmethod
    def _subtract(row: list[Fraction], times: Fraction, other: list[Fraction]) -> None:
        if times:
            row[:] = [a - times * b if b else a for a, b in zip(row, other, strict=True)]
