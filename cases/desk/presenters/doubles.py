"""Two enquiries of maybe one person, question by question."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases.files.double_enquiries import LikelyEnquiry, newer_first
from intake.models import Submission
from intake.presenters import SummaryRow, summary_sections

from .submission import answer_row


@dataclass(frozen=True)
class Shown:
    """One answer as components/value.html shows it."""

    values: list[Any]
    own_words: bool
    lang: str

    @classmethod
    def of(cls, row: SummaryRow) -> "Shown":
        shown = answer_row(row)
        return cls(shown["value"], shown["own_words"], shown["lang"])


@dataclass(frozen=True)
class Pair:
    """One question with both answers; None where it was not answered."""

    label: Any
    this: Shown | None
    other: Shown | None
    differs: bool


@dataclass(frozen=True)
class DoubleRow:
    """Another waiting enquiry beside this one. `is_newer`: this one would be closed, the other one stays."""

    submission: Submission
    reasons: list[Any]
    pairs: list[Pair]
    is_newer: bool
    form: Any


def double_row(submission: Submission, likely: LikelyEnquiry, form: Any) -> DoubleRow:
    """`likely` beside `submission`, with the form that closes the older of both."""
    other = likely.submission
    return DoubleRow(
        submission=other,
        reasons=[reason.label for reason in likely.match.reasons],
        pairs=list(_pairs(submission, other)),
        is_newer=newer_first(submission, other)[0] == other,
        form=form,
    )


def _pairs(one: Submission, other: Submission) -> Iterable[Pair]:
    this, that = ({row.key: row for section in summary_sections(s) for row in section.rows} for s in (one, other))
    for key in dict.fromkeys([*this, *that]):
        mine, theirs = this.get(key), that.get(key)
        yield Pair(
            label=(mine or theirs).label,
            this=Shown.of(mine) if mine else None,
            other=Shown.of(theirs) if theirs else None,
            differs=(mine.values if mine else None) != (theirs.values if theirs else None),
        )
