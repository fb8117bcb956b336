"""The paper form: every question of the questionnaire, to be ticked and written by hand, with German beside it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common.context import Office, portal_office
from gruendungswerkstatt.printing import Paper, each, in_each, ltr, print_pdf
from intake.conditions import ALWAYS
from intake.questions import Kind, Option, Question
from intake.steps import CLOSING, STEPS, Group

from . import common

TEMPLATE = "intake/papers/blank.typ"
TITLE = gettext_lazy("Form on paper")
WRITING_LINES = {Kind.LONG_TEXT: 6}
# Labels up to so many letters stand in so many columns.
COLUMNS = ((16, 4), (26, 3), (70, 2))

Languages = Sequence[str]


def blank_pdf(language: str) -> bytes:
    """The paper form of the portal's office in `language` and German; made once in a process and kept."""
    office = portal_office()
    return _printed(language, replace(office, names=tuple(sorted(office.names.items()))))


@lru_cache(maxsize=12)
def _printed(language: str, office: Office) -> bytes:
    # The office is the key, so a change of it prints anew; for that its names have to be a tuple here.
    return print_pdf(blank(language, replace(office, names=dict(office.names))))


def blank(language: str, office: Office) -> Paper:
    """The paper form for somebody who reads `language`."""
    languages = common.beside_german(language)
    numbers = iter(range(1, 1000))
    steps = [(step.title, step.note, step.groups) for step in STEPS]
    body = {
        "heading": in_each(languages, gettext_lazy("Questions about your start")),
        "office": common.office_names(office, languages),
        "intro": [in_each(languages, line) for line in _intro()],
        "reach": ltr(" · ".join(filter(None, (common.address(office), common.telephone(office))))),
        "notice": in_each(
            languages, gettext_lazy("How we treat your data: the office gives you the notice, and it stands here:")
        ),
        "notice_address": ltr(common.page_address("content:page_detail", languages[0], slug="privacy")),
        "rule": in_each(languages, common.RULE),
        "rule_reason": in_each(languages, common.RULE_REASON),
        "steps": [
            {
                "heading": in_each(languages, title),
                "note": in_each(languages, note) if note else [],
                "groups": [_group(group, languages, numbers) for group in groups],
            }
            for title, note, groups in [*steps, (CLOSING.title, "", (CLOSING,))]
        ],
        "closing": [in_each(languages, line) for line in _closing()],
        "date_label": in_each(languages, gettext_lazy("Date")),
        "for_office": each(
            [common.GERMAN], lambda: [_("Filled in by the office"), _("Received on"), _("Reference number")]
        )[0],
        "month": in_each(languages, gettext_lazy("Month")),
        "year": in_each(languages, gettext_lazy("Year")),
        "only_if": in_each(languages, gettext_lazy("Only if it applies to you.")),
    }
    return Paper(TEMPLATE, in_each(languages, TITLE)[0], languages, body)


def _intro() -> list[Any]:
    return [
        gettext_lazy("Please tick or write. You can write in your language and in any script."),
        gettext_lazy("Only the questions with * are needed. Every other answer is voluntary."),
        gettext_lazy("Then give this paper to the office, or let somebody bring it."),
        gettext_lazy("The advisors of the start-up team at the Jobcenter read this. Nobody else."),
    ]


def _closing() -> list[Any]:
    return [
        gettext_lazy("Did somebody help you? Then please read everything once more alone before you give it away."),
        gettext_lazy("You need not sign anything."),
    ]


def _group(group: Group, languages: Languages, numbers: Any) -> dict[str, Any]:
    return {
        "heading": in_each(languages, group.title),
        "questions": [_question(question, languages, next(numbers)) for question in group.questions],
    }


def _question(question: Question, languages: Languages, number: int) -> dict[str, Any]:
    return {
        "key": question.key,
        "number": number,
        "is_needed": question.required_when is not None,
        "is_conditional": question.asked_when is not ALWAYS,
        "text": in_each(languages, question.text),
        "help": in_each(languages, lambda: _help(question)),
        **_answering(question, languages),
    }


def _help(question: Question) -> str:
    parts = [str(question.help)] if question.help else []
    if question.kind is Kind.LONG_TEXT:
        parts.append(_("Please write nothing about health or asylum here."))  # rule 17
    return " ".join(parts)


def _answering(question: Question, languages: Languages) -> dict[str, Any]:
    """How the question is answered by hand: boxes to tick, or lines to write on.

    Long lists (crafts, countries) become a line: who enters the paper finds the entry.
    """
    if question.kind is Kind.MONTH:
        return {"way": "month"}
    if not question.kind.is_coded or question.kind is Kind.LONG_CHOICE:
        return {"way": "lines", "lines": WRITING_LINES.get(question.kind, 1)}
    groups = question.groups or (("", ""),)
    boxes = [
        {
            "heading": in_each(languages, heading) if heading else [],
            "options": [_option(question, option, languages) for option in question.options if option.group == code],
        }
        for code, heading in groups
    ]
    longest = max(len(label) for part in boxes for option in part["options"] for label in option["label"])
    columns = next((columns for letters, columns in COLUMNS if longest <= letters), 1)
    return {"way": "boxes", "boxes": boxes, "columns": columns}


def _option(question: Question, option: Option, languages: Languages) -> dict[str, Any]:
    # Only the reader's label follows choice_label: their own language is found under its own name, without a hint.
    reader = in_each(languages[:1], lambda: question.choice_label(option))
    hint = option.hint if [option.hint] != reader else ""
    return {"label": [*reader, *in_each(languages[1:], option.label)], "hint": in_each(languages, hint)}
