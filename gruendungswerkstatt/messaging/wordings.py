"""Texts with named placeholders: `{time}` in, words out; the same lines as plain text and as HTML.

A text is lines and, between empty lines, paragraphs. A line disappears if a placeholder in it has no value: so the
place stands there for those who want it, and nobody types conditions. Nothing typed is ever read as HTML.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from html import escape
from typing import Any

FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
# Direction marks, embeddings, overrides and isolates inside a value could turn around what follows it.
_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_PLACEHOLDER = re.compile(r"\{([a-z][a-z_]{0,29})\}")


class Script(Enum):
    """How a value stands inside a text."""

    LANGUAGE = "language"  # words of the text's own language
    NUMBERS = "numbers"  # always left to right: telephone, time
    ANY = "any"  # whatever somebody typed


@dataclass(frozen=True)
class Placeholder:
    """A name that stands for a value. `label` says to the editor what it is; a required one must stand in every text.

    `may_be_empty`: some people have no such value; the line is left out for them. `leads_title`: if there is a value,
    it is put in front of the title of a mail too.
    """

    name: str
    label: Any
    script: Script = Script.ANY
    is_required: bool = True
    may_be_empty: bool = False
    leads_title: bool = False

    @property
    def written(self) -> str:
        """As it stands in a text."""
        return f"{{{self.name}}}"


@dataclass(frozen=True)
class Wording:
    """A text before it is filled in: `title` (one line) for mails only, `body` with lines."""

    body: str
    title: str = ""


@dataclass(frozen=True)
class Piece:
    """A part of a line: words as typed, or a value with its script."""

    text: str
    script: Script | None = None


class UnknownPlaceholder(Exception):
    """A text names something that its kind does not know."""


Line = Sequence[Piece]


def placeholders_in(text: str) -> list[str]:
    """Names in the order of `text`, repeated ones too."""
    return _PLACEHOLDER.findall(text)


@lru_cache(maxsize=2048)
def _split(text: str) -> tuple[tuple[str, ...], ...]:
    """Lines of alternating words and names: the even ones are words."""
    return tuple(tuple(_PLACEHOLDER.split(line.strip())) for line in text.splitlines())


def fill(text: str, values: Mapping[str, str], known: Mapping[str, Placeholder]) -> list[Line]:
    """Lines of `text` with `values`; empty lines at the ends, and more than one in a row, are dropped.

    Raises UnknownPlaceholder, and KeyError if a known one has no value at all ("" is one).
    """
    lines: list[Line] = []
    for parts in _split(text):
        line = _filled(parts, values, known)
        if line or (line is not None and lines and lines[-1]):
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _filled(parts: tuple[str, ...], values: Mapping[str, str], known: Mapping[str, Placeholder]) -> Line | None:
    """One line; () if it is empty, None if a value in it is."""
    line = []
    for number, part in enumerate(parts):
        if number % 2 == 0:
            if part:
                line.append(Piece(part))
            continue
        if part not in known:
            raise UnknownPlaceholder(part)
        value = one_line(values[part])
        if not value:
            return None
        line.append(Piece(value, known[part].script))
    return tuple(line)


def one_line(value: object) -> str:
    """`value` with single blanks and without signs that turn the direction of writing around."""
    return " ".join(str(value).translate(_CONTROLS).split())


def isolated(value: str, is_rtl: bool) -> str:
    """`value` so that it neither turns around nor is turned around by what stands beside it (UAX #9).

    Left-to-right values in left-to-right text stay bare: one invisible sign more would halve what fits into an SMS.
    """
    if not (is_rtl or any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in value)):
        return value
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_DIRECTIONAL_ISOLATE}"


def as_text(lines: Sequence[Line], is_rtl: bool) -> str:
    """Plain text; values of another direction stand between isolates, as there is no <bdi>."""
    return "\n".join("".join(_plain(piece, is_rtl) for piece in line) for line in lines)


def _plain(piece: Piece, is_rtl: bool) -> str:
    if piece.script in (None, Script.LANGUAGE):
        return piece.text
    return isolated(piece.text, is_rtl)


def as_html(lines: Sequence[Line], *, title: str, language: str, is_rtl: bool) -> str:
    """The HTML twin of a mail: paragraphs, nothing else. No picture, no link, nothing loaded from anywhere."""
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(lines))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{"rtl" if is_rtl else "ltr"}">\n'
        f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>\n<body>\n{paragraphs}\n</body>\n</html>\n'
    )


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in [*lines, ()]:
        if line:
            paragraph.append("".join(_marked_up(piece) for piece in line))
        elif paragraph:
            yield "<br>\n".join(paragraph)
            paragraph = []


def _marked_up(piece: Piece) -> str:
    words = escape(piece.text)
    if piece.script is Script.NUMBERS:
        return f'<bdi dir="ltr">{words}</bdi>'
    return f"<bdi>{words}</bdi>" if piece.script is Script.ANY else words
