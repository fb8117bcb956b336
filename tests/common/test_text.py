"""Text as people type it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common import text

WILD = st.text(st.characters(), max_size=200)  # surrogates, controls, everything


@given(WILD)
def test_cleaned_text_can_be_stored_and_is_clean_for_good(value):
    cleaned = text.clean(value)
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")  # no lone surrogates
    assert unicodedata.is_normalized("NFC", cleaned)
    assert text.clean(cleaned) == cleaned


@given(WILD)
def test_folding_is_stable(value):
    assert text.fold(text.fold(value)) == text.fold(value)


@given(st.text(max_size=50))
def test_decomposed_and_composed_input_fold_to_the_same(value):
    value = text.clean(value)
    assert text.fold(unicodedata.normalize("NFD", value)) == text.fold(value)


@pytest.mark.parametrize(
    ("typed", "search"),
    [
        ("Şêrîn Xelîlo", "serin xelilo"),
        ("Çağrı Işıldak", "cagri isildak"),
        ("IŞILDAK", "isildak"),
        ("ʿAbd al-Ġanī", "abd al gani"),
        ("Straße", "strasse"),
        ("شركة", "شركه"),
        ("أسماء عبد الغني", "اسما عبد الغنى"),
        ("گلالی", "كلالى"),
        ("٠١٢٣", "0123"),
        ("O’Neill", "ONeill"),
    ],
)
def test_search_finds_other_spellings(typed, search):
    assert text.fold(typed) == text.fold(search)


def test_different_names_stay_different():
    assert text.fold("Ahmad al-Hasan") != text.fold("Ahmad al-Husain")
    assert text.fold("شيرين") != text.fold("شروان")


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_arabic_and_persian_digits_are_read(digits):
    assert text.western_digits(digits) == "0123456789"


def test_line_ends_and_tabs_survive_cleaning():
    assert text.clean("a\r\nb\rc\td\x07") == "a\nb\nc\td"


def test_apostrophes_that_registers_do_not_know_are_mapped():
    assert text.clean_name("  Mo\u02bcmen   O\u2018Hara ") == "Mo’men O’Hara"
    assert text.clean_name("ʾIbrāhīm ʿAlī") == "ʾIbrāhīm ʿAlī"  # U+02BE, U+02BF are in DIN 91379


INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2069\u00ad\u061c\u00a0\u3000\u2028\u3164\u2800 \t\n"


@given(st.text(INVISIBLE, max_size=20))
def test_what_nobody_sees_is_no_text(value):
    assert text.strip_invisible(value) == ""


@given(st.text(INVISIBLE, max_size=5), st.text(INVISIBLE, max_size=5), st.text(INVISIBLE, max_size=5))
def test_invisible_signs_go_at_the_ends_and_stay_inside(before, inside, after):
    assert text.strip_invisible(f"{before}می{inside}خواهم{after}") == f"می{inside}خواهم"


@given(WILD)
def test_stripping_takes_nothing_from_the_middle_and_ends(value):
    stripped = text.strip_invisible(value)
    assert stripped in value
    assert text.strip_invisible(stripped) == stripped


@pytest.mark.parametrize(
    "value",
    ["می\u200cخواهم", "👨\u200d👩\u200d👧", "\u06dd", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"],
)
def test_what_is_drawn_stays_whole(value):
    assert text.strip_invisible(value) == value
