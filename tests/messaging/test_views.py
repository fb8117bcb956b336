"""The team lead's list of everything that is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.enums import Channel, MessageState, VoidReason
from gruendungswerkstatt.messaging.models import Message
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("address_book")]

LIST = "/de/messages/"


@pytest.fixture
def office():
    return OrganisationFactory(office=True)


@pytest.fixture
def team_lead(client, office):
    """A client signed in as the office's team lead."""
    client.force_login(MembershipFactory(organisation=office, team_lead=True).user)
    return client


def uuids(response) -> list:
    return [row.message.uuid for row in response.context["rows"]]


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(LIST)["Location"] == f"{reverse('account_login')}?next={LIST}"


@pytest.mark.parametrize("who", [{}, {"partner": True}], ids=["advisor", "partner"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_advisors_and_partners_get_404(client, who, method):
    membership = MembershipFactory(**who)
    message = MessageFactory(failed=True)
    client.force_login(membership.user)
    path = LIST if method == "get" else reverse("messages:message_retry", args=[message.uuid])
    assert getattr(client, method)(path).status_code == 404


def test_other_offices_messages_are_neither_shown_nor_sent_again(team_lead):
    other = MessageFactory(failed=True)
    assert uuids(team_lead.get(LIST)) == []
    assert team_lead.post(reverse("messages:message_retry", args=[other.uuid])).status_code == 404


def test_what_was_sent_is_shown_as_sent(team_lead, office):
    MessageFactory(office=office, sent=True, language="ar", title="تذكير بموعد", body="الاثنين\n<b>14:30</b>")
    page = team_lead.get(LIST).content.decode()
    assert "person@example.org" in page
    assert "تذكير بموعد" in page
    assert "الاثنين<br>&lt;b&gt;14:30&lt;/b&gt;" in page


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_every_state_is_shown_in_every_language(team_lead, office, language):
    MessageFactory(office=office)
    MessageFactory(office=office, failed=True)
    MessageFactory(office=office, sent=True)
    MessageFactory(office=office, state=MessageState.VOID, void_reason=VoidReason.NO_CHANNEL, channel=Channel.SMS)
    MessageFactory(office=office, kind="gone")
    response = team_lead.get(f"/{language}/messages/")
    assert response.status_code == 200
    assert len(response.context["rows"]) == 5


def test_newest_first(team_lead, office):
    old = MessageFactory(office=office)
    new = MessageFactory(office=office, due_at=clock.now() + timedelta(days=1))
    assert uuids(team_lead.get(LIST)) == [new.uuid, old.uuid]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=failed", ["failed"]),
        ("channel=sms", ["sms"]),
        ("kind=greeting&state=void", ["unwanted"]),
        ("state=void&channel=sms", []),
        ("state=nonsense", ["sms", "failed"]),
        ("channel=%00&kind=%F0%9F%98%80", ["sms", "failed"]),
        ("cursor=nonsense", ["sms", "failed"]),
    ],
)
def test_filters(team_lead, office, query, expected):
    names = {
        MessageFactory(office=office, failed=True).uuid: "failed",
        MessageFactory(office=office, channel=Channel.SMS).uuid: "sms",
        MessageFactory(office=office, state=MessageState.VOID, void_reason=VoidReason.NOT_WANTED).uuid: "unwanted",
    }
    response = team_lead.get(f"{LIST}?{query}")
    assert sorted(names[uuid] for uuid in uuids(response)) == sorted(expected)


def test_pages_follow_each_other_and_keep_the_filter(team_lead, office):
    MessageFactory.create_batch(51, office=office)
    MessageFactory(office=office, sent=True)
    first = team_lead.get(f"{LIST}?state=planned")
    second = team_lead.get(f"{LIST}?state=planned&cursor={first.context['page'].older}")
    assert (len(uuids(first)), len(uuids(second))) == (50, 1)
    assert not set(uuids(first)) & set(uuids(second))


def test_a_failed_message_is_sent_again_by_a_button(team_lead, office):
    message = MessageFactory(office=office, failed=True)
    path = reverse("messages:message_retry", args=[message.uuid])
    assert f'action="{path}"' in team_lead.get("/de/messages/").content.decode()
    response = team_lead.post(path, follow=True)
    assert response.redirect_chain[-1][0] == reverse("messages:message_list")
    message.refresh_from_db()
    assert message.state == MessageState.PLANNED


def test_looking_does_not_send(team_lead, office):
    message = MessageFactory(office=office, failed=True)
    assert team_lead.get(reverse("messages:message_retry", args=[message.uuid])).status_code == 405
    assert Message.objects.get().state == MessageState.FAILED


@pytest.mark.parametrize("rows", [1, 50])
def test_the_number_of_queries_does_not_grow(team_lead, office, rows, django_assert_num_queries):
    MessageFactory.create_batch(rows, office=office)
    with django_assert_num_queries(4):  # session, user, membership, messages
        team_lead.get(LIST)


def test_all_failed_messages_of_the_office_are_sent_again_by_one_button(team_lead, office):
    mine = MessageFactory.create_batch(2, office=office, failed=True)
    useless = MessageFactory(office=office, failed=True, not_after_at=clock.now() - timedelta(minutes=1))
    other = MessageFactory(failed=True)
    path = reverse("messages:failed_retry")
    assert f'action="{path}"' in team_lead.get(LIST).content.decode()
    assert team_lead.get(path).status_code == 405
    assert "2 Nachrichten" in team_lead.post(path, follow=True).content.decode()
    states = dict(Message.objects.values_list("pk", "state"))
    assert [states[m.pk] for m in (*mine, useless, other)] == ["planned", "planned", "failed", "failed"]
    team_lead.post(path)  # once more changes nothing
    assert f'action="{path}"' not in team_lead.get(LIST).content.decode()
