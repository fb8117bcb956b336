"""Codes that people read aloud and type again."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common import codes


def test_a_code_has_at_least_40_bits_and_no_ambiguous_signs():
    assert codes.CODE_LENGTH * math.log2(len(codes.ALPHABET)) >= 40
    assert not set("01OIL5S2ZB8UV") & set(codes.ALPHABET)
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)


def test_new_codes_differ():
    assert len({codes.new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed", ["a7c-9km-34t", "A7C9KM34T", " a7c 9km ٣٤t ", "A7C–9KM–34T", "\u200fA7C-9KM-34T\u200f"]
)
def test_a_code_is_read_however_it_is_typed(typed):
    digest = codes.code_digest("A7C-9KM-34T", salt="1234-5678")
    assert codes.is_code(typed, digest, salt="1234-5678")


def test_a_code_belongs_to_its_reference():
    digest = codes.code_digest("A7C-9KM-34T", salt="1234-5678")
    assert not codes.is_code("A7C-9KM-34T", digest, salt="1234-5679")
    assert not codes.is_code("A7C-9KM-34W", digest, salt="1234-5678")


@given(st.text(st.characters(), max_size=100))
def test_nothing_typed_breaks_reading(typed):
    assert not codes.is_code(typed, codes.code_digest(codes.new_code(), salt="x"), salt="x")
    assert codes.normalise_reference(typed) == "" or len(codes.normalise_reference(typed)) == 9


@pytest.mark.parametrize("typed", ["1234-5678", "12345678", "١٢٣٤ ٥٦٧٨", "۱۲۳۴۵۶۷۸", "Nr. 1234–5678"])
def test_a_reference_is_read_however_it_is_typed(typed):
    assert codes.normalise_reference(typed) == "1234-5678"


def test_a_code_made_under_an_earlier_key_opens_as_long_as_the_key_is_kept(settings):
    settings.CODE_KEY, settings.CODE_KEY_FALLBACKS = "first key", []
    digest = codes.code_digest("A7C-9KM-34T", salt="1234-5678")
    settings.CODE_KEY = "second key"
    assert not codes.is_code("A7C-9KM-34T", digest, salt="1234-5678")
    settings.CODE_KEY_FALLBACKS = ["another key", "first key"]
    assert codes.is_code("A7C-9KM-34T", digest, salt="1234-5678")
    assert not codes.is_code("A7C-9KM-34W", digest, salt="1234-5678")
    assert codes.code_digest("A7C-9KM-34T", salt="1234-5678") != digest
