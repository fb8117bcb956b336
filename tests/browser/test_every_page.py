"""Every page × language × role is there for everybody: WCAG 2.2 AA, keyboard, reflow, large letters, dark, paper, calm.

Pages come from the test client (visits.py) and are shown to Chromium as the portal sends them, headers included;
styles and scripts come from the build, nothing else is reachable.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from playwright.sync_api import Page as Tab

from gruendungswerkstatt.content import published
from tests.access.rows import ROWS
from tests.browser import checks
from tests.browser.person import Person
from tests.browser.visits import NO_PAGES, Guide, Page, draw

BASE = "http://localhost"  # a secure context; nothing listens, every answer is given here
# A phone; a desk; 1280 px at 400 % (WCAG 1.4.10), which is also the smallest phone.
WIDTHS = {"ar": 360, "de": 1280, "en": 320}
PAGES = [row for row in ROWS if row.name not in NO_PAGES]
# One page of each room, for every run.
FEW = {
    "account_login",
    "people:member_list",
    "intake:start",
    "status:own_detail",
    "cases:case_detail",
    "directory:offer_list",
    "referrals:referral_detail",
    "appointments:appointment_new",
    "messages:text_edit",
    "content:page_detail",
    "retention:period_list",
}
LANGUAGES = pytest.mark.parametrize("language", WIDTHS)
EVERY_PAGE = pytest.mark.parametrize(
    "row", [pytest.param(row, id=row.name, marks=pytest.mark.long if row.name not in FEW else ()) for row in PAGES]
)


@pytest.fixture(scope="module")
def db(browser, django_db_setup, django_db_blocker):
    """One transaction around the module: the offices are made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
        published.kept.forget()


@pytest.fixture(scope="module")
def guide(db):
    with override("de"):
        return Guide()


class Screen:
    """A window of a browser in which drawn pages are shown."""

    def __init__(self, browser, language: str, axe: str):
        size = {"width": WIDTHS[language], "height": 800}
        self._context = browser.new_context(viewport=size, reduced_motion="reduce")
        self._context.route("**/*", self._answer)
        self._page: Page | None = None
        self._person = Person(self._context.new_page(), BASE, language, axe)

    def look_at(self, page: Page) -> Person:
        """Somebody opens the page and finds it whole (`Person.looks`)."""
        self._page = page
        self._person.opens(page.address, status=page.status)
        return self._person

    @contextmanager
    def tab(self, page: Page) -> Iterator[Tab]:
        """The page in a tab of its own, where media and sizes may be changed."""
        self._page = page
        tab = self._context.new_page()
        tab.goto(BASE + page.address)
        yield tab
        tab.close()

    def _answer(self, route) -> None:
        path = urlsplit(route.request.url).path
        built = Path(settings.STATICFILES_DIRS[0]) / path.removeprefix("/static/")
        if self._page and route.request.is_navigation_request():
            route.fulfill(status=self._page.status, headers=self._page.headers, body=self._page.html)
        elif path.startswith("/static/") and built.is_file():
            route.fulfill(path=built)
        else:
            route.fulfill(status=204)

    def close(self) -> None:
        self._context.close()


@pytest.fixture(scope="module")
def screens(browser, axe_source):
    """`screens["ar"]`: a window for each language, kept for the module."""
    kept = {language: Screen(browser, language, axe_source) for language in WIDTHS}
    yield kept
    for screen in kept.values():
        screen.close()


@pytest.fixture(scope="module")
def drawn(guide):
    """`drawn(row, "ar")`: the pages of an address that differ, each with who saw it; kept for the next check."""

    rows = {row.name: row for row in ROWS}

    @lru_cache(maxsize=8)
    def pages(name: str, language: str) -> list[tuple[Client, Page]]:
        found = {}
        with override(language):
            for visit in guide.visits(rows[name]):
                if page := draw(visit):
                    found.setdefault(page.seen, (visit.client, page))
        return list(found.values())

    return lambda row, language: pages(row.name, language)


@pytest.mark.long
def test_every_address_is_visited(drawn):
    """An address that shows nobody a page is one that NO_PAGES names, or it only redirects."""
    unseen = [row.name for row in PAGES if row.get == 200 and not drawn(row, "de")]
    assert not unseen, f"No visit shows a page of these: {', '.join(unseen)} (tests/browser/visits.py)"
    shown = [row.name for row in ROWS if row.name in NO_PAGES and drawn(row, "de")]
    assert not shown, f"These do show a page: {', '.join(shown)}"


def different(pages: list[tuple[Client, Page]]) -> list[tuple[Client, Page]]:
    """One of those that differ in their header alone."""
    return list({page.main: (client, page) for client, page in pages}.values())


# Each class is a scope of its own for the processes that share the work. Axe looks in every language; what takes longer
# is tried in the one where it is hardest.


class TestLooking:
    @EVERY_PAGE
    @LANGUAGES
    def test_page_is_accessible_to_whoever_may_open_it(self, drawn, screens, row, language):
        for _client, page in drawn(row, language):
            screens[language].look_at(page)


class TestHandling:
    @pytest.mark.long
    @EVERY_PAGE
    @pytest.mark.parametrize("language", ["ar"])
    def test_form_sent_empty_tells_what_is_missing(self, guide, drawn, screens, row, language):
        seen = set()
        for client, page in different(drawn(row, language)):
            with override(language):
                answers = list(guide.sent_empty(client, page))
            for answer in answers:
                if answer.main not in seen:
                    seen.add(answer.main)
                    person = screens[language].look_at(answer)
                    assert checks.errors(person.page) == [], answer.address

    @pytest.mark.long
    @EVERY_PAGE
    @pytest.mark.parametrize("language", ["de"])
    def test_keyboard_reaches_everything_visibly_and_in_order(self, drawn, screens, row, language):
        for _client, page in different(drawn(row, language)):
            with screens[language].tab(page) as tab:
                assert checks.keyboard(tab) == [], page.address

    @pytest.mark.long
    @EVERY_PAGE
    def test_page_stands_the_dark_no_motion_paper_and_large_letters(self, drawn, screens, row, axe_source):
        for _client, page in different(drawn(row, "de")):
            with screens["de"].tab(page) as tab:
                dark, paper = checks.contrast(tab, axe_source), checks.paper(tab)
            with screens["de"].tab(page) as tab:
                wrong = [*checks.motion(tab), *dark, *paper, *checks.large_text(tab)]
            assert wrong == [], page.address
