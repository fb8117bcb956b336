"""An enquiry's answers and an office's hints, as the history of changes shows them (audit.wordings)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings

from gruendungswerkstatt.audit.wordings import Part, name_codes, unpack_column

from . import hints
from .conditions import Answers
from .presenters import answer_words
from .questions import QUESTIONS, Kind, label


def answers_in_words(answers: Answers) -> Mapping[str, Part]:
    """Each answer with its question's label, in the order of the questionnaire; what no longer exists is left out."""
    return {
        key: Part(
            str(question.title),
            ", ".join(answer_words(question, answers[key])),
            question.is_own_words or question.kind is Kind.NAME,
        )
        for key, question in QUESTIONS.items()
        if answers.get(key)
    }


def texts_in_words(texts: Mapping[str, Mapping[str, str]]) -> Mapping[str, Part]:
    """An office's own texts of a hint, a language each."""
    return {
        language: Part(name, f"{texts[language].get('title', '')}: {texts[language].get('text', '')}", True)
        for language, name in settings.LANGUAGES
        if texts.get(language)
    }


def _hint_title(code: str) -> Any:
    hint = hints.by_code(code)
    return hint.title if hint else code


def register() -> None:
    """Make the words of answers and of hints known."""
    name_codes("intake.submission", "sector", partial(label, "sector"))
    unpack_column("intake.submission", "answers", answers_in_words)
    name_codes("intake.officehint", "hint_code", _hint_title)
    unpack_column("intake.officehint", "texts", texts_in_words)
