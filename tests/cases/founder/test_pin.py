"""The step to level 2 of rule 13: only with the person's own PIN, for a short time, and not by guessing."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gruendungswerkstatt.common import clock
from intake import access, attempts, passes
from intake.models import Submission
from tests.factories.intake import SubmissionFactory

from .conftest import PIN, level_one, level_two

pytestmark = pytest.mark.django_db

PAGES = ("mine/", "messages/", "consents/", "views/", "data/", "data/file/", "deletion/")


@pytest.mark.parametrize("page", PAGES)
def test_number_and_code_alone_lead_to_the_pin(enquiry, page):
    assert level_one(enquiry).get(f"/de/status/{page}").url == "/de/status/pin/"


@pytest.mark.parametrize("page", [*PAGES, "pin/"])
def test_without_number_and_code_they_are_asked_first(enquiry, page):
    assert Client().get(f"/de/status/{page}").url == "/de/status/"


@pytest.mark.parametrize("typed", [PIN, "٤٨٢٩١٣", "۴۸۲۹۱۳", " 482 913 "])
def test_the_pin_in_any_digits_opens_the_own_page(enquiry, typed):
    browser = level_one(enquiry)
    assert browser.post("/ar/status/pin/", {"pin": typed}).url == "/ar/status/mine/"
    assert browser.get("/ar/status/mine/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_it_is_kept_or_told_to_others(enquiry, founders_case, page):
    response = level_two(enquiry).get(f"/de/status/{page}")
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    content = response.content.decode()
    assert PIN not in content
    assert "A7C-9KM-34T" not in content
    if page != "data/file/":
        title = content.partition("<title>")[2].partition("</title>")[0]
        assert title.startswith("Meine Seite")
        assert 'action="/de/intake/leave/"' in content


def test_the_cookie_is_of_its_own_and_tells_no_secret(enquiry):
    browser = level_two(enquiry)
    cookie = browser.cookies[passes.OWN_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert int(cookie["max-age"]) == 15 * 60
    assert enquiry.pin_hash not in cookie.value


def test_a_wrong_pin_opens_nothing(enquiry):
    browser = level_one(enquiry)
    response = browser.post("/de/status/pin/", {"pin": "482914"})
    assert response.status_code == 200
    assert "Diese PIN ist falsch." in response.content.decode()
    assert passes.OWN_COOKIE not in response.cookies
    assert "482914" not in response.content.decode()


def test_a_draft_has_no_own_page(db):
    browser = level_one(SubmissionFactory(draft=True))
    assert "wenn Sie Ihr Formular senden" in browser.get("/de/status/pin/").content.decode()
    assert browser.get("/de/status/mine/").url == "/de/status/pin/"


def test_who_has_no_pin_gets_it_only_at_the_desk(db):
    enquiry = SubmissionFactory(persona=7)
    browser = level_one(enquiry)
    page = browser.get("/de/status/pin/").content.decode()
    assert "nur bei uns im Büro" in page
    assert 'name="pin"' not in page
    for typed in ("", PIN):
        assert browser.post("/de/status/pin/", {"pin": typed, "pin_again": typed}).status_code == 200
    enquiry.refresh_from_db()
    assert enquiry.pin_hash == ""


class TestTime:
    def test_it_closes_after_a_quarter_of_an_hour_without_use(self, enquiry):
        start = clock.now()
        with clock.frozen(start):
            browser = level_two(enquiry)
        with clock.frozen(start + timedelta(minutes=14)):
            assert browser.get("/de/status/mine/").status_code == 200  # each look gives another quarter
        with clock.frozen(start + timedelta(minutes=28)):
            assert browser.get("/de/status/mine/").status_code == 200
        with clock.frozen(start + timedelta(minutes=44)):
            assert browser.get("/de/status/mine/").url == "/de/status/pin/"
            assert browser.get("/de/status/now/").status_code == 200  # level 1 lasts longer

    def test_closing_it_leaves_the_status_page_open(self, enquiry):
        browser = level_two(enquiry)
        assert browser.post("/de/status/close/").url == "/de/status/now/"
        assert browser.get("/de/status/mine/").url == "/de/status/pin/"
        assert browser.get("/de/status/now/").status_code == 200

    def test_leaving_quickly_closes_both(self, enquiry):
        browser = level_two(enquiry)
        browser.post("/de/intake/leave/")
        assert browser.get("/de/status/mine/").url == "/de/status/"

    def test_another_pin_closes_it(self, enquiry):
        browser = level_two(enquiry)
        access.set_pin(enquiry, "7391")
        assert browser.get("/de/status/mine/").url == "/de/status/pin/"

    def test_another_code_closes_it(self, enquiry):
        browser = level_two(enquiry)
        access.renew_code(enquiry)
        assert browser.get("/de/status/mine/").url == "/de/status/"

    def test_it_is_not_carried_over_to_another_enquiry(self, enquiry):
        browser = level_two(enquiry)
        other = SubmissionFactory(persona=6, pin_hash=enquiry.pin_hash)
        browser.post("/de/status/", {"reference": other.reference, "code": "A7C-9KM-34T"})
        assert browser.get("/de/status/mine/").url == "/de/status/pin/"

    @pytest.mark.parametrize("value", ["", "x", "a:b:c", "é" * 50])
    def test_a_cookie_that_was_not_made_here_opens_nothing(self, enquiry, value):
        browser = level_one(enquiry)
        browser.cookies[passes.OWN_COOKIE] = value
        assert browser.get("/de/status/mine/").url == "/de/status/pin/"


def tries(browser: Client, pin: str, times: int = 1):
    for _try in range(times):
        response = browser.post("/de/status/pin/", {"pin": pin})
    return response


class TestGuessing:
    def test_after_five_wrong_ones_there_is_a_pause_that_says_how_long(self, enquiry):
        start = clock.now()
        browser = level_one(enquiry)
        with clock.frozen(start):
            tries(browser, "000001", attempts.PIN_MOST_HERE)
        with clock.frozen(start + timedelta(minutes=6, seconds=10)):
            response = tries(browser, PIN)
        assert response.status_code == 429
        assert "9 Minuten" in response.content.decode()
        assert passes.OWN_COOKIE not in response.cookies

    def test_another_address_goes_on(self, enquiry):
        tries(level_one(enquiry), "000001", attempts.PIN_MOST_HERE)
        assert level_two(enquiry, REMOTE_ADDR="192.0.2.7").get("/de/status/mine/").status_code == 200

    def test_the_right_pin_clears_the_count_of_its_address(self, enquiry):
        for _round in range(3):
            tries(level_one(enquiry), "000001", attempts.PIN_MOST_HERE - 1)
            level_two(enquiry)

    def test_many_addresses_together_have_to_wait_too(self, enquiry):
        for number in range(attempts.PIN_MOST_AN_HOUR // 4):
            tries(level_one(enquiry, REMOTE_ADDR=f"192.0.2.{number}"), "000001", 4)
        assert tries(level_one(enquiry, REMOTE_ADDR="198.51.100.1"), PIN).status_code == 429

    def test_one_address_alone_cannot_lock_everybody_out(self, enquiry):
        tries(level_one(enquiry), "000001", 3 * attempts.PIN_MOST_AN_HOUR)
        level_two(enquiry, REMOTE_ADDR="192.0.2.7")

    def test_a_new_pin_from_the_desk_ends_every_pause(self, enquiry):
        browser = level_one(enquiry)
        tries(browser, "000001", attempts.PIN_MOST_HERE)
        access.set_pin(enquiry, "7391")
        assert tries(browser, "7391").status_code == 302

    def test_a_hundred_people_behind_one_address_all_get_in(self, enquiry):
        """A shelter, a library, the office's own wireless network."""
        people = [SubmissionFactory(persona=7, pin_hash=enquiry.pin_hash) for _person in range(100)]
        for person in people:
            browser = Client(REMOTE_ADDR="203.0.113.9")
            browser.post("/de/status/", {"reference": person.reference, "code": "WWW-WWW-WWW"})
            browser.post("/de/status/", {"reference": person.reference, "code": "A7C-9KM-34T"})
            assert tries(browser, "000001").status_code == 200
            assert tries(browser, PIN).status_code == 302

    def test_neither_number_pin_nor_address_stands_in_the_cache(self, enquiry, monkeypatch):
        seen: list[str] = []
        original = cache.add
        monkeypatch.setattr(cache, "add", lambda key, *a, **k: (seen.append(key), original(key, *a, **k))[1])
        tries(level_one(enquiry, REMOTE_ADDR="192.0.2.77"), "000001")
        assert len(seen) == 3
        for secret in (enquiry.reference, "000001", "192.0.2.77", enquiry.pin_hash):
            assert not any(secret in key for key in seen)


def test_desk_made_pins_are_allowed_ones(enquiry):
    pin = access.set_pin(enquiry)
    assert len(pin) == 6
    row = Submission.objects.get(pk=enquiry.pk)
    assert pin not in row.pin_hash
    assert row.version == enquiry.version + 1
