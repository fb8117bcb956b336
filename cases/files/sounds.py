"""How a name sounds, whatever its script: the same signs for محمد, Mohammed and Мохаммед. Pure functions.

A word becomes a line of signs, one for each sound. Small letters are sounds that every script writes; capitals are what
a script leaves open:

- `W` و (w, o, u); `Y` ي (y, i, e), `V` at the end, where Persian means a as well; `H` a final ه or ة; `A` a final ع
- `T` ث and "th"; `D` ذ ض ظ; `1` is "ch", `c` and `j` those letters in Latin, `q` is ğ
- `S` sh, `C` tsh, `J` dj and zh; `U`, `I`, `E` vowels written with two letters (ou, ie, ei)

`NEAR` says how far two signs are apart, `skeletons` what is left when everything that spellings disagree about is taken
out. Nothing here is ever shown: a Latin name is not derived by machine.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

MOST_WORDS = 8
MOST_READINGS = 4
VOWELS = frozenset("aeiouUIEA")
OPEN_ENDS = frozenset("aH")
SOFT_ENDS = frozenset("eEAhiIYV")

_ARABIC = {
    **dict.fromkeys("اآٱ", "a"), **dict.fromkeys("أإ", "a"), "ى": "a", "ئ": "Y", "ؤ": "W", "ء": "", "ع": "", "ە": "a",
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ة": "H", "ث": "T", "ج": "J", "چ": "C", "ح": "h", "خ": "x", "د": "d",
    "ذ": "D", "ض": "D", "ظ": "D", "ر": "r", "ڕ": "r", "ز": "z", "ژ": "J", "س": "s", "ص": "s", "ش": "S", "غ": "g",
    "ف": "f", "ڤ": "w", "ق": "k", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ه": "h",
    "ھ": "h", "و": "W", "ۆ": "o", "ي": "Y", "ی": "Y", "ې": "e", "ێ": "e", "ۇ": "u",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "w", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "o", "ж": "J", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ц": "ts", "ч": "C", "ш": "S", "щ": "SC", "ъ": "", "ы": "i",
    "ь": "", "э": "e", "ю": "ju", "я": "ja",
}  # fmt: skip
# Longest first: German, English and French ways of writing one sound.
_LATIN = {
    "schtsch": "SC", "shch": "SC", "tsch": "C", "dsch": "J", "tch": "C", "sch": "S", "dzh": "J", "dsh": "J", "sh": "S",
    "ch": "1", "zh": "J", "dj": "J", "kh": "x", "gh": "g", "th": "T", "dh": "D", "ph": "f", "ck": "k", "tz": "ts",
    "ou": "U", "oo": "U", "uu": "U", "ee": "I", "ie": "I", "ei": "E", "ai": "E", "ey": "E", "ay": "E", "aa": "a",
    "oe": "o", "ue": "u",
    "ş": "S", "š": "S", "ç": "C", "č": "C", "ž": "J", "ğ": "q", "ı": "i", "ß": "s", "ä": "a", "ö": "o", "ü": "u",
    "q": "k", "v": "w", "x": "x", "ł": "l", "đ": "d", "ø": "o", "æ": "a",
}  # fmt: skip
_LATIN_PIECE = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)) + "|[a-z]")
# "Natalija", "Nataliia", "Nataliya"; "Serhij", "Serhiy", "Serhii"; y between consonants is a vowel (Iryna).
_SLAVIC = (
    (re.compile("[iy][yi]a"), "ia"), (re.compile("[iy][yji]$"), "i"),
    (re.compile("(?<=[^aeiouy])y(?=[^aeiouy]|$)"), "i"),
)  # fmt: skip
_ETHIOPIC = {
    "H": "h", "L": "l", "HH": "h", "M": "m", "SZ": "s", "R": "r", "S": "s", "SH": "S", "Q": "k", "QH": "k", "B": "b",
    "V": "w", "T": "t", "C": "C", "X": "x", "N": "n", "NY": "n", "GLOTTAL": "", "K": "k", "KX": "x", "W": "w",
    "PHARYNGEAL": "", "Z": "z", "ZH": "J", "Y": "y", "D": "d", "DD": "d", "J": "J", "G": "g", "GG": "g", "TH": "t",
    "CH": "C", "PH": "p", "TS": "ts", "TZ": "ts", "F": "f", "P": "p", "KW": "k", "QW": "k", "XW": "x", "GW": "g",
}  # fmt: skip
_ETHIOPIC_VOWELS = {"A": "e", "U": "u", "I": "i", "AA": "a", "EE": "e", "E": "", "O": "o", "WA": "a", "WAA": "a"}
_ETHIOPIC_NAME = re.compile(r"ETHIOPIC SYLLABLE (GLOTTAL |PHARYNGEAL )?([^AEIOU]*)(AA|EE|[AUIEO])$")

# What says nothing about a person: articles, "son of".
_ARTICLES = frozenset(
    ("al", "el", "ul", "il", "as", "es", "ash", "esh", "asch", "an", "en", "ar", "er", "ad", "ed", "at", "et", "az")
) | frozenset(("bin", "ibn", "ben", "bint", "ال", "بن", "ابن", "بنت"))
_SERVANT = frozenset(("abd", "abdu", "abdul", "abdel", "abdal", "abdol", "abdur", "abdus", "abdun", "عبد"))
_FUSED_ARTICLE = re.compile(r"^(?:(?:al|el|ul)(?=.{3})|[ae]([rsntdz])(?=\1.{2}))")
_SERVANT_FUSED = re.compile(r"^(abd)[aeou]?(?:l|([rsntdz])(?=\2))")
_OF_GOD = frozenset(("الله", "اللہ", "ullah", "allah", "uddin", "eddin", "addin", "الدين", "الدین"))
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]|['’‘ʼʾʿ`´]")


def words_of(spelling: str) -> list[tuple[str, ...]]:
    """The words of a name as they sound, each in every reading that is possible; at most MOST_WORDS.

    "Mohamad el Ali" → [("mohamad",), ("ali",)]; "Alali" may begin with the article: ("alali", "ali").
    """
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKC", spelling)).replace("İ", "i"))
    found: list[tuple[str, ...]] = []
    pending = ""
    written = _WORD.findall(text.lower().replace("\u200c", ""))
    for place, word in enumerate(written):
        is_last = place == len(written) - 1
        if word in _SERVANT and not is_last:
            pending = word[:3]  # "abd", "عبد": one word with what follows
            continue
        if word in _ARTICLES and not is_last and (not is_latin(word) or place or len(word) == 2):
            continue
        if word in _OF_GOD and found and not pending:
            word, _alone = written[place - 1] + word, found.pop()  # Najib ullah, نجیب الله
        found.append(_readings(pending, word))
        pending = ""
    return [readings for readings in found if readings][:MOST_WORDS]


def is_latin(word: str) -> bool:
    return "LATIN" in unicodedata.name(word[0], "")


def is_abjad(word: str) -> bool:
    """Whether `word` is written without its short vowels."""
    return "ARABIC" in unicodedata.name(word[0], "")


@lru_cache(maxsize=20_000)
def _readings(before: str, word: str) -> tuple[str, ...]:
    spellings = [word]
    if is_abjad(word):
        if word.startswith("ال") and len(word) > 4:
            spellings = [word[2:], word]
        if word.startswith("عبد") and len(word) > 4:
            spellings = ["عبد" + word[3:].removeprefix("ال")]
    elif is_latin(word):
        if stripped := _SERVANT_FUSED.sub(r"\1", word) if len(word) > 5 else "":
            spellings = [stripped]
        if not before and (match := _FUSED_ARTICLE.match(word)):
            spellings = [word, word[match.end() :]]
        if "x" in word:  # Xelîlo, but Alexandr
            spellings += [one.replace("x", "ks") for one in spellings]
    if before:
        spellings = [word.removeprefix("ال")] if is_abjad(word) else [word]
    readings = (_joined(before, one) for one in spellings)
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _joined(before: str, word: str) -> str:
    return _once(sounds(before) + sounds(word).lstrip("~")) if before else sounds(word)


def sounds(word: str) -> str:
    """One word, in lower case, as signs; a sound that is written twice is there once. A leading "~" marks an abjad."""
    if is_abjad(word):
        signs = "".join(_ARABIC.get(sign, "") for sign in word.removeprefix("ئ"))
        end = word[-1]
        if end in "هھ" and len(word) > 2:
            signs = signs[:-1] + "H"
        elif end in "يی" and len(word) > 2:
            signs = signs[:-1] + "V"
        elif end == "ع":
            signs += "A"
        return "~" + _once(signs) if signs else ""
    if is_latin(word):
        return _once(_latin(word))
    signs = "".join(_CYRILLIC[sign] if sign in _CYRILLIC else _syllable(sign) for sign in word)
    for pattern, reading in _SLAVIC:
        signs = pattern.sub(reading, signs)
    return _once(signs)


def _latin(word: str) -> str:
    # Letters that mean a sound of their own keep their mark, the others lose it.
    plain = "".join(
        sign
        if sign in _LATIN
        else "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c))
        for sign in word
    )
    for pattern, reading in _SLAVIC:
        plain = pattern.sub(reading, plain)
    signs = "".join(_LATIN.get(piece, piece) for piece in _LATIN_PIECE.findall(plain))
    return re.sub("(?<=[aeiou])h$", "", signs)  # Fatimah


def _unmarked(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


def _syllable(sign: str) -> str:
    found = _ETHIOPIC_NAME.match(unicodedata.name(sign, ""))
    if found is None:
        return ""
    throat, consonant, vowel = found.groups()
    if throat:
        return {"A": "a", "E": "e"}.get(vowel, _ETHIOPIC_VOWELS[vowel])
    return _ETHIOPIC.get(consonant, "") + _ETHIOPIC_VOWELS[vowel]


def _once(signs: str) -> str:
    return re.sub(r"(.)\1+", r"\1", signs)


def _near(table: dict[str, float]) -> dict[tuple[str, str], float]:
    both = {}
    for pair, cost in table.items():
        both[pair[0], pair[1]] = both[pair[1], pair[0]] = cost
    return both


# Signs that stand for one another in spellings of the same name, and how much that costs; everything else costs 1.
NEAR = _near(
    {
        "ae": 0.15, "ei": 0.15, "ou": 0.0, "ai": 0.5, "ao": 0.6, "au": 0.6, "eo": 0.5, "eu": 0.5, "io": 0.5, "iu": 0.5,
        "Uu": 0.0, "Uo": 0.05, "Ii": 0.0, "Ie": 0.1, "Ee": 0.1, "Ei": 0.1, "Ea": 0.2, "Ey": 0.1, "Ej": 0.15,
        "Wu": 0.0, "Wo": 0.0, "Ww": 0.0, "WU": 0.0, "We": 0.6, "Wa": 0.6, "Wi": 0.6,
        "Yi": 0.0, "Ye": 0.05, "Yy": 0.0, "YI": 0.0, "YE": 0.0, "Yj": 0.0, "Ya": 0.6, "Yu": 0.6,
        "yi": 0.05, "yI": 0.05, "ye": 0.3, "ji": 0.05, "jy": 0.0, "jJ": 0.0, "jI": 0.1, "Jy": 0.5, "Jg": 0.4,
        "Hh": 0.0, "Ha": 0.0, "He": 0.05, "Aa": 0.0, "Ae": 0.05, "Ai": 0.2, "AI": 0.2,
        "sS": 0.15, "sz": 0.15, "SC": 0.3, "sC": 0.35, "S1": 0.1, "C1": 0.0, "x1": 0.1, "k1": 0.2, "h1": 0.3,
        "ck": 0.0, "cj": 0.1, "c1": 0.1, "SJ": 0.3, "EI": 0.1, "Vi": 0.0, "Ve": 0.05, "VI": 0.0, "VE": 0.1, "VY": 0.0,
        "Vy": 0.05, "Vj": 0.05, "Va": 0.3, "cC": 0.05, "cJ": 0.1, "cs": 0.15, "cz": 0.3, "jS": 0.3, "CJ": 0.4,
        "zJ": 0.4,
        "xk": 0.2, "xh": 0.15, "kh": 0.6, "kg": 0.3, "gh": 0.25, "qg": 0.0, "qh": 0.2, "qy": 0.2, "xg": 0.4,
        "td": 0.25, "Tt": 0.0, "Ts": 0.05, "Dd": 0.0, "Dz": 0.05, "dz": 0.5, "ts": 0.7,
        "bp": 0.25, "wf": 0.3, "wb": 0.4, "mn": 0.5, "wu": 0.2, "wo": 0.3,
    }
)  # fmt: skip
_LEFT_OUT = {
    **dict.fromkeys("aeiou", 0.25), **dict.fromkeys("UIE", 0.8), "A": 0.0, "H": 0.5, "h": 0.4, "q": 0.05, "y": 0.3,
    "j": 0.1, "W": 0.6, "Y": 0.6, "V": 0.6, "w": 0.6,
}  # fmt: skip
_SHORT_AGAINST_ABJAD = 0.06
_LONG_IN_ABJAD = {"a": 0.25, "W": 1.0, "Y": 1.0, "V": 1.0, "H": 0.6, "A": 0.0}
_OPEN_END_CAP = 0.74
_LEAST_LENGTH = 2.2


@lru_cache(maxsize=200_000)
def alikeness(one: str, other: str) -> float:
    """How alike two words sound: 1 the same, 0 nothing in common."""
    if one == other:
        return 1.0
    abjads = one.startswith("~") + other.startswith("~")
    is_mixed = abjads == 1
    a, b = one.lstrip("~"), other.lstrip("~")
    left_out_a = [_left_out(sign, one.startswith("~"), abjads, is_mixed) for sign in a]
    left_out_b = [_left_out(sign, other.startswith("~"), abjads, is_mixed) for sign in b]
    row = [0.0]
    for cost in left_out_b:
        row.append(row[-1] + cost)
    for i, sign in enumerate(a):
        above, row = row, [row[0] + left_out_a[i]]
        for j, against in enumerate(b):
            swap = 0.0 if sign == against else NEAR.get((sign, against), 0.5 if {sign, against} <= VOWELS else 1.0)
            row.append(min(above[j] + swap, above[j + 1] + left_out_a[i], row[j] + left_out_b[j]))
    length = max(_LEAST_LENGTH, _length(a), _length(b))
    alike = max(0.0, 1 - row[-1] / length)
    # Amir and Amira, Oleksandr and Oleksandra are two people; a mute or unwritten end is no such sign.
    is_open, ends = (a[-1] in OPEN_ENDS, b[-1] in OPEN_ENDS), {a[-1], b[-1]}
    return min(alike, _OPEN_END_CAP) if is_open[0] != is_open[1] and not ends & SOFT_ENDS else alike


def _left_out(sign: str, is_abjad_sign: bool, abjads: int, is_mixed: bool) -> float:
    if is_abjad_sign:
        if sign in _LONG_IN_ABJAD:
            return _LONG_IN_ABJAD[sign] if abjads == 2 else min(_LONG_IN_ABJAD[sign], 0.5)
        return _LEFT_OUT.get(sign, 1.0)
    return _SHORT_AGAINST_ABJAD if is_mixed and sign in "aeiou" else _LEFT_OUT.get(sign, 1.0)


def _length(signs: str) -> float:
    return sum(0.4 if sign in VOWELS else 1.0 for sign in signs)


_BONES = {
    **dict.fromkeys("szSCJ", "S"), **dict.fromkeys("kgxh", "K"), **dict.fromkeys("td", "T"), **dict.fromkeys("bp", "P"),
    "f": "F", "l": "L", "m": "M", "n": "N", "r": "R", "1": "SK", "c": "KS", "T": "TS", "D": "TS", "q": "-K", "j": "-S",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def skeletons(readings: tuple[str, ...]) -> frozenset[str]:
    """What is left of a word without vowels, w, y and a final h, in coarse classes of sound; at most MOST_READINGS.

    Words that are spellings of one another have one in common. "Kovalchuk", "Kowaltschuk", "Ковальчук" → "KLSK".
    """
    found: dict[str, None] = {}
    for reading in readings:
        choices = [_BONES.get(sign, "-") for sign in reading.lstrip("~")]
        if len([choice for choice in choices if len(choice) > 1]) > 2:
            choices = [choice[0] for choice in choices]
        for bones in product(*choices):
            found[_once("".join(bones).replace("-", "")) or "O"] = None
    return frozenset(list(found)[:MOST_READINGS])
