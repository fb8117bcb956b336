"""Suggestions of the office's own translation server: asked for by a button, marked until somebody saves them."""

import json
import logging
import threading
import time
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cases.files import machine_translation
from cases.files.models import Translation
from gruendungswerkstatt.settings import base, safety
from intake.models import Submission
from tests.factories.intake import SHORT_WAY, SubmissionFactory

from .conftest import Form

pytestmark = pytest.mark.django_db

IDEA = "أريد أن أبيع الفلافل"


class Server(ThreadingHTTPServer):
    """Answers as it is told: a status and a body, a wait before it, a pause after each byte."""

    daemon_threads = True
    status, body, headers = 200, json.dumps({"translatedText": "Ich möchte Falafel verkaufen"}).encode(), {}
    wait = pause = 0.0

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []
        self.closing = threading.Event()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        server.asked.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        if server.closing.wait(server.wait):
            return
        self.send_response(server.status)
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for number in range(len(server.body)) if server.pause else ():
            self.wfile.write(server.body[number : number + 1])
            self.wfile.flush()
            if server.closing.wait(server.pause):
                return
        if not server.pause:
            self.wfile.write(server.body)

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def server(settings):
    running = Server()
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    settings.TRANSLATE_URL = f"http://127.0.0.1:{running.server_port}/"
    yield running
    running.closing.set()
    running.shutdown()
    running.server_close()


@pytest.fixture
def submission(office):
    answers = SHORT_WAY | {"municipality": "kamen", "idea": IDEA}
    return SubmissionFactory(
        municipality=office.municipalities.get(code="kamen"), answers=answers, text_languages={"idea": "ar"}
    )


@pytest.fixture
def address(submission):
    return f"/de/cases/inbox/{submission.uuid}/words/idea/de/"


@pytest.fixture
def form(client, address):
    return Form(client.get(address).content.decode(), address)


def read(response):
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_without_a_server_nothing_is_offered_or_sent(client, form, settings):
    assert settings.TRANSLATE_URL == ""
    assert 'name="suggest"' not in form.html
    assert "keinen Übersetzungsserver" in read(form.send(client, suggest="1", text="Meines"))


def test_a_suggestion_fills_the_form_and_is_marked_until_somebody_saves_it(server, client, settings, address):
    settings.TRANSLATE_KEY = "schluessel"
    form = Form(client.get(address).content.decode(), address)
    assert 'name="suggest"' in form.html
    html = read(form.send(client, suggest="1", text=""))
    asked = {"q": IDEA, "source": "ar", "target": "de", "format": "text", "api_key": "schluessel"}
    assert server.asked == [("/translate", asked)]
    assert ">\nIch möchte Falafel verkaufen</textarea>" in html
    assert "Von einer Maschine vorgeschlagen, nicht geprüft" in html
    assert not Translation.objects.exists()
    Form(html, address).send(client, text="Ich will Falafel verkaufen")
    kept = Translation.objects.get()
    assert (kept.text, kept.is_from_machine, kept.author.user.name) == (
        "Ich will Falafel verkaufen", True, "Petra Beispiel",
    )  # fmt: skip
    inbox = read(client.get(address.partition("words/")[0]))
    assert "von einer Maschine vorgeschlagen, geprüft" in inbox


def test_what_was_typed_before_stands_above_the_suggestion(server, client, form):
    html = read(form.send(client, suggest="1", text="Mein Anfang"))
    assert html.index("Mein Anfang") < html.index(">\nIch möchte Falafel verkaufen</textarea>")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"status": 500, "body": b"Boom"}, "antwortet nicht"),
        ({"status": 403, "body": b'{"error": "key"}'}, "antwortet nicht"),
        ({"status": 400, "body": b'{"error": "ti is not supported"}'}, "kann diesen Text nicht übersetzen"),
        ({"body": b"<html>no json"}, "antwortet nicht"),
        ({"body": b'["translatedText"]'}, "antwortet nicht"),
        ({"body": b'{"translatedText": null}'}, "kann diesen Text nicht übersetzen"),
        ({"body": b'{"translatedText": " "}'}, "kann diesen Text nicht übersetzen"),
        ({"body": b'"' + b"x" * 600_000 + b'"'}, "antwortet nicht"),
        ({"status": 302, "headers": {"Location": "http://127.0.0.1:9/elsewhere"}, "body": b""}, "antwortet nicht"),
    ],
)
def test_a_server_that_fails_is_told_and_what_was_typed_stays(server, client, form, caplog, answer, message):
    for name, value in answer.items():
        setattr(server, name, value)
    with caplog.at_level(logging.WARNING, logger="cases.files.machine_translation"):
        html = read(form.send(client, suggest="1", text="Mein Anfang"))
    assert "kern-error-summary" in html
    assert message in html
    assert ">\nMein Anfang</textarea>" in html
    assert "nicht geprüft" not in html
    assert len(server.asked) == 1
    assert IDEA not in caplog.text


@pytest.mark.parametrize("how", [{"wait": 30}, {"pause": 0.05}])
def test_nobody_waits_long_for_a_server_that_hangs_or_drips(server, client, form, monkeypatch, how):
    monkeypatch.setattr(machine_translation, "LONGEST_SILENCE", 0.3)
    monkeypatch.setattr(machine_translation, "LONGEST_WAIT", 0.4)
    for name, value in how.items():
        setattr(server, name, value)
    begun = time.monotonic()
    assert "antwortet nicht" in read(form.send(client, suggest="1", text="Mein Anfang"))
    assert time.monotonic() - begun < 5


def test_a_server_that_is_not_there(client, form, settings):
    settings.TRANSLATE_URL = "http://127.0.0.1:9"
    assert "antwortet nicht" in read(form.send(client, suggest="1", text="Mein Anfang"))


def test_words_in_a_language_that_nobody_knows_are_guessed(server, client, form, submission):
    Submission.objects.filter(pk=submission.pk).update(text_languages={"idea": "und"})
    form.send(client, suggest="1", text="")
    assert server.asked[0][1]["source"] == "auto"


def test_words_do_not_go_unprotected_to_a_public_host():
    checked = {name: getattr(base, name) for name in dir(base) if name.isupper()}
    told = list(safety._services(checked | {"TRANSLATE_URL": "http://translate.gov.de"}))
    assert any(line.startswith("TRANSLATE_URL") for line in told)
    told = list(safety._services(checked | {"TRANSLATE_URL": "http://translate.internal:5000"}))
    assert not any(line.startswith("TRANSLATE_URL") for line in told)
