"""Words are compared folded: case, accents, umlauts, Arabic letter variants and articles make no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.directory.rules import LONGEST_WORD, MAX_WORDS, compound_parts, search_text, search_words, stem


@pytest.mark.parametrize("typed", ["Gründung", "grundung", "Gruendung", "GRÜNDUNG", "Gru\u0308ndung"])
def test_every_spelling_of_an_umlaut_is_in_the_text(typed):
    (word,) = search_words(typed)
    assert word in search_text(["Wir helfen bei der Gründung"]).split()


@pytest.mark.parametrize("typed", ["شركة", "شركه", "الشركة", "والشركة", "بالشركة"])
def test_arabic_variants_and_articles_are_one_word(typed):
    assert search_words(typed) == ["شركه"]


def test_words_around_the_question_are_left_out():
    assert search_words("Ich möchte einen Friseursalon") == ["friseursalon"]
    assert search_words("How can I get a loan") == ["get", "loan"]
    assert search_words("أريد قرض") == ["قرض"]


def test_a_query_of_fillers_alone_is_taken_as_it_is():
    assert search_words("in der") == ["in", "der"]


@pytest.mark.parametrize("nothing", ["", "   ", "%", "___", "?!…", "\u200f", "😀"])
def test_a_query_without_letters_looks_for_nothing(nothing):
    assert search_words(nothing) == []


def test_a_compound_can_be_read_as_its_parts():
    assert ("grundung", "beratung") in compound_parts("grundungsberatung")
    assert compound_parts("kredit") == []


def test_a_long_word_has_a_stem_and_a_short_one_none():
    assert stem("friseursalon") == "friseu"
    assert stem("friseur") == ""


@given(st.text(max_size=10_000))
def test_any_input_gives_few_plain_words(typed):
    words = search_words(typed)
    assert len(words) <= MAX_WORDS
    assert all(len(word) <= LONGEST_WORD for word in words)
    assert all(word and not set(word) & set("%_\\'\" \x00") for word in words)
