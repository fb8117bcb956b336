"""What becomes of a due message, one outcome after the other."""

import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import at
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.messaging import registry, rules, sending
from gruendungswerkstatt.messaging.channels import email
from gruendungswerkstatt.messaging.enums import Channel, MessageState, SendingError, VoidReason
from gruendungswerkstatt.messaging.models import Message
from tests.factories.messaging import MessageFactory
from tests.factories.people import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def server_says(monkeypatch):
    """Let the mail backend raise what is given, or work again if nothing is."""

    def set_error(error: Exception | None) -> None:
        from django.core.mail.backends.locmem import EmailBackend

        def send_messages(_self, messages):
            if error:
                raise error
            mail.outbox.extend(messages)
            return len(messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    return set_error


def test_a_due_mail_is_sent_and_kept_as_sent(address_book):
    message = MessageFactory()
    assert sending.send_due() == {"sent": 1}
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["person@example.org"], "Greeting de", "Hello\n\nin de")
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert (message.language, message.address, message.title) == ("de", "person@example.org", "Greeting de")
    assert message.body == "Hello\n\nin de"
    assert message.sent_at == clock.now()
    assert message.attempts == 1
    assert message.claim is None
    assert message.delete_after_on == clock.today() + timedelta(days=90)


def test_it_is_sent_once(address_book):
    MessageFactory()
    sending.send_due()
    assert sending.send_due() == {}
    assert len(mail.outbox) == 1


def test_the_head_is_neutral(address_book, settings):
    settings.DEFAULT_FROM_EMAIL = "Termin <termin@neutral.example>"
    message = MessageFactory()
    sending.send_due()
    head = mail.outbox[0].message()
    assert head["Message-ID"] == f"<{message.uuid}@neutral.example>"
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["From"] == "Termin <termin@neutral.example>"
    assert {name.lower() for name in head} == {
        "content-type", "mime-version", "subject", "from", "to", "date", "message-id", "auto-submitted"
    }  # fmt: skip


def test_the_html_twin_has_the_direction_of_the_language(address_book):
    address_book.everybody = registry.Recipient("ar", "person@example.org", "", {"word": "<b>"})
    MessageFactory()
    sending.send_due()
    [html] = mail.outbox[0].alternatives
    assert '<html lang="ar" dir="rtl">' in html.content
    assert "&lt;b&gt;" in html.content
    assert mail.outbox[0].body.startswith("\u2068<b>\u2069")


def test_what_is_not_due_waits(address_book):
    MessageFactory(due_at=clock.now() + timedelta(seconds=1))
    assert sending.send_due() == {}


def test_a_language_without_interface_falls_back_to_german(address_book):
    address_book.everybody = registry.Recipient("ti", "person@example.org", "", {"word": "Selam"})
    message = MessageFactory()
    sending.send_due()
    message.refresh_from_db()
    assert message.language == "de"


@pytest.mark.parametrize("reason", [VoidReason.SUPERSEDED, VoidReason.NOT_WANTED])
def test_what_the_room_refuses_is_void(address_book, reason):
    address_book.everybody = reason
    message = MessageFactory()
    assert sending.send_due() == {"void": 1}
    message.refresh_from_db()
    assert message.void_reason == reason
    assert mail.outbox == []


def test_a_kind_that_is_gone_is_superseded(address_book):
    message = MessageFactory(kind="gone")
    sending.send_due()
    message.refresh_from_db()
    assert (message.state, message.void_reason) == (MessageState.VOID, VoidReason.SUPERSEDED)


def test_without_address_it_is_void(address_book):
    address_book.everybody = registry.Recipient("de", "")
    message = MessageFactory()
    sending.send_due()
    message.refresh_from_db()
    assert message.void_reason == VoidReason.NO_ADDRESS


def test_too_late_is_never_sent(address_book):
    message = MessageFactory(not_after_at=clock.now() - timedelta(seconds=1))
    sending.send_due()
    message.refresh_from_db()
    assert (message.state, message.void_reason) == (MessageState.VOID, VoidReason.TOO_LATE)
    assert mail.outbox == []


def test_sms_without_gateway_is_void(address_book, settings):
    settings.SMS_DIR = None
    message = MessageFactory(channel=Channel.SMS)
    sending.send_due()
    message.refresh_from_db()
    assert message.void_reason == VoidReason.NO_CHANNEL


def test_sms_in_demo_mode_is_a_file(address_book, settings, tmp_path):
    settings.SMS_DIR = tmp_path / "mail"
    address_book.everybody = registry.Recipient("ar", "+491713920001", "", {"word": "مرحبا"})
    message = MessageFactory(channel=Channel.SMS)
    assert sending.send_due() == {"sent": 1}
    [path] = settings.SMS_DIR.iterdir()
    assert path.name == f"{message.uuid}.sms.txt"
    assert path.read_text() == "To: +491713920001\n\n\u2068مرحبا\u2069 (ar)\n"


def test_sms_waits_for_the_morning(address_book, settings, tmp_path):
    settings.SMS_DIR = tmp_path
    message = MessageFactory(channel=Channel.SMS)
    with clock.frozen(at(date(2026, 11, 23), 22)):
        assert sending.send_due() == {"planned": 1}
        assert sending.send_due() == {}
    message.refresh_from_db()
    assert message.due_at == at(date(2026, 11, 24), 8)
    with clock.frozen(at(date(2026, 11, 24), 8)):
        assert sending.send_due() == {"sent": 1}


def test_sms_that_would_be_too_late_in_the_morning_is_void(address_book, settings, tmp_path):
    settings.SMS_DIR = tmp_path
    message = MessageFactory(channel=Channel.SMS, not_after_at=at(date(2026, 11, 24), 7))
    with clock.frozen(at(date(2026, 11, 23), 22)):
        sending.send_due()
    message.refresh_from_db()
    assert message.void_reason == VoidReason.TOO_LATE


def test_a_passing_failure_is_tried_again_until_it_works(address_book, server_says):
    message = MessageFactory()
    server_says(smtplib.SMTPDataError(451, b"later, person@example.org"))
    assert sending.send_due() == {"planned": 1}
    message.refresh_from_db()
    assert (message.attempts, message.error) == (1, SendingError.REFUSED_FOR_NOW)
    assert message.due_at == clock.now() + rules.RETRY_AFTER[0]
    server_says(None)
    with clock.frozen(message.due_at):
        assert sending.send_due() == {"sent": 1}
    message.refresh_from_db()
    assert (message.attempts, message.error) == (2, "")


def test_attempts_end(address_book, server_says):
    server_says(smtplib.SMTPServerDisconnected("gone"))
    message = MessageFactory()
    states = []
    for _attempt in range(rules.MAX_ATTEMPTS):
        message.refresh_from_db()
        with clock.frozen(message.due_at):
            states += sending.send_due()
    assert states == ["planned"] * (rules.MAX_ATTEMPTS - 1) + ["failed"]
    message.refresh_from_db()
    assert message.attempts == rules.MAX_ATTEMPTS
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert sending.send_due() == {}


def test_no_attempt_is_made_after_the_last_useful_moment(address_book, server_says):
    server_says(smtplib.SMTPServerDisconnected("gone"))
    message = MessageFactory(not_after_at=clock.now() + timedelta(seconds=30))
    assert sending.send_due() == {"failed": 1}
    message.refresh_from_db()
    assert message.error == SendingError.BROKEN_OFF


@pytest.mark.parametrize(
    ("error", "kind", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), SendingError.REFUSED, "failed"),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"full")}), SendingError.REFUSED_FOR_NOW, "planned"),
        (smtplib.SMTPSenderRefused(553, b"no", "termin@example.org"), SendingError.REFUSED_FOR_NOW, "planned"),
        (smtplib.SMTPDataError(554, b"spam"), SendingError.REFUSED, "failed"),
        (TimeoutError("hangs"), SendingError.BROKEN_OFF, "planned"),
        (ValueError("Invalid address"), SendingError.REFUSED, "failed"),
        (RuntimeError("a fault of a backend"), SendingError.BROKEN_OFF, "planned"),
    ],
    ids=lambda value: getattr(value, "value", None) or type(value).__name__,
)
def test_kinds_of_failure(address_book, server_says, error, kind, state):
    server_says(error)
    message = MessageFactory()
    assert sending.send_due() == {state: 1}
    message.refresh_from_db()
    assert message.error == kind


def test_one_bad_address_does_not_hold_up_the_others(address_book):
    bad = MessageFactory()
    address_book.own[bad.recipient_uuid] = registry.Recipient("de", "a@b@c\u202e <>", "", {"word": ""})
    MessageFactory.create_batch(2)
    assert sending.send_due() == {"failed": 1, "sent": 2}


def test_an_unreachable_server_is_asked_once_a_batch(address_book, monkeypatch):
    asked = []

    def open_(self):
        asked.append(1)
        raise sending.SendingFailed(SendingError.UNREACHABLE)

    monkeypatch.setattr(email.EmailGateway, "open", open_)
    MessageFactory.create_batch(3)
    assert sending.send_due() == {"planned": 3}
    assert len(asked) == 1
    assert set(Message.objects.values_list("attempts", "error")) == {(1, SendingError.UNREACHABLE)}


def test_an_unreachable_mail_server_does_not_hold_up_sms(address_book, monkeypatch, settings, tmp_path):
    settings.SMS_DIR = tmp_path

    def open_(self):
        raise sending.SendingFailed(SendingError.UNREACHABLE)

    monkeypatch.setattr(email.EmailGateway, "open", open_)
    MessageFactory()
    MessageFactory(channel=Channel.SMS)
    assert sending.send_due() == {"planned": 1, "sent": 1}


def test_a_text_that_cannot_be_made_is_a_failure_of_that_message(address_book, monkeypatch):
    broken = MessageFactory()
    address_book.own[broken.recipient_uuid] = registry.Recipient("de", "x@example.org", "", {})  # no word
    MessageFactory()
    assert sending.send_due() == {"planned": 1, "sent": 1}
    broken.refresh_from_db()
    assert broken.error == SendingError.TEXT


def test_a_broken_resolver_is_a_failure_of_its_kind(address_book):
    address_book.everybody = RuntimeError("fault")
    message = MessageFactory()
    other = MessageFactory(kind="gone")
    assert sending.send_due() == {"planned": 1, "void": 1}
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.error, other.state) == (SendingError.TEXT, MessageState.VOID)


def test_the_lease_of_a_dead_sender_runs_out(address_book):
    message = MessageFactory(
        state=MessageState.CLAIMED, claim=new_uuid(), claimed_until=clock.now() + timedelta(minutes=5)
    )
    assert sending.send_due() == {}
    with clock.frozen(message.claimed_until):
        assert sending.send_due() == {"sent": 1}


def test_what_kills_its_sender_again_and_again_has_failed(address_book):
    message = MessageFactory(
        state=MessageState.CLAIMED,
        claim=new_uuid(),
        claimed_until=clock.now(),
        handover_at=clock.now() - sending.LEASE,
        attempts=rules.MAX_ATTEMPTS,
    )
    assert sending.send_due() == {"failed": 1}
    message.refresh_from_db()
    assert message.error == SendingError.SENDER_LOST
    assert mail.outbox == []


def test_what_was_taken_back_after_the_claim_is_not_sent(address_book, monkeypatch):
    from gruendungswerkstatt.messaging import composing, services

    message = MessageFactory()
    original = composing.compose

    def compose(*args):
        services.void(message.subject_uuid)
        return original(*args)

    monkeypatch.setattr(composing, "compose", compose)
    assert sending.send_due() == {"lost": 1}
    message.refresh_from_db()
    assert message.state == MessageState.VOID
    assert mail.outbox == []


def test_a_sender_that_is_stopped_gives_back_what_it_has_not_begun(address_book, monkeypatch):
    first, second = MessageFactory.create_batch(2)

    def send(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(email.EmailGateway, "send", send)
    with pytest.raises(KeyboardInterrupt):
        sending.send_due()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (MessageState.CLAIMED, MessageState.PLANNED)


@pytest.mark.parametrize("handfuls", [1, 4])
def test_queries_per_handful(address_book, django_assert_num_queries, handfuls):
    """Four for each: a savepoint and back, and the mark on the rows that are still ours; then one per message."""
    MessageFactory.create_batch(sending.HANDFUL * handfuls, office=OrganisationFactory(office=True))
    two_claims, texts_and_period, giving_back = 4 + 3, 1 + 1, 3
    with django_assert_num_queries(two_claims + texts_and_period + (4 + sending.HANDFUL) * handfuls + giving_back):
        sending.send_due()
    assert address_book.calls == [sending.HANDFUL * handfuls]
