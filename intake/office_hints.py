"""What an office says in hints: which text counts in which language, and which hints its founders read at all.

The rules are data in `hints.py`; an office changes words, dates and whether a hint is shown. The published rows are
kept in the process, so that no page of a founder costs a query for them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.utils.translation import get_language, override

from gruendungswerkstatt.common.kept import Kept
from network.people.models import Organisation

from . import hint_linting, hints
from .conditions import Answers
from .enums import HintState
from .hints import Hint
from .models import OfficeHint

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class HintWording:
    """A hint in one language."""

    title: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.title or self.text)

    @property
    def digest(self) -> str:
        """Changes with every change of the words."""
        return hashlib.sha256(f"{self.title}\0{self.text}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class HintSlot:
    """One hint as `office` has it: rule and shipped texts from the code, the rest from `row`, None if untouched."""

    hint: Hint
    row: OfficeHint | None

    @property
    def version(self) -> int:
        """The version a form has to bring along; 0 before the first change."""
        return self.row.version if self.row else 0

    @property
    def is_off(self) -> bool:
        return bool(self.row and self.row.is_off)

    @property
    def valid_from(self) -> date | None:
        """From when the hint is shown: the later of the law's and the office's day."""
        return max(filter(None, (self.hint.valid_from, self.row and self.row.valid_from)), default=None)

    @property
    def valid_to(self) -> date | None:
        """Until when the hint is shown: the earlier of the law's and the office's day."""
        return min(filter(None, (self.hint.valid_to, self.row and self.row.valid_to)), default=None)

    def is_shown(self, on: date) -> bool:
        """Whether founders to whom the rule applies read it `on` that day."""
        begun = self.valid_from is None or self.valid_from <= on
        return not self.is_off and begun and (self.valid_to is None or on <= self.valid_to)

    def own(self, language: str) -> HintWording:
        """The office's own words; empty where the shipped ones count."""
        found = self.row.texts.get(language, {}) if self.row else {}
        return HintWording(found.get("title", ""), found.get("text", ""))

    def state(self, language: str) -> HintState:
        own = self.own(language)
        if not own:
            return HintState.SHIPPED
        if not is_fit(self.hint.code, language, own):
            return HintState.UNFIT
        is_current = self.row.texts[language].get("shipped") == shipped(self.hint.code, language).digest
        return HintState.OWN if is_current else HintState.OUTDATED

    def wording(self, language: str) -> HintWording:
        """The words that founders read in `language`."""
        own = self.own(language)
        return own if own and is_fit(self.hint.code, language, own) else shipped(self.hint.code, language)


@lru_cache(maxsize=256)
def shipped(code: str, language: str) -> HintWording:
    """The text that the portal brings along for the hint `code`."""
    hint = hints.BY_CODE[code]
    with override(language):
        return HintWording(str(hint.title), str(hint.text))


def lint(code: str, language: str, wording: HintWording) -> list[hint_linting.HintFinding]:
    """What is wrong with `wording` for the hint `code`; [] if founders may read it."""
    announces = hints.BY_CODE[code].announces_call
    return hint_linting.findings(wording.title, wording.text, language, announces_call=announces)


@lru_cache(maxsize=1024)
def is_fit(code: str, language: str, wording: HintWording) -> bool:
    """Whether a stored text may still be shown: the check may have learnt something since it was written."""
    return not lint(code, language, wording)


def slots(office: Organisation) -> list[HintSlot]:
    """Every hint as `office` has it, in the order of the rules."""
    rows = {row.hint_code: row for row in _rows(office)}
    return [HintSlot(hint, rows.get(hint.code)) for hint in hints.HINTS]


def slot(office: Organisation, code: str) -> HintSlot | None:
    """One hint of `office`; None if there is no such rule."""
    hint = hints.by_code(code)
    return HintSlot(hint, _rows(office).filter(hint_code=code).first()) if hint else None


def _rows(office: Organisation):
    return OfficeHint.objects.for_office(office).select_related("changed_by__user", "checked_by__user")


# --- What founders and cases read ------------------------------


def _find() -> Mapping[tuple[int, str], OfficeHint]:
    return {(row.office_id, row.hint_code): row for row in OfficeHint.objects.all()}


kept: Kept[Mapping[tuple[int, str], OfficeHint]] = Kept(_find, otherwise={})


def slot_kept(office_id: int, hint: Hint) -> HintSlot:
    """`hint` as the office has it, without a query."""
    return HintSlot(hint, kept.get().get((office_id, hint.code)))


def shown(office_id: int, answers: Answers, on: date) -> list[HintSlot]:
    """The hints that these answers lead to and that the office shows `on` that day, in order.

    The database is asked only if a rule applies at all, and then once in some seconds.
    """
    applying = [hint for hint in hints.HINTS if hint.condition.holds(answers)]
    found = (slot_kept(office_id, hint) for hint in applying)
    return [one for one in found if one.is_shown(on)]


def words_of(office_id: int, code: str) -> HintWording | None:
    """What the office says in the hint `code`, in the active language and whether it is still shown or not.

    None for an unknown code.
    """
    hint = hints.by_code(code)
    return slot_kept(office_id, hint).wording(get_language() or settings.LANGUAGE_CODE) if hint else None


def _forget(**_kwargs: Any) -> None:
    kept.forget()


def connect() -> None:
    """See a change at once where it is made."""
    post_save.connect(_forget, sender=OfficeHint)
