"""When a year is closed, and what each table is about."""

from dataclasses import dataclass
from datetime import date

from .enums import Table
from .suppression import FEWEST, FEWEST_BETWEEN_LANGUAGES

# A month for what is written down late. Outcomes are known when twelve months have passed for the last case.
CLOSED_MONTH = 2
YEARS_UNTIL_FIGURES, YEARS_UNTIL_OUTCOMES = 1, 2


def figures_from(year: int) -> date:
    """The first day on which the figures of `year` may be closed."""
    return date(year + YEARS_UNTIL_FIGURES, CLOSED_MONTH, 1)


def outcomes_from(year: int) -> date:
    """The first day on which the outcomes of the cases opened in `year` may be closed."""
    return date(year + YEARS_UNTIL_OUTCOMES, CLOSED_MONTH, 1)


@dataclass(frozen=True)
class About:
    """What a table counts: the people, and by which one or two characteristics. `within`: it parts one row of another.

    Two tables of the same people may share a characteristic only if all of them together form no ring: then whatever
    is possible in each alone is possible in all at once (a decomposable model: Lauritzen, *Graphical Models*, 1996,
    prop. 2.4; Vorob'ev 1962), and no table narrows what another one hides. A test holds that.
    """

    people: str
    by: tuple[str, ...]
    fewest: int = FEWEST
    within: Table | None = None


_OF_LANGUAGES = FEWEST_BETWEEN_LANGUAGES
TABLES: dict[Table, About] = {
    Table.FORM: About("forms", ("end",)),
    Table.FORM_SHORT: About("forms", ("page",), within=Table.FORM),
    Table.FORM_LONG: About("forms", ("page",), within=Table.FORM),
    Table.FORM_LANGUAGE: About("forms", ("language",), _OF_LANGUAGES),
    Table.FORM_BY_LANGUAGE: About("forms", ("language", "end"), _OF_LANGUAGES),
    Table.CASES_PHASE: About("cases", ("phase",)),
    Table.CASES_SECTOR: About("cases", ("sector",)),
    Table.CASES_TOWN: About("cases", ("town",)),
    Table.CASES_LANGUAGE: About("cases", ("language",), _OF_LANGUAGES),
    Table.WAITING: About("cases", ("wait",)),
    Table.WAITING_LONG: About("cases", ("how long",), within=Table.WAITING),
    Table.WAITING_BY_LANGUAGE: About("cases", ("language", "wait"), _OF_LANGUAGES),
    Table.REFERRED: About("referred", ("answer",)),
    Table.REFERRED_LANGUAGE: About("referred", ("language",), _OF_LANGUAGES),
    Table.REFERRED_BY_LANGUAGE: About("referred", ("language", "answer"), _OF_LANGUAGES),
    Table.OUTCOME: About("cases", ("result",)),
    Table.OUTCOME_FOUNDED: About("cases", ("founding",), within=Table.OUTCOME),
    Table.OUTCOME_OTHER: About("cases", ("other way",), within=Table.OUTCOME),
    Table.OUTCOME_BY_SECTOR: About("cases", ("sector", "result")),
    Table.OUTCOME_BY_TOWN: About("cases", ("town", "result")),
    Table.OUTCOME_BY_LANGUAGE: About("cases", ("language", "result"), _OF_LANGUAGES),
}
OUTCOMES = frozenset(table for table in TABLES if table.value.startswith("outcome"))
