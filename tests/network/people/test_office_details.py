"""The office's own address and contact: saved once, by those who run it, and shown to visitors."""

import pytest

from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.models import Organisation
from network.people.services import office as service
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db
PAGE = "/de/people/office/details/"
TYPED = {
    "version": "1",
    "street": "Bahnhofstraße 63",
    "postal_code": "٥٩٤٢٣",
    "place": "Unna",
    "phone": "02303 25380",
    "email": "info@example.org",
}
SAVED = {
    "street": "Bahnhofstraße 63",
    "postal_code": "59423",
    "place": "Unna",
    "phone": "+49230325380",
    "email": "info@example.org",
}


def kept(member):
    return Organisation.objects.values(*SAVED, "version").get(pk=member.organisation_id)


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_details_are_saved_and_a_second_sending_changes_nothing(client, request, who):
    member = request.getfixturevalue(who)
    client.force_login(member.user)
    for _again in range(2):
        assert client.post(PAGE, TYPED).url == "/de/people/office/"
    assert kept(member) == {**SAVED, "version": 2}
    assert "Bahnhofstraße 63" in client.get(PAGE).content.decode()


def test_hub_leads_there(client, lead):
    client.force_login(lead.user)
    assert f'href="{PAGE}"' in client.get("/de/people/office/").content.decode()


def test_advisor_and_other_office_change_nothing(client, lead, stranger):
    client.force_login(MembershipFactory(organisation=lead.organisation).user)
    assert client.post(PAGE, TYPED).status_code == 404
    client.force_login(stranger.user)
    client.post(PAGE, TYPED)
    assert kept(lead)["version"] == 1


def test_who_was_slower_sees_what_is_saved_now_and_can_replace_it(client, lead):
    service.change_details(lead.organisation, version=1, **{**SAVED, "place": "Kamen"})
    with pytest.raises(StaleVersion):
        service.change_details(lead.organisation, version=1, **SAVED)
    client.force_login(lead.user)
    answer = client.post(PAGE, TYPED)
    page = answer.content.decode()
    assert "Jetzt gespeichert: \u2068Kamen\u2069" in page
    assert page.count("Jetzt gespeichert") == 1
    assert kept(lead)["place"] == "Kamen"
    client.post(PAGE, {**TYPED, "version": answer.context["form"]["version"].value()})
    assert kept(lead) == {**SAVED, "version": 3}


@pytest.mark.parametrize("language", ["de", "ar", "en"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postal_code", "5942"),
        ("postal_code", "5942x"),
        ("street", ""),
        ("street", "https://evil.example"),
        ("place", "<b>Unna</b>"),
        ("phone", "nachts"),
        ("email", "x"),
        ("version", "x"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, lead, language, field, value):
    client.force_login(lead.user)
    answer = client.post(PAGE.replace("de", language, 1), {**TYPED, field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert kept(lead)["version"] == 1
