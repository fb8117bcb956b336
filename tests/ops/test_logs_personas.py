"""The twelve personas go through what may be logged; nothing they said, typed or are called is in any line."""

import json
import logging
import smtplib
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.test import Client

from gruendungswerkstatt.messaging import registry, sending
from intake.models import Submission
from tests.factories.intake import PERSONAS
from tests.factories.messaging import MessageFactory
from tests.intake.conftest import Walker, office  # noqa: F401  (a fixture)
from tests.messaging.conftest import address_book  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

# Answers in own words; codes such as "kamen" or "yes" are no secret by themselves.
OWN_WORDS = ("name", "name_latin", "name_original", "phone", "email", "idea", "own_word", "helper_name", "helper_phone")
PASSWORD = "Geheim-Werkstatt-99"


def said_by(persona: dict) -> list[str]:
    return [persona["answers"][key] for key in OWN_WORDS if persona["answers"].get(key)]


def leaks(lines: list[str], words: list[str]) -> list[str]:
    """Lines with one of `words` or a longer part of one, as typed, as an address has it, or escaped."""
    parts = {part for word in words for part in (word, *word.split()) if len(part) >= 4}
    forms = {form for part in parts for form in (part, quote(part), json.dumps(part)[1:-1], part.encode().hex())}
    return [line for line in lines if any(form.casefold() in line.casefold() for form in forms)]


def assert_nothing_leaks(lines: list[str], words: list[str]) -> None:
    assert lines, "nothing was logged, so nothing is proven"
    assert words
    assert leaks(lines, words) == []


@pytest.mark.parametrize("number", PERSONAS)
@pytest.mark.usefixtures("office")
def test_an_enquiry_leaves_no_word_in_the_log(written, number):
    persona = PERSONAS[number]
    founder = Walker(persona["language"])
    founder.walks(persona["answers"])
    founder.post("check/", {key: persona["answers"][key] for key in ("wants_sms",) if key in persona["answers"]})
    founder.get("sent/")
    sent = Submission.objects.get()
    words = said_by(persona)
    founder.client.post(f"/{persona['language']}/status/", {"reference": sent.reference, "code": words[0]})
    founder.client.get(f"/{persona['language']}/network/", {"q": words[0]})
    founder.client.get(f"/{quote(words[0])}/")
    assert_nothing_leaks(written, [*words, sent.reference])


@pytest.mark.parametrize("number", PERSONAS)
def test_an_error_with_their_answers_leaves_no_word_in_the_log(written, settings, number):
    settings.ROOT_URLCONF = "tests.ops.urls_broken"
    words = said_by(PERSONAS[number])
    client = Client(raise_request_exception=False, headers={"User-Agent": words[0].encode("ascii", "ignore").decode()})
    answer = client.post(f"/broken/{quote(words[0])}/?idea={quote(words[-1])}", {"name": words[0]})
    assert answer.status_code == 500
    assert any('"error": "IntegrityError < ValueError"' in line for line in written)
    assert_nothing_leaks(written, words)


def test_a_failed_sign_in_leaves_neither_address_nor_password(written):
    get_user_model().objects.create_user(email="sherin.xelilo@example.org", password=PASSWORD)
    for email, password in (
        ("sherin.xelilo@example.org", f"{PASSWORD}-wrong"),
        ("somebody.else@example.org", PASSWORD),
        ("sherin.xelilo@example.org\x00", PASSWORD),
        ("Şêrîn Xelîlo", PASSWORD),
    ):
        Client().post("/de/accounts/login/", {"login": email, "password": password})
    assert_nothing_leaks(written, ["sherin.xelilo", "somebody.else", PASSWORD, "Şêrîn Xelîlo"])


@pytest.mark.parametrize("number", PERSONAS)
@pytest.mark.parametrize(
    "kind",
    [smtplib.SMTPRecipientsRefused, smtplib.SMTPServerDisconnected, RuntimeError],
    ids=lambda kind: kind.__name__,
)
def test_mail_that_fails_leaves_no_address_in_the_log(written, address_book, monkeypatch, number, kind):  # noqa: F811
    words = [*said_by(PERSONAS[number]), "asma@example.org"]
    address_book.everybody = registry.Recipient("de", words[-1], "1234-5678", {"word": "Hallo"})

    def refuse(_self, messages):
        refused = {message.to[0]: (550, words[0].encode()) for message in messages}
        raise kind(refused) if kind is smtplib.SMTPRecipientsRefused else kind(f"no: {refused}")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    MessageFactory()
    sending.send_due()
    assert_nothing_leaks(written, words)


def test_what_the_database_quotes_is_not_logged(written):
    """PostgreSQL writes the offending row into its message."""
    name = PERSONAS[5]["answers"]["name"]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE person (name text UNIQUE) ON COMMIT DROP")
            cursor.execute("INSERT INTO person VALUES (%s), (%s)", [name, name])
    except IntegrityError:
        logging.getLogger("intake.services").exception("Could not store")
        logging.getLogger("django.request").exception("%s: %s", "Internal Server Error", f"/{name}/")
    assert any("UniqueViolation" in line for line in written)
    assert_nothing_leaks(written, [name])


def test_the_search_for_leaks_finds_one():
    assert leaks(['{"text": "Xelîlo"}'], ["Şêrîn Xelîlo"])
    assert leaks([quote("گلالی")], ["گلالی"])
    assert not leaks(['{"text": "Request"}'], ["Şêrîn Xelîlo"])
