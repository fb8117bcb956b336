"""Chromium against the portal as it runs, with an accessibility check at every page.

Chromium is the machine's own, or the one `playwright install` brought; see the Makefile.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from cases.appointments import services as appointments
from cases.files.opening import open_case
from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.content.shipped import NOTICE_VERSION
from gruendungswerkstatt.demo.offices import make_offices, membership
from gruendungswerkstatt.demo.personas import PERSONAS
from gruendungswerkstatt.demo.story import Story
from gruendungswerkstatt.messaging.sending import send_due
from intake.passes import Pass
from prepare.browser import find_chromium
from tests.browser.person import Person

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark the journeys, and put them first: few and slow, they would leave one process waiting for the other."""
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
    result = yield  # others choose by the mark
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
    return result


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    machine = find_chromium()
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "args": arguments} | ({"executable_path": machine} if machine else {})


@pytest.fixture(scope="session")
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def person(browser, live_server, axe_source, transactional_db):
    """Somebody at a browser of their own: `person("ar", phone=True, javascript=False)`."""
    contexts = []

    def somebody(language: str, *, phone: bool = False, javascript: bool = True) -> Person:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,
            locale={"ar": "ar-SY", "de": "de-DE", "en": "en-GB"}[language],
            timezone_id="Europe/Berlin",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        return Person(context.new_page(), live_server.url, language, axe_source if javascript else None)

    yield somebody
    for context in contexts:
        context.close()


@pytest.fixture
def network(transactional_db):
    """Two offices with their people and the public network, as in the demonstration."""
    make_offices()


@pytest.fixture
def enquiry(network):
    """Let a persona send its enquiry: `enquiry("bilal")` → (submission, code)."""

    def send(key: str):
        persona = next(p for p in PERSONAS if p.key == key)
        story = Story(clock.now())
        carried = Pass(new_uuid(), codes.new_code(), NOTICE_VERSION, persona.language)
        with transaction.atomic():
            return story.send_enquiry(persona, carried), carried.code

    return send


@pytest.fixture
def case_of(enquiry):
    """The case of a persona: `case_of("cagri", account)`, opened by the account's person."""

    def open_it(key: str, account):
        submission, _code = enquiry(key)
        by = membership(account.email)
        return open_case(submission, by, by)

    return open_it


@pytest.fixture
def meeting(case_of):
    """A persona's appointment tomorrow at nine, planned five days ago and told then."""

    def plan_it(key: str, account):
        case = case_of(key, account)
        tomorrow = clock.today() + timedelta(days=1)
        by = membership(account.email)
        with clock.frozen(clock.at(clock.today() - timedelta(days=5), 11)):
            planned = appointments.plan(case, by, advisor=by, starts_at=clock.at(tomorrow, 9), topic="Tragfähigkeit")
            with clock.frozen(clock.at(clock.today(), 12)):
                send_due()
            return planned

    return plan_it
