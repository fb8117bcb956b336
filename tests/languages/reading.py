"""What somebody reads or hears on a page, and which of its words belong to another language.

A word may stand in a foreign language if it is a name or a German term that glossary and directory know. Whatever
people typed is taken out before: it stays in the language it was typed in.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).parent / "words"
ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "label")
SILENT = frozenset(["script", "style", "template", "code"])
INLINE = frozenset(["bdi", "span", "em", "strong", "q"])
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


def _words(name: str) -> frozenset[str]:
    return frozenset((WORDS / f"{name}.txt").read_text(encoding="utf-8").split())


# Names and abbreviations that are the same in every language.
EVERYWHERE = _words("everywhere")
# German words an English page must not show, English ones a German page must not show.
GERMAN = _words("german")
ENGLISH = _words("english")
# Addresses, codes, placeholders: the same in every language.
_PATH = re.compile(r"(?<!\w)/(?:de|ar|en)/\S*")
_SIGNS = re.compile(r"https?://\S+|\S+@\S+|[\w-]+\.(?:example|org|de)\S*|(?<!\w)[0-9A-Z]{3}(?:-[0-9A-Z]{3}){2}|\{\w+\}")
_GROUP_OF_CODE = re.compile(r"[0-9A-Z]{3}|(?:[0-9A-Z] ){2}[0-9A-Z]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\wÀ-ɏ'’]*")


@dataclass(frozen=True)
class Piece:
    """A text of a page with the language it says it is in; `is_term`: what says so stands inside a sentence."""

    text: str
    language: str
    is_term: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._open: list[tuple[str, str, bool, bool]] = [("", "", False, False)]

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        _tag, language, silent, _is_term = self._open[-1]
        language = found.get("lang") or language
        silent = silent or tag in SILENT
        if not silent:
            self._add([found.get(name) for name in ATTRIBUTES], language)
            if tag == "input" and found.get("type") in ("submit", "button"):
                self._add([found.get("value")], language)
        # What stands in a field was typed by somebody or is an example of markup.
        if tag not in VOID:
            is_term = tag in INLINE if found.get("lang") else self._open[-1][3]
            self._open.append((tag, language, silent or tag == "textarea", is_term))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if len(self._open) > 1 and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data):
        if not self._open[-1][2]:
            self._add([data], self._open[-1][1])

    def _add(self, texts, language):
        is_term = self._open[-1][3]
        self.pieces += [Piece(" ".join(text.split()), language, is_term) for text in texts if text and text.strip()]


def pieces(html: str) -> list[Piece]:
    """The texts of a page in order: what is shown, what a screen reader says, what appears on hovering."""
    reader = _Reader()
    reader.feed(html)
    return reader.pieces


def foreign_words(html: str, language: str, own_words: Iterable[str] = ()) -> list[str]:
    """Words and whole texts of `html` that do not belong on a page in `language`, each with the text around it."""
    own = sorted({word for word in own_words if len(word) > 1}, key=len, reverse=True)
    found: list[str] = []
    for piece in pieces(html):
        text = _PATH.sub(" ", piece.text)
        for word in own:
            text = text.replace(word, " ")
        if not _GROUP_OF_CODE.fullmatch(text):
            found += [f"{word!r} in {piece.text!r}" for word in _foreign(_SIGNS.sub(" ", text), piece, language)]
    return list(dict.fromkeys(found))


def _foreign(text: str, piece: Piece, page: str) -> Iterator[str]:
    words = [word.strip("'’") for word in _LATIN.findall(text)]
    if piece.language != page:  # a whole text in another language says so; a term inside a sentence has to be known
        if page == "ar" and piece.is_term:
            yield from (word for word in words if word not in terms())
        return
    if text.strip() in untranslated(page) and text.strip() not in EVERYWHERE:
        yield text.strip()
    if page == "ar":
        yield from (word for word in words if len(word) > 1 and word not in terms())
        return
    for phrase in phrases():
        text = text.replace(phrase, " ")
    words = [word for word in _LATIN.findall(text) if word not in EVERYWHERE]
    if page == "en":
        yield from (word for word in words if word in GERMAN or re.search("[ÄÖÜäöüß]", word))
    else:
        yield from (word for word in words if word.lower() in ENGLISH)


@cache
def phrases() -> tuple[str, ...]:
    """German terms of the glossary and names of bodies and towns, the longest first."""
    found = set((WORDS / "phrases.txt").read_text(encoding="utf-8").splitlines())
    with (ROOT / "docs" / "glossary.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.update((row["de"], row["de"].replace("/in", ":in"), *_latin_parts(row["ar"])))
    for name in ("organisations", "municipalities", "offers", "topics"):
        data = json.loads((ROOT / "network" / "directory" / "data" / f"{name}.json").read_text(encoding="utf-8"))
        # German words in Arabic texts of the directory were put there by hand.
        found.update(part for text in _strings(data, "ar") for part in _latin_parts(text))
        if name in ("organisations", "municipalities"):
            found.update(_strings(data, "de", only="name"))
            # An English name has the German one in brackets.
            found.update(part for text in _strings(data, "en", only="name") for part in re.findall(r"\((.*?)\)", text))
    found.update(part for name in list(found) for part in name.split(" – "))
    return tuple(sorted(found - {""}, key=len, reverse=True))


def _latin_parts(text: str) -> list[str]:
    """The runs of Latin words in a text."""
    return [run.strip(" .,-–/") for run in re.findall(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .,’'/&–-]*", text)]


@cache
def terms() -> frozenset[str]:
    """The single words of `phrases`, and what is the same in every language."""
    return EVERYWHERE | {word for phrase in phrases() for word in _LATIN.findall(phrase)}


def _strings(data, language: str, only: str = "") -> Iterator[str]:
    """Texts in `language` of the directory's data, which has {"de": …, "ar": …} or rows with "name"."""
    if isinstance(data, list):
        for one in data:
            yield from _strings(one, language, only)
    elif isinstance(data, dict):
        if language in data and isinstance(data[language], str):
            yield data[language]
        for key, value in data.items():
            if not only or key == only or isinstance(value, list):
                yield from _strings(value, language, only)


@cache
def untranslated(language: str) -> frozenset[str]:
    """English texts of the sources that read differently in `language`."""
    if language == "en":
        return frozenset()
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    same = {entry.msgid for entry in catalogue if entry.msgstr == entry.msgid}
    german_words = {entry.msgstr for entry in catalogue}
    texts = {text for entry in catalogue for text in (entry.msgid, entry.msgid_plural) if text}
    return frozenset(texts - same - german_words)
