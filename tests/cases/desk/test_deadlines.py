"""Deadlines on the case page: set, changed with a reason, done, open again; nothing typed is lost."""

from datetime import date
from html import unescape

import pytest

from cases.files.models import Deadline
from tests.factories.files import CaseFactory, DeadlineFactory

from .conftest import assert_kept_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def page_of(case):
    return f"/de/cases/{case.uuid}/"


def a_day(name, day):
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.fixture
def deadline(case):
    return DeadlineFactory(case=case, due_on=date(2026, 11, 30))


def test_a_deadline_is_set_and_shown(client, case, form_on):
    form = form_on(page_of(case), f"{page_of(case)}deadlines/")
    response = form.send(client, kind="eks", **a_day("day", date(2026, 9, 30)))
    assert response.url == f"{page_of(case)}#deadlines"
    assert form.send(client, kind="eks", **a_day("day", date(2026, 9, 30))).url == response.url
    assert Deadline.objects.get().due_on == date(2026, 11, 30)
    html = unescape(client.get(page_of(case)).content.decode())
    assert "Die Frist ist gesetzt." in html
    assert "Bis 30. November 2026" in html
    assert "Frist gesetzt</strong>: Anlage EKS mit den endgültigen Zahlen · 30. November 2026" in html


def test_something_else_needs_words_and_keeps_the_day(client, case, form_on):
    form = form_on(page_of(case), f"{page_of(case)}deadlines/")
    response = form.send(client, kind="other", **a_day("day", date(2026, 9, 30)))
    html = unescape(response.content.decode())
    assert response.status_code == 200
    assert "Bitte schreiben Sie, worum es geht." in html
    assert 'name="day_year" value="2026"' in html
    assert not Deadline.objects.exists()


def test_another_day_needs_a_reason(client, case, deadline, form_on):
    address = f"/de/cases/deadlines/{deadline.uuid}/"
    response = form_on(page_of(case), address).send(client, **a_day("due_on", date(2027, 5, 31)))
    assert "kern-error-summary" in response.content.decode()
    response = form_on(page_of(case), address).send(client, reason="Verlängert", **a_day("due_on", date(2027, 5, 31)))
    assert response.url == f"{page_of(case)}#deadlines"
    deadline.refresh_from_db()
    assert (deadline.due_on, deadline.reason) == (date(2027, 5, 31), "Verlängert")
    html = unescape(client.get(page_of(case)).content.decode())
    assert "31. Mai 2027 · vorher: 30. November 2026" in html


def test_two_people_change_one_deadline(client, case, deadline, form_on):
    form = form_on(page_of(case), f"/de/cases/deadlines/{deadline.uuid}/")
    Deadline.objects.update(version=2, due_on=date(2026, 12, 24))
    html = unescape(form.send(client, reason="Meiner", **a_day("due_on", date(2027, 5, 31))).content.decode())
    assert "Jemand anderes hat diese Frist inzwischen geändert." in html
    assert "Meiner" in html
    assert Deadline.objects.get().due_on == date(2026, 12, 24)


def test_done_and_open_again(client, case, deadline, form_on):
    address = f"/de/cases/deadlines/{deadline.uuid}/done/"
    assert form_on(page_of(case), address).send(client).url == f"{page_of(case)}#deadlines"
    assert Deadline.objects.get().done_at is not None
    assert "1 Frist erledigt" in client.get(page_of(case)).content.decode()
    form_on(f"{page_of(case)}deadlines/", address).send(client)
    assert Deadline.objects.get().done_at is None


def test_who_comes_without_a_form_is_led_to_the_case(client, case, deadline):
    assert client.get(f"/de/cases/deadlines/{deadline.uuid}/done/").url == page_of(case)


def test_a_closed_case_takes_no_deadline(client, office):
    case = CaseFactory(founder__office=office, closed=True)
    assert f"{page_of(case)}deadlines/" not in client.get(page_of(case)).content.decode()
    html = client.get(f"{page_of(case)}deadlines/").content.decode()
    assert f'action="{page_of(case)}deadlines/"' not in html


def test_strangers_get_nowhere(people, deadline):
    for browser in people.values():
        assert_kept_out(browser, "post", f"/de/cases/deadlines/{deadline.uuid}/done/")
