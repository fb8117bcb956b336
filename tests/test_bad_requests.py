"""Any request at any address: never an error page of ours, nothing written that was not asked for, nobody led away."""

import logging
import os
import re
import time

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from gruendungswerkstatt.demo.offices import make_offices
from gruendungswerkstatt.demo.personas import PERSONAS
from gruendungswerkstatt.demo.story import Story
from intake import access
from intake.models import Submission
from intake.passes import Pass
from network.people.models import User
from tests.support.wild import MARK, SAFE, Answer, Portal, Role, Wild, Wish, targets

FEW = 600
# In two halves, each by a process of its own; a slow machine sends as many as there is time for.
MANY, SECONDS = int(os.environ.get("WILD_REQUESTS", "100000")), float(os.environ.get("WILD_SECONDS", "600"))
SEED = os.environ.get("WILD_SEED", "2026")
PIN = "482915"
# Written by looking at a page: who has seen what, that a partner has seen a referral, sessions (a membership chosen,
# an old form dropped, a sign-in begun).
WRITTEN_BY_READING = {"audit_viewlog", "cases_referrals_referral", "django_session"}
HERE = re.compile(r"(http://testserver)?/(?![/\\])")
REDIRECTS = (301, 302, 303, 307, 308)
WRITING = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|COPY|TRUNCATE)\s+"?(\w+)', re.IGNORECASE)


class Ledger:
    """Which tables were written to since `clear`, in the order of the writing."""

    def __init__(self):
        self.tables: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        found = WRITING.match(sql)
        if found and found[1].lower() not in WRITTEN_BY_READING:
            self.tables.append(found[1].lower())
        return execute(sql, params, many, context)


@pytest.fixture
def told(db):
    """The demonstration with every persona; one founder's browser is at level 1 and one at level 2."""
    cache.clear()
    make_offices()
    story = Story(clock.now())
    for persona in PERSONAS:
        story.tell(persona)
    with transaction.atomic():
        carried = Pass(new_uuid(), codes.new_code(), "2026-01", "ar")
        return story.send_enquiry(PERSONAS[0], carried), carried.code


@pytest.fixture
def wild(told):
    portal = Portal()

    def look(wish: Wish) -> bytes:
        with Undone():
            return portal.answer(wish).body

    logging.disable()  # thousands of lines that say what the complaints say
    yield Wild(targets(), roles_of(*told), values(), look, SEED), portal
    logging.disable(logging.NOTSET)
    portal.close()
    cache.clear()


def roles_of(submission: Submission, code: str) -> list[Role]:
    access.set_pin(submission, PIN)
    roles = [Role("anonymous", {"gw_session": "x", "gw_csrf": "x", "gw_theme": "dark"})]
    browser = Client()
    browser.post("/de/status/", {"reference": submission.reference, "code": code})
    roles.append(Role("founder", cookies_of(browser)))
    browser.post("/de/status/pin/", {"pin": PIN})
    roles.append(Role("founder with PIN", cookies_of(browser)))
    beginner = Client()
    beginner.post("/de/intake/", {"has_read": "on"})
    beginner.post("/de/intake/place/", {"municipality": "kamen", "is_adult": "yes"})
    roles.append(Role("beginner", cookies_of(beginner)))
    for account in DEMO_ACCOUNTS:
        browser = Client()
        browser.force_login(User.objects.get(email=account.email))
        roles.append(Role(account.email, cookies_of(browser)))
    return roles


def cookies_of(browser: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def values() -> dict[str, list[str]]:
    """What exists, by the name an address or form has for it."""
    found: dict[str, list[str]] = {"language": ["de", "ar", "en"]}
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        for name in sorted({"uuid", "code", "version", "key", "slug", "token"} & names):
            kept = [str(v) for v in model.objects.values_list(name, flat=True)[:40]]
            found.setdefault(f"{model._meta.model_name}_{name}", []).extend(kept)
            found.setdefault(name, []).extend(kept[:5])
        for field in model._meta.fields:
            found.setdefault(field.name, []).extend(str(value) for value, _label in field.flatchoices)
    return {name: sorted(set(some)) for name, some in found.items() if some}


class Undone:
    """Whatever is written inside is gone afterwards, so that every request meets the same portal."""

    def __enter__(self):
        self.point = transaction.savepoint()

    def __exit__(self, *_error):
        transaction.savepoint_rollback(self.point)
        # Rolling back keeps the savepoint: thousands inside each other would fill the server's table of locks.
        transaction.savepoint_commit(self.point)
        connection.needs_rollback = False


def complaint(wish: Wish, answer: Answer, written: list[str]) -> str:
    """What is wrong with this answer; "" if nothing is."""
    if answer.status >= 500:
        return f"{answer.status} {answer.error!r}"
    if answer.status in REDIRECTS and not HERE.match(answer.header("Location")):
        return f"leads to {answer.header('Location')!r}"
    if any(set(value) & set("\r\n\x00") for _name, value in answer.headers):
        return f"split header: {answer.headers}"
    if answer.header("Content-Type").startswith("text/html") and MARK.encode() in answer.body:
        return "what was sent stands unescaped in the page"
    if written and (
        wish.method in SAFE
        or not wish.has_token
        or answer.status >= 400
        or (answer.status == 200 and not is_part(wish))
    ):
        return f"answered with {answer.status} and wrote {written}"
    return ""


def is_part(wish: Wish) -> bool:
    """A form of a part of a page (htmx): 200 is its answer to a saved one too."""
    return "HTTP_HX_REQUEST" in wish.headers


def send(wild: Wild, portal: Portal, count: int, seconds: float = 1e9) -> tuple[int, list[str]]:
    """Send requests; how many were sent before `seconds` were over, and every complaint."""
    complaints, ledger, end = [], Ledger(), time.monotonic() + seconds
    for number in range(count):
        if time.monotonic() > end:
            return number, complaints
        wish = wild.request(number)
        ledger.tables.clear()
        with Undone(), connection.execute_wrapper(ledger):
            answer = portal.answer(wish)
            found = complaint(wish, answer, list(ledger.tables))
        if found:
            complaints.append(f"#{number} {found}\n    {wish}")
            if len(complaints) == 20:
                return number, complaints
    return count, complaints


@pytest.mark.parametrize("path", ["intake/keep/", "intake/delete/now/", "intake/leave/", "status/close/"])
def test_only_a_sent_form_writes(wild, path):
    generator, portal = wild
    beginner = next(role for role in generator.roles if role.name == "beginner")
    for method in ("GET", "HEAD"):
        answer = portal.answer(Wish(beginner, method, f"/de/{path}".encode(), cookies=dict(beginner.cookies)))
        assert answer.status == 405, method
        assert not answer.header("Set-Cookie")


def test_some_hundred_wild_requests(wild):
    sent, complaints = send(*wild, FEW)
    assert not complaints, "\n".join(complaints)
    assert sent == FEW


def send_half(wild, part: str) -> None:
    generator, portal = wild
    generator.reseed(f"{SEED} {part}")
    begun = time.monotonic()
    sent, complaints = send(generator, portal, MANY // 2, SECONDS)
    print(f"{sent} wild requests, {sent / (time.monotonic() - begun):.0f} a second")
    assert not complaints, "\n".join(complaints)
    assert sent >= FEW


@pytest.mark.long
class TestFirstHalf:
    def test_very_many_wild_requests(self, wild):
        send_half(wild, "first")


@pytest.mark.long
class TestSecondHalf:
    def test_very_many_wild_requests(self, wild):
        send_half(wild, "second")
