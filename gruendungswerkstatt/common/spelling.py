"""How a code is read aloud: a word for every sign, "A wie Anton", in the language of the page.

The words are in the catalogues, each under the sign it stands for: German ones as people here spell on the telephone
(they hear "Q wie Quelle" and write it down), the NATO ones in English, the names of the Latin letters in Arabic.
"""

from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from .codes import ALPHABET

WORDS: dict[str, Any] = {
    "3": pgettext_lazy("spelling alphabet: 3", "three"),
    "4": pgettext_lazy("spelling alphabet: 4", "four"),
    "6": pgettext_lazy("spelling alphabet: 6", "six"),
    "7": pgettext_lazy("spelling alphabet: 7", "seven"),
    "9": pgettext_lazy("spelling alphabet: 9", "nine"),
    "A": pgettext_lazy("spelling alphabet: A", "Alfa"),
    "C": pgettext_lazy("spelling alphabet: C", "Charlie"),
    "D": pgettext_lazy("spelling alphabet: D", "Delta"),
    "E": pgettext_lazy("spelling alphabet: E", "Echo"),
    "F": pgettext_lazy("spelling alphabet: F", "Foxtrot"),
    "G": pgettext_lazy("spelling alphabet: G", "Golf"),
    "H": pgettext_lazy("spelling alphabet: H", "Hotel"),
    "J": pgettext_lazy("spelling alphabet: J", "Juliett"),
    "K": pgettext_lazy("spelling alphabet: K", "Kilo"),
    "M": pgettext_lazy("spelling alphabet: M", "Mike"),
    "N": pgettext_lazy("spelling alphabet: N", "November"),
    "P": pgettext_lazy("spelling alphabet: P", "Papa"),
    "Q": pgettext_lazy("spelling alphabet: Q", "Quebec"),
    "R": pgettext_lazy("spelling alphabet: R", "Romeo"),
    "T": pgettext_lazy("spelling alphabet: T", "Tango"),
    "W": pgettext_lazy("spelling alphabet: W", "Whiskey"),
    "X": pgettext_lazy("spelling alphabet: X", "X-ray"),
    "Y": pgettext_lazy("spelling alphabet: Y", "Yankee"),
}
assert set(WORDS) == set(ALPHABET)  # noqa: S101 (a letter nobody can read aloud is no letter for a code)


def spelled(code: str) -> list[list[tuple[str, str]]]:
    """The groups of a code with what to say for every sign: "A7C-9KM" → [[("A", "A wie Anton"), …], …]."""
    return [[(sign, _said(sign)) for sign in group] for group in code.split("-")]


def _said(sign: str) -> str:
    word = str(WORDS[sign]) if sign in WORDS else sign
    if sign.isdigit():
        return pgettext("a digit read aloud", "%(word)s") % {"word": word}
    return pgettext("a letter read aloud", "%(sign)s as in %(word)s") % {"sign": sign, "word": word}
