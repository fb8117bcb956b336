"""Rows of the worklist."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext

from cases.files.enums import CaseState
from cases.files.models import Case
from intake import questions

STATE_BADGES = {
    CaseState.OPEN: "info",
    CaseState.RESTING: "warning",
    CaseState.HANDED_OVER: "warning",
    CaseState.CLOSED: "success",
}


def listed(words: Iterable[str]) -> str:
    """ "Arabic, German", with the comma of the active language."""
    return pgettext("between parts of a sentence", ", ").join(words)


@dataclass(frozen=True)
class CaseRow:
    """A case in the list: codes in words."""

    case: Case
    badge: str
    languages: str
    sector: str


def case_rows(cases: Iterable[Case]) -> list[CaseRow]:
    """`cases` (cases.files.selectors.worklist) as the list shows them."""
    return [
        CaseRow(
            case=case,
            badge=STATE_BADGES[CaseState(case.state)],
            languages=listed(questions.label("languages", code) for code in case.founder.languages),
            sector=questions.label("sector", case.sector) if case.sector else "",
        )
        for case in cases
    ]
