"""`manage.py send_reminders`."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging.enums import VoidReason
from gruendungswerkstatt.messaging.models import Message
from tests.factories.messaging import MessageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def output(*args) -> str:
    out = StringIO()
    call_command("send_reminders", *args, stdout=out)
    return out.getvalue()


def test_it_lists_what_is_due_without_a_word_about_people(address_book):
    address_book.everybody = registry.Recipient("ar", "person@example.org", "1234-5678", {"word": "Gulalai"})
    message = MessageFactory(channel="email", attempts=2)
    address_book.own[MessageFactory(channel="sms").recipient_uuid] = VoidReason.NOT_WANTED
    MessageFactory(due_at=clock.now() + timedelta(minutes=1))
    listed = output()
    first, second = [line.split() for line in listed.splitlines()[1:3]]
    assert first == ["2026-11-23", "11:59", "greeting", "email", "ar", "planned", "2", "1234-5678"]
    assert second[3:7] == ["sms", "-", "void:", "not_wanted"]
    assert "2 due" in listed
    assert "person@example.org" not in listed
    assert "Gulalai" not in listed
    message.refresh_from_db()
    assert message.state == "planned"
    assert mail.outbox == []


def test_listing_asks_per_batch_and_not_per_message(address_book):
    MessageFactory.create_batch(600)
    assert "600 due" in output()
    assert address_book.calls == [500, 100]


def test_nothing_due(address_book):
    assert "0 due" in output()
    assert output("--send") == "nothing due\n"


def test_send_sends_in_this_process(address_book):
    MessageFactory.create_batch(2)
    assert output("--send") == "2 sent\n"
    assert len(mail.outbox) == 2
    assert Message.objects.filter(state="sent").count() == 2
