"""An enquiry in the inbox and on its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.files.duplicates import Likely
from cases.files.enums import CaseState
from cases.files.models import Case, Translation
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short, moment_words
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.templatetags.bidi import bdi, ltr
from intake import questions
from intake.enums import Channel, CheckMark, ConfirmationWay, Signer, SubmissionState
from intake.models import Submission
from intake.presenters import SummaryRow, summary_sections
from intake.rules import call_by, is_trading

from .words import beside


@dataclass(frozen=True)
class Badge:
    """A few words with a colour: info, success, warning, danger."""

    kind: str
    text: Any


@dataclass(frozen=True)
class InboxRow:
    """An enquiry as the inbox lists it; `page_language` is the one it was filled in."""

    submission: Submission
    badges: list[Badge]
    languages: str
    page_language: str
    interpreter: Any
    sector: str


_INTERPRETER = {
    "yes": _("Interpreter needed"),
    "no": _("No interpreter"),
    "unsure": _("Interpreter: not sure"),
}


def inbox_row(submission: Submission, *, is_maybe_known: bool = False) -> InboxRow:
    """`submission` with its age against two working days and what has to be known before calling.

    `is_maybe_known`: there is a case that looks like the same person's; who that is stands on the enquiry's page only.
    """
    answers = submission.answers
    badges = [_age(submission)]
    channel = Channel(submission.channel)
    if channel.is_office:
        badges.append(Badge("info", channel.label))
    if not submission.is_confirmed:
        badges.append(Badge("warning", _("Not confirmed by the founder yet")))
    if getattr(submission, "has_answer", False):
        badges.append(Badge("warning", _("New answer")))
    if is_maybe_known:
        badges.append(Badge("warning", _("Maybe known already")))
    if submission.check_marks:
        badges.append(Badge("warning", _("Please check")))
    if submission.is_callback:
        badges.append(Badge("info", _("Please call")))
    if submission.is_adult is False:
        badges.append(Badge("warning", _("Under 18")))
    if is_trading(answers):
        badges.append(Badge("warning", _("Already self-employed")))
    if submission.code_lost_at:
        badges.append(Badge("warning", _("Code lost: please call back")))
    return InboxRow(
        submission=submission,
        badges=badges,
        languages=listed(questions.label("languages", code) for code in answers.get("languages", [])),
        page_language=questions.label("languages", submission.language),
        interpreter=_INTERPRETER.get(answers.get("interpreter", ""), ""),
        sector=questions.label("sector", submission.sector) if submission.sector else "",
    )


@dataclass(frozen=True)
class KnownRow:
    """A case that an enquiry may belong to, as the enquiry's page shows it; `form` adds it there."""

    likely: Likely
    state: Any
    reasons: list[Any]
    form: Any


def known_rows(likely: Iterable[Likely], forms: Mapping[str, Any]) -> list[KnownRow]:
    """`likely` cases in words; `forms` is {reference of a case: its form}."""
    return [
        KnownRow(
            likely=one,
            state=CaseState(one.state).label,
            reasons=[reason.label for reason in one.match.reasons],
            form=forms.get(one.reference),
        )
        for one in likely
    ]


@dataclass(frozen=True)
class Enquiry:
    """An enquiry of a case with its answers and how it came; `is_further`: it was added to the case."""

    submission: Submission
    is_further: bool
    origin: list[dict[str, Any]]
    sections: list[list[dict[str, Any]]]


def enquiries(
    case: Case, submissions: Iterable[Submission], translations: Mapping[int, list[Translation]]
) -> list[Enquiry]:
    """`submissions` of `case` (cases.files.selectors.enquiries) with their answers and translating.translations_of."""
    return [
        Enquiry(one, one.pk != case.submission_id, how_it_came(one), answer_sections(one, translations.get(one.pk, ())))
        for one in submissions
    ]


def is_unconfirmed(submission: Submission) -> bool:
    """Whether the founder has still to confirm what the office typed."""
    return not submission.is_confirmed and submission.state != SubmissionState.CLOSED


def how_it_came(submission: Submission) -> list[dict[str, Any]]:
    """How the enquiry came in, who typed it, how it was confirmed: rows of {% description_list %}."""
    rows = [{"key": _("How it came in"), "value": Channel(submission.channel).label}]
    if submission.entered_by:
        rows.append({"key": _("Typed in by"), "value": bdi(submission.entered_by.user.name)})
    if submission.channel == Channel.PAPER:
        signed = Signer(submission.signed_by).label if submission.signed_by else pgettext_lazy("signature", "Not said")
        rows.append({"key": _("Signed by"), "value": signed})
    if submission.confirmed_at:
        said = ConfirmationWay(submission.confirmed_way).label
        rows.append({"key": _("Confirmed"), "value": f"{said}, {moment_words(submission.confirmed_at)}"})
    elif not submission.is_confirmed:
        rows.append({"key": _("Confirmed"), "value": _("Not confirmed by the founder yet")})
    return rows


def check_reasons(submission: Submission) -> list[Any]:
    """Why somebody should look twice before calling, in words."""
    return [CheckMark(mark).label for mark in submission.check_marks if mark in CheckMark.values]


def languages_to_read(submission: Submission) -> list[str]:
    """In which languages the notice is offered for reading aloud: the founder's first, then the reader's."""
    return list(dict.fromkeys([submission.language, get_language()]))


def _age(submission: Submission) -> Badge:
    """The two working days run from sending, or from the wish of somebody who was answered and lost the code."""
    is_waiting = submission.state == SubmissionState.SENT
    return _until(call_by(submission.sent_at if is_waiting else submission.code_lost_at or submission.sent_at))


def _until(due: date) -> Badge:
    today = clock.today()
    if due < today:
        return Badge("danger", _("Overdue since %(day)s") % {"day": day_short(due)})
    if due == today:
        return Badge("warning", pgettext_lazy("enquiry", "To be answered today"))
    return Badge("info", pgettext_lazy("enquiry", "To be answered by %(day)s") % {"day": day_short(due)})


def answer_sections(
    submission: Submission, translations: Iterable[Translation] | None = None
) -> list[list[dict[str, Any]]]:
    """The answers in the active language, page by page, as rows of {% description_list %}.

    The founder's own words stay as they were written, with the name of their language; below them stand their
    `translations` and the way to them, unless that is None. The pages' titles are left out: they speak to the founder.
    """

    def shown(row: SummaryRow) -> dict[str, Any]:
        below = "" if translations is None else beside(submission, row.key, translations)
        return {**answer_row(row), "beside": below}

    return [[shown(row) for row in section.rows] for section in summary_sections(submission)]


def answer_row(row: SummaryRow) -> dict[str, Any]:
    """One answer as a row of {% description_list %}."""
    language = "" if row.language == "und" else row.language
    return {
        "key": f"{row.label} ({questions.label('languages', language)})" if language else row.label,
        "value": [ltr(value) if row.is_ltr else value for value in row.values],
        "own_words": row.is_own_words,
        "lang": language,
    }
