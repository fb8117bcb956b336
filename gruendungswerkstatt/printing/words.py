"""Words on paper: in several languages, each in its direction, and none that stops the printer."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, override

from .fonts import coverage

GAP = "\ufffd"  # stands for a sign that no font has
LONGEST_WORD = 30  # longer ones may be broken anywhere: nothing runs off the paper
# Zero-width (non-)joiner, marks and isolates of direction, zero-width space, word joiner, Arabic letter mark: they
# steer what stands beside them and are not drawn. Left out: overrides of direction (U+202A to U+202E), soft hyphens.
_STEERING = frozenset("\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
# What is drawn on the sign before it: accents, vowel signs, variation selectors, colours of skin.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff"
)
# A sign with what is drawn on it or joined to it (families of emoji).
_CLUSTER = re.compile(rf"(?s).(?:[{_MARKS}]|\u200d\S)*")
_LONG = re.compile(rf"[^\s\u200b]{{{LONGEST_WORD + 1},}}")
_SET_OFF = re.compile(r"<bdi( dir=\"ltr\")?>(.*?)</bdi>", re.DOTALL)
_ISOLATES = {"ltr": "\u2066", "auto": "\u2068"}


def in_each(languages: Sequence[str], text: Any) -> list[str]:
    """`text` (lazy, or a function that asks gettext) in each of `languages`."""
    said = []
    for code in languages:
        with override(code):
            said.append(str(text() if callable(text) else text))
    return said


def each(languages: Sequence[str], make: Callable[[], Any]) -> list[Any]:
    """What `make` gives while each of `languages` is active."""
    made = []
    for code in languages:
        with override(code):
            made.append(make())
    return made


def direction(language: str) -> str:
    """ "rtl" or "ltr": how `language`, one of the portal's, is written."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def ltr(value: object) -> str:
    """`value` set off and written left to right: numbers, telephones, addresses."""
    return f"{_ISOLATES['ltr']}{value}\u2069"


def isolated(value: object) -> str:
    """`value` set off in its own direction: a name, a German term in Arabic text."""
    return f"{_ISOLATES['auto']}{value}\u2069"


def from_html(value: Any) -> str:
    """What a template filter wrote as HTML, with isolates instead of <bdi>; everything else as it is."""
    if not isinstance(value, SafeString):
        return str(value)
    set_off = _SET_OFF.sub(lambda match: ltr(match[2]) if match[1] else isolated(match[2]), value)
    return unescape(strip_tags(set_off))


def own_words(text: str, language: str = "") -> dict[str, str]:
    """A person's own words for a template: as written, in the direction of the first letter that has one.

    `language` (BCP 47) is what a reader's voice gets to know; "und" where nobody knows it.
    """
    language = language.partition("-")[0].lower()
    is_code = language.isascii() and language.isalpha() and 2 <= len(language) <= 3
    return {"text": text, "lang": language if is_code else "und", "dir": _first_direction(text)}


def _first_direction(text: str) -> str:
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def printable(text: str) -> str:
    """`text` with nothing in it that our fonts cannot draw; GAP stands where something was.

    Blanks of every kind become blanks, other controls go, and very long words may be broken.
    """
    if not _everyday().issuperset(text):
        text = "".join(_drawn(match[0]) for match in _CLUSTER.finditer(_plain(text)))
    return _LONG.sub(_breakable, text)


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Signs that need no second look: letters, digits and punctuation that stand alone and have a font."""
    signs = (chr(code) for code in frozenset().union(*coverage()))
    return frozenset(sign for sign in signs if unicodedata.category(sign)[0] in "LNP") | set(" \n€+=~|<>$")


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(_blank_or_sign(sign) for sign in text)


def _blank_or_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign == "\n" or sign in _STEERING:
        return sign
    if category == "Zs" or sign == "\t":
        return " " if sign != "\u00a0" else sign
    if category == "Cc" or sign == "\u00ad" or "\u202a" <= sign <= "\u202e":
        return ""
    if category == "Cf" and not _is_covered(sign):
        return ""
    return sign


def _is_covered(sign: str) -> bool:
    return any(ord(sign) in signs for signs in coverage())


def _drawn(cluster: str) -> str:
    """The cluster if one font has all of it; else its first sign alone, else GAP."""
    if cluster == "\n":
        return cluster
    needed = {ord(sign) for sign in cluster if sign not in _STEERING and not "\ufe00" <= sign <= "\ufe0f"}
    if any(needed <= signs for signs in coverage()):
        return cluster
    first = cluster[0]
    return (first if _is_covered(first) else "") + GAP


def _breakable(match: re.Match[str]) -> str:
    parts, size = [], 0
    for cluster in _CLUSTER.findall(match[0]):
        if size >= LONGEST_WORD // 2:
            parts.append("\u200b")
            size = 0
        parts.append(cluster)
        size += len(cluster)
    return "".join(parts)
