"""A short message to many founders: words and ways are shown first, each gets it once, and who does not is named."""

from datetime import date

import pytest
from django.utils.translation import override

from cases.files import services, short_messages
from cases.files.enums import MessageResult, ShortMessage, TimelineKind
from cases.files.models import Case, Founder, TimelineEntry
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.messaging import composing, registry
from gruendungswerkstatt.messaging.enums import Channel, VoidReason
from gruendungswerkstatt.messaging.models import Message
from tests.factories.files import CaseFactory, FounderFactory

from .conftest import assert_kept_out

pytestmark = pytest.mark.django_db

LIST = "/de/cases/list/"
PREVIEW, NOW = f"{LIST}message/", f"{LIST}message/now/"
CALL = ShortMessage.PLEASE_CALL


def person(office, name, **wishes):
    wishes = {"wants_email": False, "wants_sms": False, "email": "", "phone": ""} | wishes
    return CaseFactory(founder=FounderFactory(office=office, name=name, **wishes))


@pytest.fixture
def cases(office, advisor):
    return [
        person(office, "Amina", language="ar", wants_sms=True, phone="+491713920001"),
        person(office, "Bilal", language="de", wants_email=True, email="bilal@example.org"),
        person(office, "Dana", phone="+491713920002"),
        person(office, "Emre", wants_email=True),
    ]


def preview(client, cases, **body):
    return client.post(PREVIEW, {"case": [str(case.uuid) for case in cases], "text": CALL.value, **body})


def send(client, cases, **body):
    seen = [f"{case.uuid}:{case.version}" for case in cases]
    return client.post(NOW, {"seen": seen, "text": CALL.value, "form_token": str(new_uuid()), **body})


def said(page):
    return {row.case.founder.name: str(row.badge.text) for row in page.context["rows"]}


def test_the_preview_shows_words_ways_and_who_is_not_reached(client, cases):
    page = preview(client, cases)
    assert said(page) == {
        "Amina": MessageResult.PLANNED.label,
        "Bilal": MessageResult.PLANNED.label,
        "Dana": MessageResult.NOT_WANTED.label,
        "Emre": MessageResult.NO_ADDRESS.label,
    }
    html = page.content.decode()
    assert "1 Person per E-Mail" in html
    assert "1 Person per SMS" in html
    assert "نود التحدث معك" in html
    assert "Wir möchten gern mit Ihnen sprechen" in html
    assert not Message.objects.exists()


def test_each_gets_it_once_however_often_it_is_sent(client, cases):
    token = str(new_uuid())
    for _twice in range(2):
        response = send(client, cases, form_token=token)
    assert said(client.get(response.url))["Amina"] == MessageResult.PLANNED.label
    again = send(client, cases)
    assert said(client.get(again.url))["Amina"] == MessageResult.ALREADY.label
    assert set(Message.objects.values_list("channel", flat=True)) == {"sms", "email"}
    assert Message.objects.count() == 2
    lines = TimelineEntry.objects.filter(kind=TimelineKind.SHORT_MESSAGE)
    assert {line.case.founder.name for line in lines} == {"Amina", "Bilal"}


def test_the_same_text_can_go_out_on_another_day(office, advisor, cases, noon):
    short_messages.send(office, advisor, CALL, {cases[0].uuid: 1})
    with clock.frozen(clock.at(date(2026, 11, 24), 12)):
        assert short_messages.send(office, advisor, CALL, {cases[0].uuid: 1}) == {cases[0].uuid: MessageResult.PLANNED}
    assert Message.objects.count() == 2


def test_an_sms_waits_until_the_morning(office, advisor, cases):
    with clock.frozen(clock.at(date(2026, 11, 23), 22)):
        short_messages.send(office, advisor, CALL, {cases[0].uuid: 1, cases[1].uuid: 1})
    due = dict(Message.objects.values_list("channel", "due_at"))
    assert clock.local(due["sms"]).hour == 8
    assert clock.local(due["email"]).hour == 22


def test_what_somebody_changed_meanwhile_is_left_and_named(client, cases, advisor):
    services.assign(cases[0], advisor, advisor, version=1)
    Case.objects.filter(pk=cases[1].pk).update(state="closed", outcome="withdrawn", closed_at=clock.now())
    results = said(client.get(send(client, cases[:2]).url))
    assert results == {"Amina": MessageResult.STALE.label, "Bilal": MessageResult.ENDED.label}
    assert not Message.objects.exists()


def test_wishes_count_when_it_is_sent(office, advisor, cases):
    short_messages.send(office, advisor, CALL, {cases[0].uuid: 1})
    (message,) = Message.objects.all()
    assert short_messages.resolve([message])[message.pk].address == "+491713920001"
    Founder.objects.update(wants_sms=False)
    assert short_messages.resolve([message])[message.pk] == VoidReason.NOT_WANTED


@pytest.mark.parametrize("text", ShortMessage)
def test_no_message_says_who_writes_or_what_about(cases, text):
    recipient = registry.Recipient("de", "a@example.org", "", {"own_word": "", "phone": "+4923032538000"})
    words = composing.compose(registry.kind(text.value), Channel.SMS, recipient).body
    with override("de"):
        assert words.count("\n") == 0
    for telling in ("Jobcenter", "Gründung", "Amina", "http", "Code"):
        assert telling not in words


def test_bad_input_sends_nothing(client, cases, people):
    assert client.post(PREVIEW, {"text": CALL.value}).url == LIST
    assert preview(client, cases, text="own words").url == LIST
    assert send(client, cases, text="").url == LIST
    assert send(client, cases, form_token="x").url == LIST
    theirs = CaseFactory(founder__name="Fremd")
    assert said(preview(client, [theirs])) == {}
    send(client, [theirs])
    assert not Message.objects.exists()
    for browser in people.values():
        if browser is not people["other office"]:
            assert_kept_out(browser, "post", NOW)
