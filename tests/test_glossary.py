"""The catalogues keep to docs/glossary.csv."""

import csv
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]


def terms() -> dict[str, str]:
    with (ROOT / "docs" / "glossary.csv").open(encoding="utf-8") as file:
        return {row["de"]: row["ar"] for row in csv.DictReader(file)}


def entries(language: str) -> dict[tuple[str | None, str], str]:
    catalogue = polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in catalogue}


def test_a_sentence_that_is_a_term_is_translated_as_the_glossary_says():
    german, arabic, glossary = entries("de"), entries("ar"), terms()
    compared = 0
    for key, word in german.items():
        term = glossary.get(word) or glossary.get(word.replace(":in", "/in"))
        if term:
            compared += 1
            # The German word may stand beside the Arabic one, or be left out; a label may have the article.
            word_used, word_wanted = (text.partition(" (")[0].removeprefix("ال") for text in (arabic[key], term))
            assert word_used == word_wanted, f"{word}: {arabic[key]!r}, glossary {term!r}"
    assert compared > 5


@pytest.mark.parametrize(
    ("german", "never"),
    [
        ("Anfrage", "طلب"),  # reads as Antrag
        ("Erstgespräch", "مقابلة"),  # sounds like an asylum interview
        ("Gründungswerkstatt", "ورشة الت"),  # reads as a repair shop
    ],
)
def test_words_that_mislead_are_not_used(german, never):
    in_german, in_arabic = entries("de"), entries("ar")
    for key, sentence in in_german.items():
        if german in sentence:
            assert never not in in_arabic[key].split(), f"{sentence!r} → {in_arabic[key]!r}"
