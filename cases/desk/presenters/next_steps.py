"""The founder's next three steps on paper: in the founder's language, with German beside it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.files.models import Case, PlanStep
from cases.files.step_words import words_in
from gruendungswerkstatt.common.context import Office
from gruendungswerkstatt.common.dates import day_words
from gruendungswerkstatt.printing import Paper, in_each, own_words
from intake.papers import common

TEMPLATE = "cases/desk/next_steps.typ"
TITLE = _("Next steps")
MOST = 3  # more are not read


def next_steps_paper(case: Case, steps: Iterable[PlanStep], office: Office) -> Paper:
    """The first three of `steps` (selectors.next_steps). The founder takes it home, so no name stands on it."""
    languages = common.beside_german(case.founder.language)
    body = {
        "heading": in_each(languages, _("Your next steps")),
        "reference": case.reference,
        "steps": [_step(step, languages) for step in list(steps)[:MOST]],
        "until": in_each(languages, _("Until")),
        "nothing": in_each(languages, _("There is nothing for you to do at the moment.")),
        "rule": in_each(languages, common.RULE),
        "rule_reason": in_each(languages, common.RULE_REASON),
        "help_heading": in_each(languages, _("Do you need help with it? Please call us or write to us.")),
        "office": common.office_names(office, languages),
        "phone": common.telephone(office),
        "address": common.address(office),
    }
    return Paper(TEMPLATE, in_each(languages, TITLE)[0], languages, body)


def _step(step: PlanStep, languages: Sequence[str]) -> dict[str, Any]:
    said = [words_in(step, language) for language in languages]
    is_one = len({words.text for words in said}) == 1  # own words that nobody has said in a second language
    return {
        "words": [own_words(words.text, words.language) for words in (said[:1] if is_one else said)],
        "due": in_each(languages, lambda: day_words(step.due_on)) if step.due_on else [],
    }
