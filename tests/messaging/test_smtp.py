"""Real SMTP to a counting server on loopback, real commits, two senders at once."""

import threading
from contextvars import copy_context

import pytest
from django.core.mail.backends import smtp as django_smtp
from django.db import connection

from gruendungswerkstatt.messaging import sending
from gruendungswerkstatt.messaging.channels.email import message_id
from gruendungswerkstatt.messaging.enums import MessageState, SendingError
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.settings.addresses import read_email
from tests.factories.messaging import MessageFactory
from tests.factories.people import OrganisationFactory

from .smtp import counting_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings, monkeypatch):
    """A counting server, and mail goes to it by EMAIL_URL."""
    with counting_server() as running:
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{running.port}")
        for name, value in read_email("EMAIL_URL").items():
            setattr(settings, name, value)
        settings.EMAIL_TIMEOUT = 5
        assert f"{django_smtp.__name__}.EmailBackend" == settings.EMAIL_BACKEND
        yield running


def at_once(work, count: int = 2) -> list:
    """Results of `work`, run in `count` threads that begin together, each with its own connection."""
    results, errors, barrier = [], [], threading.Barrier(count)

    def run():
        try:
            barrier.wait(timeout=10)
            results.append(work())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=copy_context().run, args=(run,)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    if errors:
        raise errors[0]
    return results


def test_email_url_sends_for_real_over_one_connection(address_book, server):
    message = MessageFactory()
    MessageFactory.create_batch(4)
    assert sending.send_due() == {"sent": 5}
    assert server.connections == 1
    first = next(mail for mail in server.mails if mail["Message-ID"] == message_id(message.uuid))
    assert first["To"] == "person@example.org"
    assert first.get_body(("plain",)).get_content().split() == ["Hello", "in", "de"]
    assert "<p><bdi>Hello</bdi></p>" in first.get_body(("html",)).get_content()


def test_two_senders_send_each_message_once(address_book, server):
    office = OrganisationFactory(office=True)
    messages = MessageFactory.create_batch(250, office=office)
    outcomes = at_once(sending.send_due)
    assert sum(outcome["sent"] for outcome in outcomes) == 250
    assert all(outcome["sent"] for outcome in outcomes), "one sender did all the work: nothing was proved"
    assert server.message_ids() == {message_id(message.uuid): 1 for message in messages}
    assert set(Message.objects.values_list("state", "attempts")) == {(MessageState.SENT, 1)}


def test_a_hanging_server_is_tried_again_with_the_same_id(address_book, server, settings):
    settings.EMAIL_TIMEOUT = 0.3
    message = MessageFactory()
    server.hold = True
    assert sending.send_due() == {"planned": 1}
    message.refresh_from_db()
    assert message.error == SendingError.BROKEN_OFF
    server.hold = False
    Message.objects.update(due_at=message.planned_at)
    assert sending.send_due() == {"sent": 1}
    # The server had it the first time and only its answer was lost: it can drop the repeat by its id.
    assert server.message_ids() == {message_id(message.uuid): 2}


def test_a_refusal_reaches_only_the_one_message(address_book, server):
    message = MessageFactory()
    server.answer = "554 looks like spam, person@example.org"
    assert sending.send_due() == {"failed": 1}
    message.refresh_from_db()
    assert message.error == SendingError.REFUSED
    server.answer = "250 OK"
    MessageFactory()
    assert sending.send_due() == {"sent": 1}


def test_a_port_where_nobody_listens_is_a_retry(address_book, server, settings):
    settings.EMAIL_PORT = 1
    message = MessageFactory()
    assert sending.send_due() == {"planned": 1}
    message.refresh_from_db()
    assert (message.error, message.attempts) == (SendingError.UNREACHABLE, 1)
