"""How the directory compares what people type with what the offers say: folded words, no database.

One typed word finds a text if the text contains it, or something very like it. German umlauts are found however they
are written ("Gründung", "Grundung", "Gruendung"), Arabic words with and without the article.
"""

from collections.abc import Iterable

from gruendungswerkstatt.common.text import clean, fold

MAX_LENGTH = 200  # characters of a query that are looked at
MAX_WORDS = 8
LONGEST_WORD = 40
SHORTEST_PART = 4
SHORTEST_STEM = 6
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
# The article and what is written together with it; folded letters.
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
# What people write around the words that matter; folded, left out unless nothing else was typed.
_FILLERS = frozenset(
    """
    ich wir sie mich mir mein meine meinen will mochte moechte wollen kann muss brauche suche finde gibt es ist bin
    der die das den dem ein eine einen einem einer und oder fur fuer mit ohne von vom zu zum zur im in am an auf bei
    wie was wo wer i we my me want would like need can how what where who is am are the a an and or for with to of on
    at from اريد احتاج ابحث عن في من الي علي مع او هل كيف ما اين هو هي انا لدي عندي هذا هذه
    """.split()  # noqa: SIM905 (a list of a hundred quoted words is harder to read)
)
_LINKING = ("es", "s", "n", "en", "er")  # between the parts of a German compound


def search_text(texts: Iterable[str]) -> str:
    """The folded words of `texts`, umlauts in both spellings, as `Offer.search_text` stores them."""
    joined = clean(" ".join(text for text in texts if text))
    folded = fold(joined)
    known = set(folded.split())
    spelled_out = [word for word in fold(joined.translate(_UMLAUTS)).split() if word not in known]
    return " ".join([folded, *dict.fromkeys(spelled_out)]).strip()


def search_words(query: str) -> list[str]:
    """The folded words of a query that are looked for, at most MAX_WORDS; [] if it has none of two letters or more."""
    typed = [word for word in fold(query[:MAX_LENGTH]).replace("_", " ").split() if len(word) > 1]
    words = [word for word in typed if word not in _FILLERS] or typed
    return list(dict.fromkeys(_without_article(word)[:LONGEST_WORD] for word in words))[:MAX_WORDS]


def compound_parts(word: str) -> list[tuple[str, str]]:
    """The ways to read a German compound as two words: "gruendungsberatung" → … ("gruendung", "beratung") …"""
    parts = []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, second = word[:cut], word[cut:]
        parts.append((first, second))
        parts += [
            (first[: -len(link)], second)
            for link in _LINKING
            if first.endswith(link) and len(first) - len(link) >= SHORTEST_PART
        ]
    return parts


def stem(word: str) -> str:
    """The beginning of a long word, the part of a compound that tells most: "friseu" of "friseursalon"; or ""."""
    return word[:SHORTEST_STEM] if len(word) >= SHORTEST_STEM + SHORTEST_PART else ""


def _without_article(word: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
