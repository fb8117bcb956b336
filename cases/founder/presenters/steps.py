"""The founder's own steps as the founder reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, get_language_info

from cases.files.models import PlanStep
from cases.files.step_words import words_in


@dataclass(frozen=True)
class StepRow:
    """A step in the page's language; `lang` and `dir` are said where its words are in another one or nobody knows."""

    text: str
    lang: str
    dir: str
    due_on: date | None


def step_rows(steps: Iterable[PlanStep]) -> list[StepRow]:
    """`steps` for the list, the next one first."""
    here = get_language() or settings.LANGUAGE_CODE
    return [_row(step, here) for step in steps]


def _row(step: PlanStep, here: str) -> StepRow:
    said = words_in(step, here)
    if said.language == here:
        return StepRow(said.text, "", "", step.due_on)
    direction = ("rtl" if get_language_info(said.language)["bidi"] else "ltr") if said.language else "auto"
    return StepRow(said.text, said.language, direction, step.due_on)
