"""Funding on its own page, on the page of a case and in the memo."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.desk.forms.funding import EuroField
from cases.files import funding
from cases.files.funding import Facts
from cases.files.models import Funding
from tests.factories.files import FundingFactory

from .case_forms import address, page_of, refused
from .conftest import Form, assert_kept_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def text(response):
    return unescape(response.content.decode())


def day(name, value):
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


ASKED = {"kind": "start_benefit", **day("asked_on", date(2026, 11, 2))}
GRANTED = {
    **ASKED,
    "decision": "granted",
    **day("decided_on", date(2026, 11, 20)),
    **day("starts_on", date(2026, 12, 1)),
    **day("ends_on", date(2027, 5, 31)),
    "amount": "1.312,50",
}
LINE = "Beantragt am 2. November 2026 · Bewilligt am 20. November 2026 · vom 1. Dezember 2026 bis 31. Mai 2027"


@pytest.fixture
def row(case, advisor):
    return funding.add(case, advisor, Facts("start_benefit", date(2026, 11, 2)))


def list_of(case):
    return address(case, "funding")


def change_of(row):
    return reverse("cases:funding_change", args=[row.uuid])


def form_of(client, page):
    return Form(client.get(page).content.decode(), page)


def test_it_is_recorded_once_and_shown_everywhere(client, case):
    form = form_of(client, list_of(case))
    for _click in range(2):
        assert form.send(client, **GRANTED, text="zählt hier nicht").url == list_of(case)
    assert Funding.objects.get().text == ""
    for page in (list_of(case), page_of(case)):
        html = text(client.get(page))
        assert f'{LINE} · <bdi dir="ltr">1.312,50 €</bdi>' in html
        assert "Bewilligt" in html
    memo = text(client.get(address(case, "memo")))
    assert f"Einstiegsgeld (§ 16b SGB II): {LINE} · 1.312,50 €" in memo
    assert "Antrag: Eingegangen am Montag, 2. November 2026\n" in memo  # no time is known


def test_what_does_not_fit_is_said_and_what_was_typed_stays(client, case):
    wrong = GRANTED | day("decided_on", date(2026, 11, 1)) | day("ends_on", date(2026, 11, 1)) | {"amount": "viel"}
    html = refused(form_of(client, list_of(case)).send(client, **wrong))
    assert "Die Entscheidung kann nicht vor dem Antrag liegen." in html
    assert "Der letzte Tag kann nicht vor dem ersten liegen." in html
    assert "Bitte geben Sie den Betrag als Zahl ein" in html
    assert 'value="viel"' in html
    assert not Funding.objects.exists()


def test_a_decision_is_added_to_the_request(client, case, row):
    form = form_of(client, change_of(row))
    assert form.send(client, **GRANTED).url == list_of(case)
    row.refresh_from_db()
    assert (row.decision, row.ends_on, row.version) == ("granted", date(2027, 5, 31), 2)
    assert 'value="1.312,50"' in text(client.get(change_of(row)))


def test_a_stale_form_says_how_it_is_now_and_keeps_what_was_typed(client, row, advisor):
    form = form_of(client, change_of(row))
    facts = Facts("start_benefit", date(2026, 11, 3), "", "refused", date(2026, 11, 10))
    funding.change(row, advisor, facts, version=1)
    response = form.send(client, **GRANTED)
    html = refused(response)
    assert "Jemand anderes hat diese Förderung inzwischen geändert." in html
    assert "Abgelehnt am 10. November 2026" in html
    assert 'value="1.312,50"' in html
    assert Form(html, change_of(row)).send(client, **GRANTED).status_code == 302
    row.refresh_from_db()
    assert (row.decision, row.version) == ("granted", 3)


def test_the_page_of_a_case_asks_no_more_with_funding(client, case, django_assert_num_queries):
    with CaptureQueriesContext(connection) as without:
        client.get(page_of(case))
    for _number in range(3):
        FundingFactory(case=case)
    with django_assert_num_queries(len(without)):
        client.get(page_of(case))


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_sees_or_writes_it(people, case, row, method):
    for browser in people.values():
        assert_kept_out(browser, method, list_of(case))
        assert_kept_out(browser, method, change_of(row))
    assert Funding.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("1500", 150000), ("1.500", 150000), ("1,500.5", 150050), ("١٥٠٠٫٥٠", 150050), ("300,00 €", 30000), ("0,01", 1)],
)
def test_an_amount_is_understood_as_people_write_it(typed, cents):
    assert EuroField().clean(typed) * 100 == cents


def test_no_amount_is_none():
    assert EuroField(required=False).clean(" ") is None
