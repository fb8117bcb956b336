"""Trying too often leads to a pause, for one thing and address, and to a page that keeps what was typed."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from gruendungswerkstatt.common.limits import MINUTE, Paused, Tries, key, limited
from gruendungswerkstatt.common.pause_page import PauseMiddleware


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@limited("form", most=3, seconds=15 * MINUTE)
def form(request):
    return HttpResponse("sent")


def test_pause_comes_after_the_last_allowed_try_and_ends_by_itself():
    tries = Tries(key("thing", "192.0.2.1"), 3, 15 * MINUTE)
    for _try in range(3):
        tries.spend()
    with pytest.raises(Paused) as paused:
        tries.spend()
    assert paused.value.minutes == 15
    tries.forget()
    tries.refuse()


def test_others_at_the_same_address_and_the_same_thing_elsewhere_go_on():
    for reference in range(100):  # a shelter behind one address
        Tries(key("code", str(reference), "192.0.2.1"), 1, MINUTE).spend()
    Tries(key("code", "0", "192.0.2.2"), 1, MINUTE).spend()
    with pytest.raises(Paused):
        Tries(key("code", "0", "192.0.2.1"), 1, MINUTE).spend()


def test_one_network_of_a_person_counts_once():
    assert key("x", "2001:db8:1:2::1") == key("x", "2001:db8:1:2:ffff::9")
    assert key("x", "2001:db8:1:2::1") != key("x", "2001:db8:1:3::1")
    assert key("x", "192.0.2.1") != key("x", "192.0.2.2")
    assert key("a", "b:c") != key("a:b", "c")
    assert "192.0.2.1" not in key("x", "192.0.2.1")


def test_a_demonstration_shuts_nobody_out(settings):
    settings.DEMO = True
    tries = Tries(key("thing"), 1, MINUTE)
    for _try in range(5):
        tries.spend()
        tries.claim()


def test_no_view_is_held_up_while_the_cache_is_gone(monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args: True)
    for _try in range(10):
        Tries(key("thing"), 3, MINUTE).spend()
    with pytest.raises(Paused):
        Tries(key("short secret"), 3, MINUTE).claim()


TYPED = {
    "name": 'Şêrîn "<b>',
    "ways": ["a", "b"],
    "password": "geheim-1",
    "code": "geheim-2",
    "pin": "geheim-3",
    "csrfmiddlewaretoken": "geheim-4",
}
WORDS = {"de": "Bitte warten", "ar": "يُرجى الانتظار", "en": "Please wait"}


@pytest.mark.parametrize("language", WORDS)
def test_page_says_when_to_come_back_and_keeps_what_was_typed(language):
    request = RequestFactory().post(f"/{language}/form/?x=1", TYPED)
    page = PauseMiddleware(lambda _request: HttpResponse()).process_exception(request, Paused(200))
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (429, "200", "no-store")
    assert WORDS[language] in text
    assert f'<html lang="{language}"' in text
    assert f'action="/{language}/form/?x=1"' in text
    assert 'name="name" value="Şêrîn &quot;&lt;b&gt;"' in text
    assert text.count('name="ways"') == 2
    assert "geheim" not in text
    assert "<bdi>4</bdi>" in text


def test_other_errors_are_not_ours():
    middleware = PauseMiddleware(lambda _request: HttpResponse(status=429))
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None
    assert middleware(RequestFactory().get("/"))["Retry-After"] == "900"


def test_forms_anybody_can_send_are_counted_per_address():
    requests = RequestFactory()
    for _try in range(5):
        form(requests.get("/de/form/"))
    for _try in range(3):
        form(requests.post("/de/form/"))
    with pytest.raises(Paused):
        form(requests.post("/de/form/"))
    assert form(requests.post("/de/form/", REMOTE_ADDR="192.0.2.9")).content == b"sent"
