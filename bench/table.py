"""The figures as a table that can be kept: Markdown, on the screen and in a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from .measure import Cost

HEAD = (
    "page", "cases", "queries", "plan ms", "SQL ms", "Python ms", "PostgreSQL ms", "× E", "p50 ms", "p95 ms", "kB",
    "× smaller",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What `page` cost with so many `cases`, E at that time (ms of CPU), the line of the size before if any."""

    page: str
    cases: int
    cost: Cost
    empty: float
    smaller: "Line | None" = None

    @property
    def times_empty(self) -> float:
        return self.cost.cpu / self.empty

    def cells(self) -> list[str]:
        cost = self.cost
        times = [cost.planning, cost.executing, cost.python, cost.postgres]
        return [
            self.page,
            f"{self.cases:,}",
            str(cost.queries or "–"),
            *(f"{figure:.1f}" for figure in times),
            f"{self.times_empty:.1f}",
            f"{cost.p50:.1f}",
            f"{cost.p95:.1f}",
            f"{cost.size / 1000:.1f}" if cost.size else "–",
            f"{self.times_empty / self.smaller.times_empty:.2f}" if self.smaller else "–",
        ]


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with columns as wide as they need; the first one to the left, figures to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *others = (
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join([first, *others])} |"

    rule = [f"{'-' * widths[0]}", *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    return "\n".join([line(head), line(rule), *map(line, rows)])
