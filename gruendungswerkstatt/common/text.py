"""Text as people type it: cleaning on the way in, folding for search.

The character rules follow DIN 91379 (names in German registers) and what phones really send: decomposed letters,
Arabic-Indic digits, direction marks, look-alike apostrophes.
"""

import re
import unicodedata

_DIGITS = {ord(a): str(i) for i in range(10) for a in (chr(0x0660 + i), chr(0x06F0 + i))}
# Tab and line feed stay; other controls, NUL, lone surrogates and non-characters carry no text.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]")
# Turn the direction of what follows, or are blanks without width: no name needs them, and a list around one is jumbled.
_TURNING = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069]")
# DIN 91379 knows U+02BE and U+02BF, not their look-alikes.
_APOSTROPHES = {ord(c): "’" for c in "\u02bc\u2018\u201b\u0060\u00b4"}
_ARABIC_FOLD = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
        "ؤ": "و", "ۆ": "و",
        "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه",
        "ک": "ك", "گ": "ك",
        "ـ": None, "ء": None,
    }
)  # fmt: skip
_LATIN_FOLD = str.maketrans(
    {"ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ʾ": None, "ʿ": None}
)
# Signs of category Cf that are drawn: Arabic and Syriac ones around numbers, and the tags inside flags.
_DRAWN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U000e0020-\U000e007f]")
# Letters and marks that are nothing but a blank: fillers of Hangul, the empty Braille cell, joiners of graphemes.
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
_NO_LETTER = re.compile(r"[^\w]+", re.UNICODE)
_APOSTROPHE_LIKE = re.compile("['’‘ʼʾʿ`´]")


def clean(value: str) -> str:
    """`value` in NFC without control characters, NUL, lone surrogates and non-characters; line ends become LF."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", value))


def western_digits(value: str) -> str:
    """`value` with Arabic-Indic and Persian digits written 0–9."""
    return value.translate(_DIGITS)


def clean_line(value: str) -> str:
    """One line: cleaned, single spaces, without overrides of direction (U+202A–U+202E, U+2066–U+2069)."""
    return " ".join(_TURNING.sub("", clean(value)).split())


def clean_name(value: str) -> str:
    """A personal name: one clean line, apostrophes that DIN 91379 does not know mapped to ’."""
    return clean_line(value).translate(_APOSTROPHES)


def is_latin(value: str) -> bool:
    """Whether all letters of `value` are Latin ones (DIN 91379: also the half rings ʾ and ʿ)."""
    return all("LATIN" in unicodedata.name(c, "") or c in "ʾʿ" for c in value if c.isalpha())


def strip_invisible(value: str) -> str:
    """`value` without what nobody sees at its beginning and end; "" if there is nothing else.

    Invisible are blanks of any kind, controls and signs of format (Unicode's categories Z*, Cc and Cf). Inside they
    stay: Persian and Kurdish words need U+200C, families of emoji U+200D.
    """
    seen = [place for place, sign in enumerate(value) if not _is_invisible(sign)]
    return value[seen[0] : seen[-1] + 1] if seen else ""


def _is_invisible(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] == "Z" or category == "Cc" or sign in _BLANK or (category == "Cf" and not _DRAWN.match(sign))


def fold(value: str) -> str:
    """`value` as search compares it: lower case, no accents, one form of each Arabic letter, apostrophes gone.

    "Şêrîn Xelîlo" → "serin xelilo"; "شركة" and "شركه" → the same; "Işıldak" → "isildak"; "Gründung" → "grundung".
    """
    value = western_digits(clean(value)).replace("İ", "i")
    # Letters in disguise (𝐀, ﬁ, ℌ) show their case only once they are taken apart.
    value = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", value).casefold())
    value = "".join(c for c in value if not unicodedata.combining(c))
    value = unicodedata.normalize("NFC", value).translate(_ARABIC_FOLD).translate(_LATIN_FOLD)
    return " ".join(_NO_LETTER.sub(" ", _APOSTROPHE_LIKE.sub("", value)).split())


def sort_key(value: str) -> str:
    """A key that sorts names as people expect, whatever the server's collation (DIN 5007-1: ä like a)."""
    return fold(value)
