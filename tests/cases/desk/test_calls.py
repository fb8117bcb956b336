"""Calls on the page of a case, on the page for a sentence, and the second try in My day."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from cases.files import calls
from cases.files.models import Case, TimelineEntry
from gruendungswerkstatt.common import clock
from tests.factories.files import CaseFactory

from .case_forms import address, page_of
from .conftest import NOON, Form, assert_kept_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

DAY = "/de/cases/"
TOMORROW = NOON + timedelta(days=1)


def text(response):
    return unescape(response.content.decode())


def log_of(case):
    return address(case, "call")


def kinds():
    return list(TimelineEntry.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(("reached", "kind"), [("yes", "call_reached"), ("no", "call_missed")])
def test_one_click_on_the_case_page_and_two_are_one(client, case, reached, kind):
    form = Form(client.get(page_of(case)).content.decode(), log_of(case))
    for _click in range(2):
        assert form.send(client, reached=reached).url == f"{page_of(case)}#timeline"
    assert kinds() == [kind]


def test_a_sentence_goes_with_it_on_a_page_of_its_own(client, case):
    form = Form(client.get(log_of(case)).content.decode(), log_of(case))
    form.send(client, reached="no", text="Mailbox, auf Arabisch gebeten.")
    line = TimelineEntry.objects.get()
    assert (line.kind, line.text) == ("call_missed", "Mailbox, auf Arabisch gebeten.")


def test_without_a_choice_the_sentence_stays(client, case):
    form = Form(client.get(log_of(case)).content.decode(), log_of(case))
    response = form.send(client, text="Mailbox")
    assert "Mailbox" in text(response)
    assert not TimelineEntry.objects.exists()


def test_the_case_page_says_when_to_try_again_and_what_was_the_second_try(client, case, advisor):
    calls.log(case, advisor, is_reached=False)
    html = text(client.get(page_of(case)))
    assert "Zweiter Versuch" in html
    assert "Erneut am 24. November 2026" in html
    calls.log(case, advisor, is_reached=False)
    html = text(client.get(page_of(case)))
    assert "Angerufen, nicht erreicht</strong>: Zweiter Versuch" in html


def test_the_second_try_is_in_the_day_from_the_next_working_day_until_a_call(client, case, advisor):
    calls.log(case, advisor, is_reached=False)
    assert 'id="calls"' not in text(client.get(DAY))
    with clock.frozen(TOMORROW):
        action = reverse("cases:day_call", args=[case.uuid])
        form = Form(client.get(DAY).content.decode(), action)
        assert "Beim ersten Anruf war niemand zu erreichen" in text(client.get(f"{DAY}?only=calls"))
        for _click in range(2):
            assert form.send(client, reached="no").url == f"{DAY}#calls"
        assert 'id="calls"' not in text(client.get(DAY))
    assert kinds() == ["call_missed", "call_missed"]


def test_a_case_that_ended_and_a_colleagues_case_are_not_in_the_day(client, office, advisor, colleague):
    waiting = {"founder__office": office, "second_try_on": clock.today()}
    CaseFactory(**waiting, advisor=colleague)
    CaseFactory(**waiting, advisor=advisor, closed=True)
    assert 'id="calls"' not in text(client.get(DAY))
    CaseFactory(**waiting, advisor=None)
    assert 'id="calls"' in text(client.get(DAY))


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_logs_a_call(people, case, method):
    for browser in people.values():
        assert_kept_out(browser, method, log_of(case))
    assert not TimelineEntry.objects.exists()
    assert Case.objects.get(pk=case.pk).second_try_on is None
