"""The questionnaire: every question once. Forms, summaries, hints, case page and statistics read it from here.

Change a question's meaning or remove a code, and QUESTIONNAIRE_VERSION goes up; answers keep the version they were
given under, and a code that is no longer offered is shown as it is.
"""

from datetime import date
from types import MappingProxyType

from intake.conditions import Answers

from . import plan, situation, you
from .model import Kind, Option, Question, Reader
from .you import LANGUAGE, OUTSIDE

QUESTIONNAIRE_VERSION = 1

QUESTIONS = MappingProxyType({q.key: q for q in (*you.QUESTIONS, *situation.QUESTIONS, *plan.QUESTIONS)})

__all__ = [
    "LANGUAGE",
    "OUTSIDE",
    "QUESTIONNAIRE_VERSION",
    "QUESTIONS",
    "Kind",
    "Option",
    "Question",
    "Reader",
    "choices",
    "label",
    "planned_start",
]


def label(question_key: str, code: str) -> str:
    """The option's name in the active language; `code` itself if the questionnaire no longer knows it."""
    return QUESTIONS[question_key].label_of(code)


def choices(question_key: str) -> list[tuple[str, str]]:
    """(code, lazy label) of a question's options, for filters and lists."""
    return [(option.code, option.label) for option in QUESTIONS[question_key].options]


def planned_start(answers: Answers) -> date | None:
    """The first day of the month in which the founder plans to start."""
    month = answers.get("planned_start")
    return date.fromisoformat(f"{month}-01") if month else None
