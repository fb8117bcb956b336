"""A member of two offices with two tabs: what one tab shows never lands in the other's office."""

import re
from datetime import date

import pytest

from cases.files.models import Note
from gruendungswerkstatt.audit.models import ViewLog
from network.people.models import Membership
from tests.audit.test_looks import sent
from tests.factories.files import CaseFactory
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db
SWITCH = "/de/people/membership/"
BACK = "/de/people/membership/back/"


@pytest.fixture
def two(client):
    """The memberships of one person in two offices; the first is acted in."""
    first = MembershipFactory(started_at="2026-01-01T00:00Z")
    second = MembershipFactory(user=first.user, team_lead=True, started_at="2026-02-01T00:00Z")
    client.force_login(first.user)
    return first, second


def switch(client, membership):
    assert client.post(SWITCH, {"membership": str(membership.uuid)}).status_code == 302


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


@pytest.fixture
def case(two):
    return CaseFactory(founder__office=two[0].organisation)


@pytest.mark.parametrize("path", ["/de/appointments/", "/de/people/membership/", "/de/accounts/logout/"])
def test_every_form_says_whom_it_was_drawn_for(client, two, path):
    page = client.get(path).content.decode()
    assert page.count('name="csrfmiddlewaretoken"') == page.count('name="acting_as"') > 0
    assert hidden(page, "acting_as") == str(two[0].uuid)


def test_forms_drawn_by_crispy_say_it_too(client, two, case):
    page = client.get(f"/de/appointments/cases/{case.uuid}/new/").content.decode()
    assert page.count('name="csrfmiddlewaretoken"') == page.count('name="acting_as"') >= 2


def test_public_pages_say_nothing(client):
    assert "acting_as" not in client.get("/de/intake/").content.decode()


def test_form_of_the_other_tab_writes_nothing_and_comes_back(client, two, case):
    first, second = two
    page = client.get(f"/de/cases/{case.uuid}/").content.decode()
    form = {
        "text": "Nur für das erste Amt",
        "acting_as": hidden(page, "acting_as"),
        "form_token": hidden(page, "form_token"),
    }
    switch(client, second)
    response = client.post(f"/de/cases/{case.uuid}/note/", form)
    assert response.status_code == 409
    refused = response.content.decode()
    assert first.organisation.name in refused
    assert second.organisation.name in refused
    assert case.founder.name not in refused
    assert not Note.objects.exists()
    back = client.post(BACK, {"membership": hidden(refused, "membership"), "sealed": hidden(refused, "sealed")})
    assert back.url == "/de/people/unsent/"
    offered = client.get(back.url).content.decode()
    assert "Nur für das erste Amt" in offered
    assert client.post(f"/de/cases/{case.uuid}/note/", form).status_code == 302
    assert Note.objects.get().text == "Nur für das erste Amt"


def test_form_that_names_no_object_is_refused_too(client, two):
    """Nothing in the address of "invite somebody" or "new text" need be the other office's: only the form knows."""
    first, second = two
    switch(client, second)
    path = f"/de/people/office/invitations/new/{second.organisation.uuid}/"
    assert client.post(path, {"email": "neu@example.org", "acting_as": str(first.uuid)}).status_code == 409


def test_form_of_the_present_tab_is_taken(client, two, case):
    form = {"text": "x", "acting_as": str(two[0].uuid), "form_token": "0192f3a0-0000-7000-8000-000000000001"}
    assert client.post(f"/de/cases/{case.uuid}/note/", form).status_code == 302
    assert Note.objects.count() == 1


@pytest.mark.parametrize("meant", ["x", "0192f3a0-0000-7000-8000-000000000001", "stranger", "ended"])
def test_form_of_somebody_else_is_not_offered_again(client, two, case, meant):
    stranger = MembershipFactory()
    ended = MembershipFactory(user=two[0].user, ended_at="2026-03-01T00:00Z")
    value = {"stranger": str(stranger.uuid), "ended": str(ended.uuid)}.get(meant, meant)
    response = client.post(f"/de/cases/{case.uuid}/note/", {"text": "geheim", "acting_as": value})
    assert response.status_code == 409
    page = response.content.decode()
    assert "von jemand anderem" in page
    assert "geheim" not in page
    assert stranger.organisation.name not in page
    assert "sealed" not in page
    assert not Note.objects.exists()


def test_leaving_and_choosing_work_from_any_tab(client, two):
    first, second = two
    switch(client, second)
    form = {"membership": str(second.uuid), "acting_as": str(first.uuid)}
    assert client.post(SWITCH, form).status_code == 302
    assert client.post("/de/accounts/logout/", {"acting_as": str(first.uuid)}).status_code == 302


def test_htmx_gets_the_whole_page(client, two, case):
    form = {"text": "x", "acting_as": str(MembershipFactory(user=two[0].user).uuid)}
    response = client.post(f"/de/cases/{case.uuid}/note/", form, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Retarget"]) == (200, "body")


def test_page_of_the_other_office_is_not_found_and_the_way_there_offered(client, two, case):
    first, second = two
    switch(client, second)
    response = client.get(f"/de/cases/{case.uuid}/")
    assert response.status_code == 404
    page = response.content.decode()
    assert case.founder.name not in page
    way = f"{SWITCH}?next=%2Fde%2Fcases%2F{case.uuid}%2F"
    assert way in page
    assert client.post(way, {"membership": str(first.uuid)}).url == f"/de/cases/{case.uuid}/"


def test_who_has_one_membership_is_offered_nothing(client):
    client.force_login(MembershipFactory().user)
    assert SWITCH not in client.get("/de/cases/0192f3a0-0000-7000-8000-000000000001/").content.decode()


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", ""])
def test_choosing_leads_to_this_host_only(client, two, evil):
    response = client.post(f"{SWITCH}?next={evil}", {"membership": str(two[1].uuid)})
    assert response.url == "/de/people/"


@pytest.mark.parametrize("sealed", ["", "x", "a:b:c"])
def test_changing_back_without_a_form_leads_to_the_first_page(client, two, sealed):
    assert client.post(BACK, {"membership": str(two[1].uuid), "sealed": sealed}).url == "/de/people/"
    assert client.get("/de/people/").url == "/de/cases/"
    assert client.session["membership_uuid"] == str(two[1].uuid)


@pytest.mark.parametrize("membership", ["", "x", "stranger"])
def test_nobody_changes_back_to_what_is_not_theirs(client, two, membership):
    value = str(MembershipFactory().uuid) if membership == "stranger" else membership
    assert client.post(BACK, {"membership": value}).status_code == 404
    assert client.get(BACK).status_code == 405
    assert Membership.objects.get(uuid=two[0].uuid).started_at.date() == date(2026, 1, 1)


@pytest.mark.parametrize("role", ["advisor", "partner"])
def test_a_refused_form_of_htmx_is_no_look_at_the_case(client, case, role):
    member = MembershipFactory(partner=True) if role == "partner" else MembershipFactory(organisation=case.office)
    client.force_login(member.user)
    address = f"/de/cases/{case.uuid}/note/"
    response = client.post(address, {"text": "x", "acting_as": "office"}, headers={"HX-Request": "true"})
    sent(response)
    assert response.status_code == 200
    assert not ViewLog.objects.exists()
