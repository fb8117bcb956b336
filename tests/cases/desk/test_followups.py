"""Follow-ups in My day, on the page of a case, and the form for the answer."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from cases.files.models import FollowUp, TimelineEntry
from gruendungswerkstatt.common import clock
from tests.factories.files import FollowUpFactory

from .conftest import Form, assert_kept_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

DAY = "/de/cases/"


@pytest.fixture
def follow_up(office, advisor):
    return FollowUpFactory(case__founder__office=office, case__founder__name="Amina Nour", case__advisor=advisor)


def page(follow_up):
    return reverse("cases:follow_up_detail", args=[follow_up.uuid])


def text(response):
    return unescape(response.content.decode())


def test_it_is_in_the_day_when_due_and_not_before(client, follow_up, office, colleague):
    FollowUpFactory(
        case__founder__office=office, case__founder__name="Später", due_on=clock.today() + timedelta(days=1)
    )
    FollowUpFactory(case__founder__office=office, case__founder__name="Andere", case__advisor=colleague)
    html = text(client.get(DAY))
    assert "Fällige Nachfragen" in html
    assert "Amina Nour" in html
    assert page(follow_up) in html
    assert "Später" not in html
    assert "Andere" not in html


def test_one_click_says_that_nobody_was_reached_and_two_are_one(client, follow_up):
    action = reverse("cases:day_follow_up", args=[follow_up.uuid])
    form = Form(client.get(DAY).content.decode(), action)
    form.send(client)
    form.send(client)
    follow_up.refresh_from_db()
    assert (follow_up.tries, follow_up.state) == (1, "open")
    assert action not in client.get(DAY).content.decode()


def test_the_answer_is_recorded_once_and_told(client, follow_up):
    form = Form(client.get(page(follow_up)).content.decode(), page(follow_up))
    given = {"answer": "yes", "work": "side", "jobs": "1", "text": "Eine Aushilfe"}
    assert form.send(client, **given).url == form.send(client, **given).url
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.jobs) == ("done", 1)
    assert TimelineEntry.objects.filter(kind="follow_up_recorded").count() == 1
    html = text(client.get(f"/de/cases/{follow_up.case.uuid}/"))
    for words in ("Geschäft besteht noch: Ja", "Nebenberuflich", "1 beschäftigte Person", "Eine Aushilfe"):
        assert words in html or words.lower() in html.lower()
    # An old tab is led to the case.
    assert client.get(page(follow_up)).url == f"/de/cases/{follow_up.case.uuid}/#follow-ups"


def test_a_stale_form_keeps_what_was_typed(client, follow_up):
    form = Form(client.get(page(follow_up)).content.decode(), page(follow_up))
    FollowUp.objects.update(version=2, tries=1)
    html = text(form.send(client, answer="yes", text="Mein Satz"))
    assert "Jemand anderes hat diese Nachfrage inzwischen geändert." in html
    assert "Mein Satz" in html
    follow_up.refresh_from_db()
    assert follow_up.state == "open"


@pytest.mark.parametrize("jobs", ["-1", "1000", "viele"])
def test_a_wrong_number_is_told(client, follow_up, jobs):
    form = Form(client.get(page(follow_up)).content.decode(), page(follow_up))
    assert "kern-error-summary" in text(form.send(client, answer="yes", jobs=jobs))


def test_strangers_do_not_find_it(people, follow_up):
    for browser in people.values():
        assert_kept_out(browser, "get", page(follow_up))
