"""A helper fills in with the founder and never gets the code that counts (rule 15)."""

import threading

import pytest
from django.db import connection
from django.test import Client

from gruendungswerkstatt.common import codes
from gruendungswerkstatt.common.ids import new_uuid
from intake import passes
from intake.models import Submission
from tests.factories.intake import SHORT_WAY

from .conftest import Walker
from .test_sending import read_code

pytestmark = pytest.mark.django_db
HELPED = SHORT_WAY | {"filled_with_help": "yes"}


@pytest.fixture
def helped(walker):
    founder = walker("de")
    founder.walks(HELPED, until="safety")
    return founder


def is_opened_by(submission: Submission, code: str) -> bool:
    submission.refresh_from_db()
    return codes.is_code(code, submission.code_digest, salt=submission.reference)


def test_the_code_a_helper_may_have_seen_ends_with_the_sending(helped):
    seen = read_code(helped)
    assert helped.post("check/", {"alone": "on", "fresh": str(new_uuid())}).url == helped.url("sent/")
    own = read_code(helped)
    assert own != seen
    assert not is_opened_by(helped.draft, seen)
    assert is_opened_by(helped.draft, own)
    page = helped.get("sent/").content.decode()
    assert all(part in page for part in own.split("-"))
    assert "Der Code ist neu." in page
    assert helped.draft.channel == "helper"


def test_sending_twice_gives_the_same_new_code(helped):
    before = helped.client.cookies[passes.COOKIE].value
    form = {"alone": "on", "fresh": str(new_uuid())}
    helped.post("check/", form)
    own = read_code(helped)
    helped.client.cookies[passes.COOKIE] = before  # the answer to the first click never arrived
    assert helped.post("check/", form).url == helped.url("sent/")
    assert read_code(helped) == own


def test_the_helpers_own_browser_gets_no_new_code(helped):
    before = helped.client.cookies[passes.COOKIE].value
    helped.post("check/", {"alone": "on", "fresh": str(new_uuid())})
    helper = Client()
    helper.cookies[passes.COOKIE] = before
    assert helper.get(helped.url("sent/")).url == "/de/status/"
    for body in ({"alone": "on"}, {"alone": "on", "fresh": str(new_uuid())}, {"fresh": "x"}):
        helper.cookies[passes.COOKIE] = before
        assert helper.post(helped.url("check/"), body).status_code == 410


def test_who_says_later_that_somebody_helps_confirms_alone_and_gets_a_new_code(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="safety")
    seen = read_code(founder)
    assert "Ich bin allein" not in founder.get("code/").content.decode()
    founder.answers("place", {"municipality": "kamen", "is_adult": "yes", "filled_with_help": "yes"}, "?change=1")
    assert "Ich bin allein" in founder.get("code/").content.decode()
    assert "alone" in founder.post("check/", {}).context["form"].errors
    founder.post("check/", {"alone": "on"})
    assert not is_opened_by(founder.draft, seen)


def test_who_takes_the_helper_back_has_been_helped_all_the_same(helped):
    seen = read_code(helped)
    helped.answers("place", {"municipality": "kamen", "is_adult": "yes", "filled_with_help": "no"}, "?change=1")
    assert "alone" in helped.post("check/", {}).context["form"].errors
    helped.post("check/", {"alone": "on"})
    assert not is_opened_by(helped.draft, seen)


def test_without_a_helper_the_code_stays(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="safety")
    code = read_code(founder)
    founder.post("check/", {})
    assert read_code(founder) == code
    assert is_opened_by(founder.draft, code)
    assert founder.draft.channel == "self"


def test_whether_the_helper_may_be_called_is_a_question_of_its_own(walker):
    founder = walker("de")
    answers = SHORT_WAY | {
        "filled_with_help": "yes",
        "helper_name": "Rojda",
        "helper_phone": "0171 3920099",
        "may_call_helper": "no",
    }
    founder.walks(answers, until="safety")
    assert founder.draft.answers["may_call_helper"] == "no"
    assert founder.draft.answers["helper_phone"] == "+491713920099"


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_give_one_new_code(office):
    founder = Walker("de")
    founder.walks(dict(HELPED), until="safety")
    carried, form = founder.client.cookies[passes.COOKIE].value, {"alone": "on", "fresh": str(new_uuid())}
    start, codes_given = threading.Barrier(4), set()

    def click():
        browser = Walker("de")
        browser.client.cookies[passes.COOKIE] = carried
        start.wait()
        try:
            browser.post("check/", form)
            codes_given.add(read_code(browser))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes_given) == 1
    assert is_opened_by(founder.draft, codes_given.pop())
