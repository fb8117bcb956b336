"""The receipt: that an enquiry came, when, what was asked for, what happens next, and all answers."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gruendungswerkstatt.common.context import Office
from gruendungswerkstatt.common.dates import day_words, moment_words
from gruendungswerkstatt.printing import Paper, each, in_each, ltr, own_words
from intake.models import Submission
from intake.presenters import SummaryRow, SummarySection, summary_sections
from intake.questions import QUESTIONS
from intake.rules import call_by

from . import common

TEMPLATE = "intake/papers/receipt.typ"
TITLE = gettext_lazy("Receipt")


def receipt(submission: Submission, office: Office) -> Paper:
    """The receipt of a sent `submission`, in the language it was sent in with German beside it (rules 1, 3 and 6).

    It says what the founder asked for and nothing about what that means in law; the code is not on it.
    """
    languages = common.beside_german(submission.language)
    body = {
        "heading": in_each(languages, gettext_lazy("We have got your enquiry")),
        "reference": submission.reference,
        "facts": [_fact(languages, label, value) for label, value in _facts(submission, office)],
        "rule": in_each(languages, common.RULE),
        "rule_reason": in_each(languages, common.RULE_REASON),
        "next_heading": in_each(languages, gettext_lazy("What happens next")),
        "next": [list(said) for said in zip(*each(languages, lambda: _next(submission)), strict=True)],
        "where_heading": in_each(languages, gettext_lazy("Where does it stand?")),
        "where": in_each(
            languages, lambda: _("You can see it on this page. You need the reference number and your code for it.")
        ),
        "where_address": ltr(common.page_address("status:status_form", languages[0])),
        "no_code": in_each(languages, gettext_lazy("The code is not on this paper. Please keep it for yourself.")),
        "answers_heading": in_each(languages, gettext_lazy("Your answers")),
        "sections": _sections(each(languages, lambda: summary_sections(submission))),
    }
    return Paper(TEMPLATE, in_each(languages, TITLE)[0], languages, body)


def _fact(languages: tuple[str, ...], label: Any, value: Any) -> dict[str, list[str]]:
    return {"label": in_each(languages, label), "value": in_each(languages, value)}


def _facts(submission: Submission, office: Office) -> list[tuple[Any, Any]]:
    """(label, value), each lazy or a function that is asked in every language."""
    facts = [
        (gettext_lazy("Reference number"), lambda: ltr(submission.reference)),
        (gettext_lazy("Received"), lambda: moment_words(submission.sent_at)),
        (gettext_lazy("Received by"), lambda: office.names.get(get_language(), office.name)),
        (gettext_lazy("Application: money for the start asked for"), lambda: _application(submission)),
    ]
    if office.phone:
        facts.append((gettext_lazy("Phone of the office"), lambda: common.telephone(office)))
    return facts


def _application(submission: Submission) -> str:
    answer = submission.answers.get("wants_money")
    if not answer:
        return _("Not answered")
    said = QUESTIONS["wants_money"].label_of(answer)
    if answer != "yes":
        return said
    return _("%(yes)s. We got this application on %(moment)s.") % {
        "yes": said,
        "moment": moment_words(submission.sent_at),
    }


def _next(submission: Submission) -> list[str]:
    """What happens next, in the active language, in the words of the page after sending."""
    steps = [
        _("An advisor reads your answers."),
        _("We call you or write to you within two working days, until %(day)s at the latest.")
        % {"day": day_words(call_by(submission.sent_at))},
        _("In the first talk we look together at your idea and plan the next steps.")
        + " "
        + _("Coming is voluntary, and nothing happens if you do not come."),
    ]
    if submission.is_adult is False:
        steps.append(_("You are under 18") + ": " + _("An advisor calls you first and explains everything."))
    return steps


def _sections(in_languages: list[list[SummarySection]]) -> list[dict[str, Any]]:
    """The answers of the pages, side by side in every language."""
    return [
        {
            "heading": [section.title for section in side_by_side],
            "rows": [_row(rows) for rows in zip(*(section.rows for section in side_by_side), strict=True)],
        }
        for side_by_side in zip(*in_languages, strict=True)
    ]


def _row(in_languages: tuple[SummaryRow, ...]) -> dict[str, Any]:
    first = in_languages[0]
    labels = [row.label for row in in_languages]
    if first.is_own_words:
        return {"label": labels, "own": [own_words(value, first.language) for value in first.values]}
    values = [[ltr(value) if row.is_ltr else value for value in row.values] for row in in_languages]
    return {"label": labels, "values": values}
