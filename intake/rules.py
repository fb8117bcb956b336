"""Small rules of the intake that need no database: expiry, the language of somebody's words, the PIN."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from gruendungswerkstatt.common import clock

from .conditions import Answers
from .enums import PinRefusal
from .questions import QUESTIONS
from .workdays import after_working_days

# Retention classes of the domain (DIN 66398).
DRAFT_KEPT = timedelta(hours=24)
DRAFT_KEPT_LONGER = timedelta(days=14)
ANSWER_WITHIN_WORKING_DAYS = 2
# Quicker than anybody reads, also with a browser that fills in name and phone: somebody should look twice.
FASTEST_PAGE = timedelta(seconds=2)
FASTEST_FORM = timedelta(seconds=15)
PIN_SHORTEST, PIN_LONGEST = 4, 8

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ETHIOPIC = re.compile("[\u1200-\u137f]")
_LATIN = ("kmr", "tr", "en", "de")
_SCRIPTS = (
    (_ARABIC, ("ar", "ckb", "fa", "prs")),
    (_CYRILLIC, ("uk", "ru")),
    (_ETHIOPIC, ("ti",)),
)


def call_by(sent_at: datetime) -> date:
    """The day by which the team calls somebody who sent an enquiry then."""
    return after_working_days(clock.local(sent_at).date(), ANSWER_WITHIN_WORKING_DAYS)


def is_unreachable(answers: Answers) -> bool:
    """Whether nobody can be called or written to: somebody wants to come to the office and left neither."""
    return not any(answers.get(key) for key in ("phone", "email", "helper_phone"))


def is_trading(answers: Answers) -> bool:
    """Whether somebody said that they work for themselves already: urgent, because the Jobcenter has to know."""
    return answers.get("self_employed") == "yes" or answers.get("stage") == "trading"


def language_of(text: str, page_language: str, spoken: Iterable[str]) -> str:
    """The language `text` is probably written in: the page's, unless the script says otherwise.

    Arabic letters on a German page are the first spoken language that uses them; Latin letters on an Arabic page are
    the first spoken language that uses those, else unknown ("und", BCP 47).
    """
    spoken = list(spoken)
    for script, languages in _SCRIPTS:
        if script.search(text):
            return page_language if page_language in languages else _first(spoken, languages, languages[0])
    if page_language in spoken and page_language in _LATIN:
        return page_language
    return _first(spoken, _LATIN, page_language if page_language in _LATIN else "und")


def _first(spoken: list[str], possible: tuple[str, ...], otherwise: str) -> str:
    return next((code for code in spoken if code in possible), otherwise)


def pin_refusal(pin: str) -> PinRefusal | None:
    """Why `pin` (digits 0-9, see common.text.western_digits) cannot be used; None if it can."""
    if not (pin.isascii() and pin.isdigit() and PIN_SHORTEST <= len(pin) <= PIN_LONGEST):
        return PinRefusal.NOT_DIGITS
    return PinRefusal.EASY if _is_tried_first(pin) else None


def _is_tried_first(pin: str) -> bool:
    """All digits alike, a run up or down, one half twice (1212)."""
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    half = len(pin) // 2
    return steps in ({0}, {1}, {-1}) or pin[:half] == pin[half:]


def up_to_date(answers: Answers) -> tuple[dict, dict]:
    """(answers that the present questionnaire offers, those with codes it no longer has).

    For a draft that was begun with an earlier questionnaire: what it no longer offers is asked again, not sent.
    """
    kept, aside = {}, {}
    for key, value in answers.items():
        question = QUESTIONS.get(key)
        if question is None or not question.kind.is_coded:
            kept[key] = value
            continue
        offered = [code for code in codes_in(value) if code in question.by_code]
        if offered:
            kept[key] = offered if isinstance(value, list) else value
        else:
            aside[key] = value
    return kept, aside


def codes_in(answer: str | list[str]) -> list[str]:
    """The codes of a coded answer."""
    return [answer] if isinstance(answer, str) else answer


def relevant(answers: Answers) -> dict:
    """The answers to questions that still apply: what was answered before a change of mind is not sent."""
    kept = {key: value for key, value in answers.items() if key in QUESTIONS}
    while True:
        asked = {key: value for key, value in kept.items() if QUESTIONS[key].is_asked(kept)}
        if len(asked) == len(kept):
            return asked
        kept = asked
