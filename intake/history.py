"""An enquiry's answers, as the history of changes shows them (audit.wordings)."""

from collections.abc import Mapping
from functools import partial

from gruendungswerkstatt.audit.wordings import Part, name_codes, unpack_column

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


def register() -> None:
    """Make the words of answers known."""
    name_codes("intake.submission", "sector", partial(label, "sector"))
    unpack_column("intake.submission", "answers", answers_in_words)
