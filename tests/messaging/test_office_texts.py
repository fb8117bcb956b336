"""The texts an office writes itself: pages, versions, tests to oneself, and what is sent in the end."""

import pytest
from django.core import mail
from django.urls import reverse

from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.messaging import office_texts, registry, sending
from gruendungswerkstatt.messaging.enums import Channel, TextState
from gruendungswerkstatt.messaging.models import MessageText
from gruendungswerkstatt.messaging.wordings import Wording
from network.people.enums import Role
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("address_book")]

LIST = "/de/messages/texts/"
EDIT = "/de/messages/texts/greeting/email/de/"
OWN = "Ein Wort: {word}\n{time}"


@pytest.fixture
def office():
    return OrganisationFactory(office=True)


@pytest.fixture
def lead(office):
    return MembershipFactory(organisation=office, team_lead=True)


@pytest.fixture
def team_lead(client, lead):
    """A client signed in as the office's team lead."""
    client.force_login(lead.user)
    return client


def sent_form(version: int = 0, body: str = OWN, title: str = "Hallo", button: str = "send", **more) -> dict:
    return {"form_token": str(new_uuid()), "version": version, "title": title, "body": body, button: "x"} | more


def save(office, lead, body: str = OWN, *, channel=Channel.EMAIL, language="de", version: int = 0):
    slot = office_texts.slot(office, "greeting", channel, language)
    title = "Hallo" if channel == Channel.EMAIL else ""
    return office_texts.save(office, lead, slot, Wording(body, title), version=version)


@pytest.mark.parametrize("path", [LIST, EDIT])
@pytest.mark.parametrize(
    ("role", "status"), [(Role.TEAM_LEAD, 200), (Role.ADMINISTRATOR, 200), (Role.ADVISOR, 404)], ids=str
)
def test_those_who_run_the_office_write_its_texts(client, office, path, role, status):
    client.force_login(MembershipFactory(organisation=office, role=role).user)
    assert client.get(path).status_code == status
    assert client.post(EDIT, sent_form()).status_code == (302 if status == 200 else 404)


@pytest.mark.parametrize("path", ["nothing/email/de/", "greeting/fax/de/", "greeting/email/ti/"])
def test_a_text_that_does_not_exist_is_404(team_lead, path):
    assert team_lead.get(LIST + path).status_code == 404
    assert team_lead.post(f"{LIST}{path}shipped/").status_code == 404


def test_an_own_text_is_sent_instead_of_the_shipped_one(team_lead, office, lead):
    response = team_lead.post(EDIT, sent_form(), follow=True)
    assert "gespeichert" in response.content.decode()
    row = MessageText.objects.get()
    assert (row.office, row.version, row.changed_by, row.body) == (office, 1, lead, OWN)
    MessageFactory(office=office)
    MessageFactory()  # of another office
    sending.send_due()
    assert sorted((m.subject, m.body) for m in mail.outbox) == [
        ("Greeting de", "Hello\n\nin de"),
        ("Hallo", "Ein Wort: Hello"),
    ]


def test_it_counts_for_its_channel_and_language_alone(office, lead, address_book):
    save(office, lead, channel=Channel.SMS)
    save(office, lead, language="ar")
    MessageFactory(office=office)
    sending.send_due()
    address_book.everybody = registry.Recipient("ar", "person@example.org", "", {"word": "Hello"})
    MessageFactory(office=office)
    sending.send_due()
    assert [m.body for m in mail.outbox] == ["Hello\n\nin de", "Ein Wort: \u2068Hello\u2069"]


def test_the_shipped_text_counts_again_on_request(team_lead, office, lead):
    save(office, lead)
    path = reverse("messages:text_go_back", args=["greeting", "email", "de"])
    assert team_lead.get(path).status_code == 405
    assert f'action="{path}"' in team_lead.get(EDIT).content.decode()
    team_lead.post(path, {"form_token": str(new_uuid()), "version": 1})
    slot = office_texts.slot(office, "greeting", "email", "de")
    assert (slot.state, slot.version, slot.own) == (TextState.SHIPPED, 2, None)
    assert f'action="{path}"' not in team_lead.get(EDIT).content.decode()
    # A form from before the way back does not overwrite it unseen.
    with pytest.raises(StaleVersion):
        save(office, lead, version=1)


def test_the_shipped_text_saved_unchanged_is_no_own_text(team_lead, office):
    team_lead.post(EDIT, sent_form(body="{word}\n\n\n\nin de\n{time}", title="Greeting de"))
    assert office_texts.slot(office, "greeting", "email", "de").state == TextState.SHIPPED


@pytest.mark.parametrize("first", [0, 1], ids=["nobody had written", "somebody had written"])
def test_two_people_at_once_lose_nothing(team_lead, office, lead, first):
    if first:
        save(office, lead, "Alt: {word}")
    save(office, lead, "Neu von nebenan: {word}", version=first)
    response = team_lead.post(EDIT, sent_form(version=first, body="Mein Text: {word}"))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "inzwischen geändert" in shown
    assert "Neu von nebenan" in shown
    assert "Mein Text" in shown
    assert MessageText.objects.get().body == "Neu von nebenan: {word}"
    # Having seen both, they may decide.
    again = response.context["form"]
    team_lead.post(EDIT, sent_form(version=again["version"].value(), body="Mein Text: {word}"))
    assert MessageText.objects.get().body == "Mein Text: {word}"


def test_a_double_click_saves_once(team_lead):
    form = sent_form()
    team_lead.post(EDIT, form)
    assert team_lead.post(EDIT, form).status_code == 302
    assert MessageText.objects.get().version == 1


@pytest.mark.parametrize("button", ["send", "preview", "test"])
def test_what_strangers_must_not_read_is_refused_beside_the_field(team_lead, button):
    response = team_lead.post(EDIT, sent_form(body="Ihr Jobcenter: {word}", title="Termin bei {nobody}", button=button))
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert "Jobcenter" in errors["body"][0]
    assert "{nobody}" in errors["title"][0]
    assert not MessageText.objects.exists()
    assert mail.outbox == []


def test_names_of_the_office_are_refused(team_lead, office, lead):
    response = team_lead.post(EDIT, sent_form(body=f"{{word}}\nFragen Sie {lead.user.name}"))
    assert lead.user.name in response.context["form"].errors["body"][0]


def test_a_preview_shows_what_would_be_sent_and_saves_nothing(team_lead):
    response = team_lead.post(EDIT, sent_form(body="<b>{word}</b>\n\nZweiter Absatz", button="preview"))
    shown = response.content.decode()
    assert "<p>&lt;b&gt;<bdi>Olive</bdi>&lt;/b&gt;</p>\n<p>Zweiter Absatz</p>" in shown
    assert not MessageText.objects.exists()


def test_a_preview_of_an_sms_counts_its_parts(team_lead):
    response = team_lead.post("/de/messages/texts/greeting/sms/ar/", sent_form(body="{word} مرحبا", button="preview"))
    length = response.context["preview"].length
    assert (length.is_gsm, length.parts) == (False, 1)
    assert "1 SMS-Teil" in response.content.decode()


def test_a_test_goes_to_ones_own_address_once(team_lead, lead):
    form = sent_form(button="test")
    response = team_lead.post(EDIT, form)
    assert lead.user.email in response.content.decode()
    team_lead.post(EDIT, form)  # the answer is loaded again
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([lead.user.email], "Hallo", "Ein Wort: Olive\n14:30")
    assert not MessageText.objects.exists()
    # With the token of the answer the text can be saved.
    team_lead.post(EDIT, sent_form(form_token=response.context["form"]["form_token"].value()))
    assert MessageText.objects.get().body == OWN


def test_a_mail_server_that_is_down_is_told(team_lead, monkeypatch):
    from gruendungswerkstatt.messaging.channels import SendingFailed, email
    from gruendungswerkstatt.messaging.enums import SendingError

    def open_(self):
        raise SendingFailed(SendingError.UNREACHABLE)

    monkeypatch.setattr(email.EmailGateway, "open", open_)
    response = team_lead.post(EDIT, sent_form(button="test"))
    assert response.context["form"].non_field_errors() == [SendingError.UNREACHABLE.label]


def test_an_own_text_older_than_a_changed_shipped_one_is_told(team_lead, office, lead):
    row = save(office, lead)
    row.shipped_digest = "before"
    row.save()
    assert office_texts.slot(office, "greeting", "email", "de").state == TextState.OUTDATED
    assert "hat sich seitdem geändert" in team_lead.get(LIST).content.decode()


def test_an_own_text_that_the_check_refuses_today_is_not_sent(office, lead):
    row = save(office, lead)
    row.body = "{word} vom Jobcenter, {gone}"
    row.save()
    assert office_texts.slot(office, "greeting", "email", "de").state == TextState.UNFIT
    MessageFactory(office=office)
    assert sending.send_due() == {"sent": 1}
    assert mail.outbox[0].subject == "Greeting de"


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_every_page_in_every_language(team_lead, office, lead, language):
    save(office, lead)
    assert team_lead.get(f"/{language}/messages/texts/").status_code == 200
    for channel in ("email", "sms"):
        assert team_lead.get(f"/{language}/messages/texts/greeting/{channel}/{language}/").status_code == 200


def test_the_list_takes_one_query_for_all_texts(team_lead, office, lead, django_assert_num_queries):
    save(office, lead)
    with django_assert_num_queries(4):  # session, user, membership, texts
        team_lead.get(LIST)


def test_a_missing_version_or_token_changes_nothing(team_lead, office, lead):
    save(office, lead)
    for left_out in ("version", "form_token"):
        form = sent_form(version=1, body="Anders: {word}")
        del form[left_out]
        assert team_lead.post(EDIT, form).status_code == 200
        go_back = {"version": 1, "form_token": str(new_uuid())}
        del go_back[left_out]
        team_lead.post(f"{EDIT}shipped/", go_back)
    assert MessageText.objects.get().body == OWN
