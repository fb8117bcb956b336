"""Code and PIN of a founder at the desk: renewed, shown once, and nowhere else (rule 13)."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from cases.files.models import TimelineEntry
from gruendungswerkstatt.common import codes
from intake.models import Submission
from tests.factories.files import CaseFactory
from tests.factories.intake import CODE

from .conftest import assert_kept_out

pytestmark = pytest.mark.django_db
MADE = re.compile(r'<span aria-hidden="true">([0-9A-Z]{3,8})</span>')


@pytest.fixture
def case(case, submission):
    case.submission = submission
    case.save()
    return case


def address(case, tail: str = "") -> str:
    return f"/de/cases/{case.uuid}/{tail}"


def opens_with(submission, code: str) -> bool:
    return codes.is_code(code, Submission.objects.get(pk=submission.pk).code_digest, salt=submission.reference)


def shown_code(html: str) -> str:
    return "-".join(MADE.findall(html)[-3:])


class TestCode:
    def test_a_new_one_is_shown_once_and_the_old_one_is_void(self, case, submission, form_on, client):
        response = form_on(address(case), address(case, "code/")).send(client, is_known="on")
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        code = shown_code(response.content.decode())
        assert opens_with(submission, code)
        assert not opens_with(submission, CODE)
        assert code not in client.get(address(case)).content.decode()

    def test_the_same_form_again_makes_no_second_one(self, case, submission, form_on, client):
        form = form_on(address(case), address(case, "code/"))
        code = shown_code(form.send(client, is_known="on").content.decode())
        again = form.send(client, is_known="on")
        assert again.url == address(case) + "#access"
        assert opens_with(submission, code)
        assert "nur einmal gezeigt" in client.get(address(case)).content.decode()

    def test_the_timeline_tells_that_it_happened_and_not_what_it_is(self, case, form_on, client, advisor):
        page = form_on(address(case), address(case, "code/")).send(client, is_known="on").content.decode()
        line = TimelineEntry.objects.get(kind="code_renewed")
        assert (line.case, line.author, line.params, line.text) == (case, advisor, {}, "")
        assert shown_code(page) not in str(vars(line))
        assert "Neuer Code ausgegeben" in client.get(address(case)).content.decode()

    def test_whoever_is_not_sure_makes_none(self, case, submission, form_on, client):
        response = form_on(address(case), address(case, "code/")).send(client)
        assert response.status_code == 200
        assert "stellen Sie zuerst sicher" in response.content.decode()
        assert opens_with(submission, CODE)


class TestPin:
    def test_left_empty_a_random_one_is_shown_once(self, case, submission, form_on, client):
        page = form_on(address(case), address(case, "pin/")).send(client, is_known="on").content.decode()
        pin = MADE.findall(page)[-1]
        assert check_password(pin, Submission.objects.get(pk=submission.pk).pin_hash)
        assert TimelineEntry.objects.filter(case=case, kind="pin_set").count() == 1

    def test_one_that_the_founder_typed_is_not_shown(self, case, submission, form_on, client):
        form = form_on(address(case), address(case, "pin/"))
        response = form.send(client, is_known="on", pin="٧٣٩١", pin_again="7391")
        assert response.url == address(case) + "#access"
        assert check_password("7391", Submission.objects.get(pk=submission.pk).pin_hash)
        page = client.get(address(case)).content.decode()
        assert "Die neue PIN ist gesetzt." in page
        assert "7391" not in page

    @pytest.mark.parametrize(("pin", "again"), [("1234", "1234"), ("482", "482"), ("4829", "4828"), ("", "4829")])
    def test_one_that_does_not_do_changes_nothing_and_is_not_shown_again(
        self, case, submission, form_on, client, pin, again
    ):
        form = form_on(address(case), address(case, "pin/"))
        response = form.send(client, is_known="on", pin=pin, pin_again=again)
        assert response.status_code == 200
        assert response.context["form"].errors
        assert Submission.objects.get(pk=submission.pk).pin_hash == ""
        assert not re.search(rf'value="({pin or again}|{again})"', response.content.decode())


@pytest.mark.parametrize("tail", ["code/", "pin/"])
def test_strangers_find_nothing(case, submission, people, tail):
    for browser in people.values():
        for method in ("get", "post"):
            assert_kept_out(browser, method, address(case, tail))
    assert opens_with(submission, CODE)


@pytest.mark.parametrize("tail", ["code/", "pin/"])
def test_a_case_without_an_enquiry_has_none(office, advisor, client, tail):
    case = CaseFactory(founder__office=office)
    assert "ohne Anfrage eröffnet" in client.get(address(case)).content.decode()
    assert client.post(address(case, tail), {"is_known": "on"}).url == address(case) + "#access"
    assert not TimelineEntry.objects.filter(case=case).exists()


def test_with_the_new_pair_the_founder_gets_in(case, submission, form_on, client):
    code = shown_code(form_on(address(case), address(case, "code/")).send(client, is_known="on").content.decode())
    form_on(address(case), address(case, "pin/")).send(client, is_known="on", pin="7391", pin_again="7391")
    founder = Client()
    founder.post("/ar/status/", {"reference": submission.reference, "code": code})
    assert founder.post("/ar/status/pin/", {"pin": "٧٣٩١"}).url == "/ar/status/mine/"
