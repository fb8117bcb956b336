"""What comes in is cleaned before any form sees it."""

import unicodedata

from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common.middleware import CleanInputMiddleware


def seen_by_the_view(request):
    CleanInputMiddleware(lambda r: HttpResponse())(request)
    return request


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_whatever_is_posted_can_be_stored(value):
    request = seen_by_the_view(RequestFactory().post("/", {"field": value}))
    assert "\x00" not in request.POST["field"]
    assert unicodedata.is_normalized("NFC", request.POST["field"])


def test_several_values_of_one_field_all_arrive():
    request = seen_by_the_view(RequestFactory().post("/", {"topics": ["a\x00", "b"]}))
    assert request.POST.getlist("topics") == ["a", "b"]


def test_addresses_are_cleaned_too():
    request = seen_by_the_view(RequestFactory().get("/?q=a%00b%ED%A0%80"))
    assert "\x00" not in request.GET["q"]
    request.GET["q"].encode("utf-8")


def test_passwords_are_left_as_typed():
    decomposed = unicodedata.normalize("NFD", "Schlüssel-für-alle")
    request = seen_by_the_view(RequestFactory().post("/", {"password": decomposed}))
    assert request.POST["password"] == decomposed
