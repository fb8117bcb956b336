"""What a step of the plan is called in a language: the hint's words, those of its template, or somebody's own."""

from dataclasses import dataclass

from django.utils.translation import override

from intake import office_hints

from .models import PlanStep

GERMAN = "de"


@dataclass(frozen=True)
class StepWords:
    """`language` is that of the text, "" where it stands as somebody wrote it."""

    text: str
    language: str


def words_in(step: PlanStep, language: str) -> StepWords:
    """`step` in `language`, one of the portal's; in German where it is not said in it."""
    with override(language):
        hint = office_hints.words_of(step.office_id, step.hint_code)
    if hint is not None:
        return StepWords(hint.title, language)
    for code in (language, GERMAN):
        if said := step.texts.get(code):
            return StepWords(said, code)
    return StepWords(step.text or step.hint_code, "")
