"""The founder confirms alone what the office typed, and gets the code that nobody else sees."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client

from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.ids import new_uuid
from intake import attempts, entering, handing_over, passes
from intake.enums import Channel
from intake.handing_over import HandOver
from tests.factories.intake import SHORT_WAY
from tests.factories.people import MembershipFactory

from .conftest import Walker
from .test_figures import Statements, transferred
from .test_sending import read_code

pytestmark = pytest.mark.django_db
RIGHT = {"has_read": "on", "alone": "on"}


@pytest.fixture
def advisor(office):
    return MembershipFactory(organisation=office)


@pytest.fixture
def typed(advisor):
    return entering.enter(channel=Channel.DESK, by=advisor, answers=dict(SHORT_WAY), language="ar")


@pytest.fixture
def device(typed):
    """The office's device, handed over."""
    return holding(typed, back=f"/de/cases/inbox/{typed.uuid}/")


def holding(submission, *, back="", language="ar") -> Walker:
    founder = Walker(language)
    response = Client().get("/ar/intake/")
    handing_over.give(response, HandOver(submission.uuid, back))
    founder.client.cookies[handing_over.COOKIE] = response.cookies[handing_over.COOKIE].value
    return founder


def confirms(founder, **more):
    fresh = re.search(r'name="fresh" value="([^"]+)"', founder.get("confirm/").content.decode())[1]
    return founder.post("confirm/", RIGHT | {"fresh": fresh} | more)


def test_all_answers_and_the_notice_are_there_and_nothing_to_change(device):
    page = device.get("confirm/").content.decode()
    assert SHORT_WAY["idea"] in page
    assert "/intake/idea/" not in page
    assert 'name="has_read"' in page
    assert 'id="notice"' in page


def test_confirming_gives_a_code_that_opens_the_status_page(device, typed):
    assert confirms(device, pin="٤٨٢٩١٣", pin_again="482913", wants_sms="yes").url == device.url("sent/")
    typed.refresh_from_db()
    assert (typed.confirmed_way, typed.notice_language) == ("alone", "ar")
    assert typed.notice_version
    assert typed.answers["wants_sms"] == "yes"
    assert check_password("482913", typed.pin_hash)
    code = read_code(device)
    assert codes.is_code(code, typed.code_digest, salt=typed.reference)
    page = device.get("sent/").content.decode()
    assert all(part in page for part in (*code.split("-"), *typed.reference.split("-")))


def test_neither_is_left_out(device, typed):
    response = device.post("confirm/", {"fresh": str(new_uuid())})
    assert {"has_read", "alone"} <= set(response.context["form"].errors)
    typed.refresh_from_db()
    assert not typed.is_confirmed


def test_confirming_twice_gives_the_same_code(device, typed):
    form = RIGHT | {"fresh": str(new_uuid())}
    device.post("confirm/", form)
    own = read_code(device)
    device.client.cookies.pop(passes.COOKIE)
    assert device.post("confirm/", form).url == device.url("sent/")
    assert read_code(device) == own


def test_another_form_after_it_gets_no_code(device, typed):
    form = RIGHT | {"fresh": str(new_uuid())}
    device.post("confirm/", form)
    device.client.cookies.pop(passes.COOKIE)
    assert device.post("confirm/", RIGHT | {"fresh": str(new_uuid())}).url == device.url("sent/")
    assert passes.COOKIE not in device.client.cookies
    assert device.get("sent/").url == "/ar/status/"


def test_giving_the_device_back_forgets_the_founder_and_asks_to_sign_in(device, typed):
    confirms(device)
    response = device.post("confirm/back/")
    assert response.url == f"/de/cases/inbox/{typed.uuid}/"
    assert device.client.get(response.url).url.startswith("/de/accounts/login/")
    assert device.get("sent/").url == "/ar/status/"
    assert device.get("confirm/").url == device.url("confirm/number/")


def test_somebody_who_signs_in_on_the_device_does_not_see_the_code(device, advisor):
    confirms(device)
    code = read_code(device)
    device.client.force_login(advisor.user)
    response = device.client.get(device.url("sent/"), follow=True)
    assert code.split("-")[0] not in response.content.decode()
    assert device.client.cookies[passes.COOKIE].value == ""


def test_giving_back_without_confirming_leaves_it_open(device, typed):
    device.post("confirm/back/")
    typed.refresh_from_db()
    assert not typed.is_confirmed


def test_on_the_own_phone_there_is_no_device_to_give_back(typed):
    phone = holding(typed)
    assert 'action="/ar/intake/confirm/back/"' not in phone.get("confirm/").content.decode()
    confirms(phone)
    page = phone.get("sent/").content.decode()
    assert 'action="/ar/intake/confirm/back/"' not in page
    assert 'href="/ar/status/now/"' in page


def test_a_hand_over_ends_by_itself_and_cannot_be_forged(typed):
    old = holding(typed)
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert old.get("confirm/").url == old.url("confirm/number/")
    old.client.cookies[handing_over.COOKIE] = "forged"
    assert old.get("confirm/").url == old.url("confirm/number/")


def test_what_a_founder_sent_is_not_reached_by_a_hand_over(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="safety")
    assert holding(founder.draft).get("confirm/").url == "/ar/intake/confirm/number/"


@pytest.mark.parametrize("number", ["", "12", "0000-0000-0000", "x" * 50, "٠٠٠٠٠٠٠٠٠٠٠٠"])
def test_a_wrong_number_says_so_beside_the_field(office, number):
    response = Walker("ar").post("confirm/number/", {"number": number})
    assert response.status_code == 200
    assert "number" in response.context["form"].errors


def test_guessing_numbers_is_slowed_down(typed):
    guesser = Walker("de")
    for _try in range(attempts.HAND_OVERS):
        guesser.post("confirm/number/", {"number": "0000-0000-0000"})
    response = guesser.post("confirm/number/", {"number": handing_over.new_number(typed)})
    assert "15 Minuten" in response.content.decode()


def test_a_number_ends_after_a_quarter_of_an_hour_is_not_in_the_database_and_names_nobody(typed):
    number = handing_over.new_number(typed)
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", number)
    assert number.replace("-", "") not in handing_over._key(number)
    assert handing_over.redeem(number, "192.0.2.1").uuid == typed.uuid
    assert handing_over.redeem(number, "192.0.2.1") is None


def test_the_page_asks_and_writes_little_and_is_small(device):
    with Statements(connection) as shown:
        page = device.get("confirm/", headers={"accept-encoding": "gzip"})
    assert len(shown.all) <= 3, shown.all
    assert shown.writes == []
    assert transferred(page) <= 6000
    form = RIGHT | {"fresh": str(new_uuid())}
    with Statements(connection) as saved:
        device.post("confirm/", form)
    assert len(saved.all) <= 3, saved.all
    assert len(saved.writes) == 1
