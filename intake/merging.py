"""Two tabs, two devices, one draft: which of two answers is the newer one.

A page brings along which version of the draft it showed and a name of its own (`Seen`). The draft notes of every answer
with which version, when and by which page it was changed last. An answer that another page changed after this page was
drawn is newer than what stands in this one.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gruendungswerkstatt.common.abstract import is_version

# {question key: (version, moment as ISO 8601, name of the page)}
Changes = Mapping[str, Any]
LONGEST_NAME = 12


@dataclass(frozen=True)
class Seen:
    """What an open page knows: the version of the draft when it was drawn, and the page's own name."""

    version: int
    page: str

    @classmethod
    def now(cls, version: int) -> "Seen":
        """For a page that is drawn now; no other one has its name."""
        return cls(version, secrets.token_urlsafe(6))

    @classmethod
    def read(cls, text: str) -> "Seen | None":
        """What a form brought along; None if it brought nothing that could have been written here."""
        version, _dot, page = text.partition(".")
        return cls(int(version), page) if is_version(version) and 0 < len(page) <= LONGEST_NAME else None

    def __str__(self) -> str:
        return f"{self.version}.{self.page}"


def is_same(one: Any, other: Any) -> bool:
    """Whether two answers are the same; not answered is the same in whatever way it is written."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return (one or "") == (other or "")


def newer_elsewhere(changes: Changes, seen: Seen | None, saved: Mapping, given: Mapping) -> dict[str, datetime]:
    """Of the answers in `given` those that another page changed meanwhile, and when.

    A page that does not say what it has seen is taken for the newest.
    """
    if seen is None:
        return {}
    found = {}
    for key in given:
        version, moment, page = changes.get(key, (0, "", seen.page))
        if version > seen.version and page != seen.page and not is_same(saved.get(key), given[key]):
            found[key] = datetime.fromisoformat(moment)
    return found


def noted(changes: Changes, keys: list[str], version: int, moment: datetime, seen: Seen | None) -> dict[str, Any]:
    """`changes` with `keys` changed at `moment` by the page that had `seen`, which makes `version` of the draft."""
    note = [version, moment.isoformat(timespec="seconds"), seen.page if seen else ""]
    return {**changes, **dict.fromkeys(keys, note)}
