"""Asking a founder back: the question on the own page, the answer in the file and in "My day", nothing in a message."""

from html import unescape

import pytest
from django.core import mail

from cases.files import asking_back
from cases.files.adding import add_enquiry
from cases.files.enums import AskBackState
from cases.files.models import AskBack, TimelineEntry
from cases.files.opening import open_case
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.sending import send_due
from intake.pins import hashed
from intake.services import close
from tests.access.scene import PIN, founder
from tests.factories.files import CaseFactory
from tests.factories.intake import SHORT_WAY, SubmissionFactory

from .conftest import NOON, assert_kept_out

pytestmark = pytest.mark.django_db

QUESTIONS = "/de/status/questions/"


@pytest.fixture
def submission(office):
    answers = SHORT_WAY | {"email": "rim@example.org", "wants_email": "yes", "own_word": "Olivenbaum"}
    town = office.municipalities.get(code="kamen")
    return SubmissionFactory(municipality=town, answers=answers, pin_hash=hashed(PIN))


@pytest.fixture
def case(submission, advisor):
    return open_case(submission, advisor, advisor)


def read(response):
    return unescape(response.content.decode())


def page_of(case):
    return f"/de/cases/{case.uuid}/"


def asking(page):
    return f"{page}questions/"


@pytest.fixture
def answering(submission):
    """answering(asked, text): the founder's answer, typed on the own page."""

    def send(asked, text, browser=None):
        browser = browser or founder(submission, pin=True)
        token = browser.get(QUESTIONS).context["rows"][0].form["form_token"].value()
        return browser.post(f"{QUESTIONS}{asked.uuid}/", {"text": text, "form_token": str(token)})

    return send


def test_from_the_question_to_the_answer_in_my_day(client, form_on, case, submission, answering):
    page = page_of(case)
    response = form_on(page, asking(page)).send(client, block="idea", text="Auch am Markt?")
    assert response.url == f"{page}#questions"
    asked = AskBack.objects.get()
    own = founder(submission, pin=True)
    assert "wartet eine Frage an Sie" in read(own.get("/de/status/now/"))
    html = read(own.get("/ar/status/questions/"))
    assert "ماذا تريد أن تقدم" in html
    assert "Auch am Markt?" in html
    assert answering(asked, "نعم، يوم الجمعة").url == QUESTIONS
    assert "نعم، يوم الجمعة" in read(own.get(QUESTIONS))
    day = read(client.get("/de/cases/"))
    assert "Neue Antwort" in day
    html = read(client.get(page))
    for words in ("نعم، يوم الجمعة", "Neue Antwort", "Rückfrage beantwortet"):
        assert words in html, words
    seen = f"/de/cases/questions/{asked.uuid}/seen/"
    form_on(page, seen).send(client)
    assert "Neue Antwort" not in read(client.get("/de/cases/"))
    kinds = set(TimelineEntry.objects.filter(case=case).values_list("kind", flat=True))
    assert {"asked_back", "ask_back_answered"} <= kinds


def test_the_code_alone_opens_neither_question_nor_answer(case, submission, advisor):
    asked = asking_back.ask_in_case(case, advisor, text="Auch am Markt?")
    browser = founder(submission)
    assert "Auch am Markt?" not in read(browser.get("/de/status/now/"))
    assert browser.get(QUESTIONS).url == "/de/status/pin/"
    assert browser.post(f"{QUESTIONS}{asked.uuid}/", {"text": "Ja"}).url == "/de/status/pin/"


def test_a_waiting_enquiry_is_asked_about_and_the_inbox_shows_the_answer(
    client, form_on, submission, advisor, answering
):
    page = f"/de/cases/inbox/{submission.uuid}/"
    form_on(page, asking(page)).send(client, text="Wann anfangen?")
    assert "wartet eine Frage an Sie" in read(founder(submission).get("/de/status/now/"))
    answering(AskBack.objects.get(), "Im März")
    assert "Neue Antwort" in read(client.get("/de/cases/inbox/"))
    assert "Im März" in read(client.get(page))
    case = open_case(submission, advisor, advisor)
    html = read(client.get(page_of(case)))
    assert "Im März" in html
    assert "Neue Antwort" in read(client.get("/de/cases/"))


def test_questions_of_an_enquiry_that_is_added_go_along(submission, office, advisor):
    asking_back.ask_in_enquiry(submission, advisor, block="start")
    case = CaseFactory(founder__office=office)
    add_enquiry(submission, case, advisor, version=submission.version, case_version=case.version)
    assert AskBack.objects.get().case == case


def test_the_message_says_only_that_a_question_waits(case, advisor, answering):
    asked = asking_back.ask_in_case(case, advisor, text="Auch am Markt?")
    send_due()
    [sent] = mail.outbox
    assert "Olivenbaum" in sent.body
    assert "سؤال" in sent.body
    for telling in ("Markt", case.reference, "Jobcenter", "http", case.founder.name):
        assert telling not in sent.body + sent.subject
    assert Message.objects.get().subject_uuid == asked.uuid


def test_what_is_taken_back_is_neither_sent_nor_shown_nor_answered(
    client, form_on, case, submission, advisor, answering
):
    asked = asking_back.ask_in_case(case, advisor, text="Auch am Markt?")
    own = founder(submission, pin=True)
    token = str(own.get(QUESTIONS).context["rows"][0].form["form_token"].value())
    withdrawing = form_on(page_of(case), f"/de/cases/questions/{asked.uuid}/withdraw/")
    assert withdrawing.send(client).url == withdrawing.send(client).url
    send_due()
    assert mail.outbox == []
    assert "Auch am Markt?" not in read(own.get(QUESTIONS))
    assert own.post(f"{QUESTIONS}{asked.uuid}/", {"text": "Ja", "form_token": token}).status_code == 404
    assert TimelineEntry.objects.filter(kind="ask_back_withdrawn").count() == 1


def test_a_double_click_asks_and_answers_once(client, form_on, case, submission, advisor):
    form = form_on(page_of(case), asking(page_of(case)))
    assert form.send(client, block="idea").url == form.send(client, block="idea").url
    asked = AskBack.objects.get()
    own = founder(submission, pin=True)
    tokens = [str(own.get(QUESTIONS).context["rows"][0].form["form_token"].value()) for _ in range(2)]
    address = f"{QUESTIONS}{asked.uuid}/"
    for token in (tokens[0], tokens[0]):
        assert own.post(address, {"text": "Erste", "form_token": token}).status_code == 302
    html = read(own.post(address, {"text": "Zweite", "form_token": tokens[1]}))
    assert "Diese Frage ist nicht mehr offen." in html
    assert "Zweite" in html
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (AskBackState.ANSWERED, "Erste")


def test_an_answer_that_came_meanwhile_cannot_be_taken_back(client, form_on, case, advisor):
    asked = asking_back.ask_in_case(case, advisor, block="reach")
    form = form_on(page_of(case), f"/de/cases/questions/{asked.uuid}/withdraw/")
    asking_back.answer(asked, "Abends", "de")
    html = read(client.get(form.send(client).url))
    assert "Diese Frage ist nicht mehr offen." in html
    assert AskBack.objects.get().state == AskBackState.ANSWERED


def test_something_has_to_be_asked_and_not_too_much(client, form_on, case, advisor):
    form = form_on(page_of(case), asking(page_of(case)))
    assert "Bitte wählen Sie einen Textbaustein oder schreiben Sie eine Frage." in read(form.send(client))
    for _ in range(asking_back.MOST_WAITING):
        asking_back.ask_in_case(case, advisor, block="idea")
    html = read(form_on(page_of(case), asking(page_of(case))).send(client, text="Noch etwas?"))
    assert "Es warten schon fünf Fragen." in html
    assert "Noch etwas?" in html


def test_what_has_ended_is_not_asked_about(client, form_on, submission, advisor):
    page = f"/de/cases/inbox/{submission.uuid}/"
    form = form_on(page, asking(page))
    close(submission, "withdrawn", version=submission.version)
    assert "Der Fall oder die Anfrage ist beendet." in read(form.send(client, text="Wann?"))
    assert not AskBack.objects.exists()


def test_an_empty_answer_is_told_in_its_place(case, submission, advisor):
    asked = asking_back.ask_in_case(case, advisor, block="idea")
    own = founder(submission, pin=True)
    token = str(own.get(QUESTIONS).context["rows"][0].form["form_token"].value())
    html = read(own.post(f"{QUESTIONS}{asked.uuid}/", {"text": " ", "form_token": token}))
    assert "Bitte schreiben Sie eine Antwort." in html


def test_strangers_find_nothing(people, case, office, advisor):
    asked = asking_back.ask_in_case(case, advisor, block="idea")
    for browser in people.values():
        for address in (asking(page_of(case)), f"/de/cases/questions/{asked.uuid}/withdraw/"):
            assert_kept_out(browser, "get", address)
    other = SubmissionFactory(municipality=office.municipalities.get(code="unna"), pin_hash=hashed(PIN))
    stranger = founder(other, pin=True)
    assert stranger.get(f"{QUESTIONS}{asked.uuid}/").status_code == 404
    assert str(NOON.year) not in read(stranger.get(QUESTIONS)).partition("<main")[2].partition("</main>")[0]
