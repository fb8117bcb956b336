"""Answers that the questionnaire accepts, drawn from its own registry, so that they follow it when it changes."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from gruendungswerkstatt.common import clock
from intake import hints, progress
from intake.questions import QUESTIONS, Kind, Question
from intake.rules import language_of, relevant
from intake.steps import GROUPS

from .words import IDEAS

# These are somebody's own and are put in for each founder (see founders.py).
PERSONAL = frozenset({"municipality", "name", "languages", "name_latin", "name_original", "planned_start"})
FIXED: dict[str, Any] = {"is_adult": "yes", "filled_with_help": "no"}
PLACEHOLDER = {"municipality": "unna", "name": "?", "languages": ["ar"]}
ANSWERED = 0.5  # of the optional questions


@dataclass(frozen=True)
class Profile:
    """What one kind of founder answered. `answers` lack what is PERSONAL; `months_to_start` is None if not planned."""

    answers: dict[str, Any]
    sector: str
    idea_language: str
    hint_codes: tuple[str, ...]
    visited_steps: list[str]
    months_to_start: int | None


def profiles(chance: random.Random, page: str, spoken: tuple[str, ...], amount: int) -> list[Profile]:
    """`amount` different sets of answers of people who use the portal in the language `page`.

    Raises ValueError if the questionnaire refuses one: then a question came that this module cannot answer.
    """
    return [_profile(chance, page, spoken) for _ in range(amount)]


def _profile(chance: random.Random, page: str, spoken: tuple[str, ...]) -> Profile:
    answers = FIXED | PLACEHOLDER | _contact(chance)
    for question in QUESTIONS.values():
        if question.key in answers or question.key in PERSONAL or not question.is_asked(answers):
            continue
        if question.kind.is_coded and (question.is_required(answers) or chance.random() < ANSWERED):
            answers[question.key] = _choose(chance, question)
    # An idea is about the sector, which stands later in the questionnaire.
    answers.pop("idea_later", None)
    ideas = IDEAS[answers.get("sector", "other")]
    answers["idea"] = ideas.get(spoken[0], ideas["de"])
    answers = relevant(answers)
    if lacking := progress.missing(answers):
        raise ValueError(f"invented answers lack {[question.key for question in lacking]}")
    return Profile(
        answers={key: value for key, value in answers.items() if key not in PLACEHOLDER},
        sector=answers.get("sector", ""),
        idea_language=language_of(answers["idea"], page, spoken),
        hint_codes=tuple(hint.code for hint in hints.hints_for(answers, clock.today())),
        visited_steps=[code for code, group in GROUPS.items() if group.is_needed(answers)],
        months_to_start=chance.randint(2, 14) if chance.random() < 0.4 else None,
    )


def _contact(chance: random.Random) -> dict[str, str]:
    """A way to reach the person, with values that are replaced for each founder."""
    way = chance.choices(("phone", "email", "sms"), (5, 4, 2))[0]
    has_email = way == "email" or chance.random() < 0.4
    has_phone = way != "email" or chance.random() < 0.7
    return {
        "contact_way": way,
        **({"phone": "+4917139200"} if has_phone else {}),
        **({"email": "@example.org"} if has_email else {}),
    }


def _choose(chance: random.Random, question: Question) -> Any:
    codes = [option.code for option in question.options]
    if question.kind is not Kind.CHOICES:
        return chance.choice(codes)
    exclusive = [option.code for option in question.options if option.is_exclusive]
    if exclusive and chance.random() < 0.5:
        return [chance.choice(exclusive)]
    free = [code for code in codes if code not in exclusive]
    chosen = chance.sample(free, min(len(free), chance.choice((1, 1, 1, 2, 3))))
    return [code for code in codes if code in chosen]


def month(day: date, months_later: int) -> str:
    """The month so many months after `day` as the questionnaire stores it: "2027-03"."""
    year, index = divmod(day.year * 12 + day.month - 1 + months_later, 12)
    return f"{year}-{index + 1:02}"
