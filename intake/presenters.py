"""Answers as people read them: coded ones in the active language, own words as they were written."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import override, pgettext

from gruendungswerkstatt.common.bilingual import second_language
from gruendungswerkstatt.common.dates import MONTHS
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.phones import readable

from .models import Submission
from .questions import Kind, Question
from .steps import CLOSING, GROUPS, Group, needed_groups


@dataclass(frozen=True)
class SummaryRow:
    """One answered question. `language` (BCP 47) is set for own words; `is_ltr` for numbers and addresses.

    `along` is the same row in the second language, where somebody reads along.
    """

    key: str
    label: str
    values: list[str]
    is_own_words: bool
    language: str
    is_ltr: bool = False
    along: "SummaryRow | None" = None

    @property
    def words(self) -> str:
        """Coded answers and months in one line; "" for what the founder wrote."""
        return "" if self.is_own_words or self.is_ltr else listed(self.values)


@dataclass(frozen=True)
class SummarySection:
    """The answered questions of one page; `group` is its code, for "change"."""

    group: str
    title: str
    rows: list[SummaryRow]


def summary_sections(submission: Submission) -> list[SummarySection]:
    """The answers of `submission`, page by page, in the active language; only what was answered and still applies."""
    sections = []
    for group in (*GROUPS.values(), CLOSING):
        rows = [
            _row(question, submission)
            for question in group.questions
            if submission.answers.get(question.key) and question.is_asked(submission.answers)
        ]
        if rows:
            sections.append(SummarySection(group.code, str(group.title), rows))
    return sections


def summary_in_both(submission: Submission) -> list[SummarySection]:
    """`summary_sections` for a page on which somebody may read along in a second language."""
    sections = summary_sections(submission)
    if not (second := second_language()):
        return sections
    with override(second):
        along = {row.key: row for section in summary_sections(submission) for row in section.rows}
    return [replace(s, rows=[replace(row, along=along[row.key]) for row in s.rows]) for s in sections]


def unanswered_groups(submission: Submission) -> list[Group]:
    """The pages that apply and hold no answer yet."""
    answers = submission.answers
    return [group for group in needed_groups(answers) if not any(answers.get(q.key) for q in group.asked(answers))]


def _row(question: Question, submission: Submission) -> SummaryRow:
    own_words = question.is_own_words or question.kind is Kind.NAME
    return SummaryRow(
        key=question.key,
        label=str(question.title),
        values=answer_words(question, submission.answers[question.key]),
        is_own_words=own_words,
        language=submission.text_languages.get(question.key, ""),
        is_ltr=question.kind in (Kind.PHONE, Kind.EMAIL),
    )


def answer_words(question: Question, answer: str | list[str]) -> list[str]:
    """One answer in words; several for a question with several answers."""
    if question.kind.is_coded:
        return [question.label_of(code) for code in ([answer] if isinstance(answer, str) else answer)]
    if question.kind is Kind.PHONE:
        return [readable(answer)]
    if question.kind is Kind.MONTH:
        return [month_words(date.fromisoformat(f"{answer}-01"))]
    return [answer]


def month_words(month: date) -> str:
    """ "March 2027" in the active language, the month as a word."""
    return pgettext("month and year", "%(month)s %(year)s") % {"month": MONTHS[month.month - 1], "year": month.year}
