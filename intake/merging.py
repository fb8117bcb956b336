"""Two tabs, two devices, one draft: which of two answers is the newer one.

A page brings along which version of the draft it showed, a name of its own, and fingerprints of the answers that stood
in its fields (`Seen`). The draft notes of every answer with which version, when and by which page it was changed last.

An answer that another page changed after this page was drawn is newer than one that nobody touched here. What was typed
here is newer still: it takes the other answer's place, and the note keeps that one until the draft is sent.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from gruendungswerkstatt.common.abstract import is_version

# {question key: [version, moment as ISO 8601, name of the page, and what it took the place of: see `_note`]}
Changes = Mapping[str, Any]
LONGEST_NAME = 12
FINGERPRINT = 4  # characters of Base64: by chance two answers share one in 16 millions
MOST_FIELDS = 40


@dataclass(frozen=True)
class Seen:
    """What an open page knows: the version of the draft when it was drawn, its own name, what its fields showed."""

    version: int
    page: str
    shown: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def now(cls, version: int) -> "Seen":
        """For a page that is drawn now; no other one has its name."""
        return cls(version, secrets.token_urlsafe(6))

    @classmethod
    def read(cls, text: str) -> "Seen | None":
        """What a form brought along; None if it brought nothing that could have been written here."""
        version, _dot, rest = text.partition(".")
        page, _dot, shown = rest.partition(".")
        if not is_version(version) or not 0 < len(page) <= LONGEST_NAME or len(shown) > MOST_FIELDS * FINGERPRINT:
            return None
        parts = (shown[start : start + FINGERPRINT] for start in range(0, len(shown), FINGERPRINT))
        return cls(int(version), page, frozenset(parts))

    def showing(self, answers: Mapping[str, Any]) -> "Seen":
        """The same page with these `answers` in its fields."""
        return replace(self, shown=frozenset(_fingerprint(*item) for item in answers.items()))

    def has_shown(self, key: str, answer: Any) -> bool:
        """Whether `answer` stood in the field already when the page was drawn: nobody typed it."""
        return _fingerprint(key, answer) in self.shown

    def __str__(self) -> str:
        return ".".join([str(self.version), self.page, "".join(sorted(self.shown))])


@dataclass(frozen=True)
class Other:
    """An answer that does not stand in its field: another page has, or had, a different one since `moment`."""

    answer: Any
    moment: datetime
    is_typed_over: bool  # what was typed on this page took its place; otherwise it is what this page showed


def _fingerprint(key: str, answer: Any) -> str:
    text = json.dumps([key, sorted(answer) if isinstance(answer, list) else answer or ""], ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode()[:FINGERPRINT]


def is_same(one: Any, other: Any) -> bool:
    """Whether two answers are the same; not answered is the same in whatever way it is written."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return (one or "") == (other or "")


def others(changes: Changes, seen: Seen | None, saved: Mapping, given: Mapping) -> dict[str, Other]:
    """Of the answers in `given` those that another page changed meanwhile: which of the two does not stand.

    A page that does not say what it has seen is taken for the newest, and has nothing to be told.
    """
    if seen is None:
        return {}
    found = {}
    for key, answer in given.items():
        version, moment, page, _over = _note(changes, key)
        if version > seen.version and page != seen.page and not is_same(saved.get(key), answer):
            is_typed = not seen.has_shown(key, answer)
            found[key] = Other(saved.get(key) if is_typed else answer, datetime.fromisoformat(moment), is_typed)
    return found


def typed_over(changes: Changes, seen: Seen | None, keys: Iterable[str]) -> dict[str, Other]:
    """Answers of other pages, to the questions `keys`, that this page took the place of since it was drawn.

    A script that saves or a second click may have done it: the person has not been shown them yet.
    """
    found = {}
    for key in keys:
        _version, _moment, page, over = _note(changes, key)
        if seen and page == seen.page and over and over[0] > seen.version:
            _version, moment, answer = over
            found[key] = Other(answer, datetime.fromisoformat(moment), is_typed_over=True)
    return found


def noted(
    changes: Changes,
    keys: Iterable[str],
    version: int,
    moment: datetime,
    seen: Seen | None,
    over: Mapping[str, Other] | None = None,
) -> dict[str, Any]:
    """`changes` with `keys` changed at `moment` by the page that had `seen`, which makes `version` of the draft.

    Where that took the place of another page's answer (`over`), the note keeps it, however often the page saves again.
    """
    name = seen.page if seen else ""
    notes = dict(changes)
    for key in keys:
        _version, _moment, page, kept = _note(changes, key)
        if over and key in over:
            kept = [version, _iso(over[key].moment), over[key].answer]
        elif page != name:
            kept = None
        notes[key] = [version, _iso(moment), name, kept]
    return notes


def _note(changes: Changes, key: str) -> tuple[int, str, str, list | None]:
    """Version, moment, page, and what was there before: with which version its place was taken, its moment, itself."""
    version, moment, page, *over = changes.get(key, (0, "", ""))
    return version, moment, page, over[0] if over else None


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
