"""Two waiting enquiries of maybe one person: side by side, and the older one closed by somebody who compared."""

from datetime import timedelta
from html import unescape

import pytest

from cases.files.opening import open_case
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common import clock
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from tests.factories.intake import SHORT_WAY, SubmissionFactory

from .conftest import Form

pytestmark = pytest.mark.django_db

INBOX = "/de/cases/inbox/"


def page_of(submission):
    return f"{INBOX}{submission.uuid}/"


def doubling(one, other):
    return f"{page_of(one)}double/{other.uuid}/"


def enquiry(office, name, days_ago, **answers):
    return SubmissionFactory(
        municipality=office.municipalities.get(code="kamen"),
        answers=SHORT_WAY | {"name": name, "phone": "+491713920099"} | answers,
        sent_at=clock.now() - timedelta(days=days_ago),
    )


@pytest.fixture
def older(office):
    return enquiry(office, "محمد العلي", 3, idea="Ein Laden")


@pytest.fixture
def newer(office):
    return enquiry(office, "Mohamad el Ali", 1, idea="Ein Imbiss")


def read(response):
    return unescape(response.content.decode())


def test_both_are_compared_question_by_question(client, older, newer):
    html = read(client.get(page_of(older)))
    panel = html.partition("Vielleicht doppelt gesendet")[2].partition("</section>")[0]
    for words in (
        newer.reference,
        "Der Name klingt gleich",
        "Ein Laden",
        "Ein Imbiss",
        "verschieden",
        "ist die neuere",
    ):
        assert words in panel, words
    assert panel.count("verschieden") == 2  # name and idea


def test_nobody_alike_and_nobody_answered_is_compared(client, older, office):
    enquiry(office, "Olena Kowaltschuk", 1, phone="+491713920011")
    assert "Vielleicht doppelt gesendet" not in read(client.get(page_of(older)))


def test_another_offices_enquiry_is_not_compared_and_not_closed(client, form_on, older, newer):
    elsewhere = SubmissionFactory(answers=older.answers | {"municipality": "soest"})
    assert elsewhere.reference not in read(client.get(page_of(older)))
    form = form_on(page_of(older), doubling(older, newer))
    assert client.post(doubling(older, elsewhere), form.values).status_code == 404


@pytest.mark.parametrize("seen_from", ["older", "newer"])
def test_the_newer_one_is_taken_wherever_one_looks_from(client, form_on, older, newer, seen_from):
    this, other = (older, newer) if seen_from == "older" else (newer, older)
    form = form_on(page_of(this), doubling(this, other))
    first, second = (form.send(client, is_same_person="on") for _ in range(2))
    assert first.url == second.url == page_of(newer)
    assert "Das ist die neuere." in read(client.get(first.url))
    older.refresh_from_db()
    newer.refresh_from_db()
    assert (older.state, older.closing_reason) == (SubmissionState.CLOSED, ClosingReason.DUPLICATE)
    assert newer.state == SubmissionState.SENT


def test_it_has_to_be_said_that_it_is_the_same_person(client, form_on, older, newer):
    html = read(form_on(page_of(older), doubling(older, newer)).send(client))
    assert "Bitte bestätigen Sie, dass es dieselbe Person ist." in html
    assert not Submission.objects.filter(state=SubmissionState.CLOSED).exists()


@pytest.mark.parametrize("changed", ["older", "newer"])
def test_an_old_page_is_told_so(client, form_on, older, newer, changed):
    form = form_on(page_of(older), doubling(older, newer))
    row = {"older": older, "newer": newer}[changed]
    Submission.objects.filter(pk=row.pk).update(version=row.version + 1)
    html = read(form.send(client, is_same_person="on"))
    assert "Jemand anderes hat eine der beiden Anfragen inzwischen geändert oder beantwortet." in html
    assert not Submission.objects.filter(state=SubmissionState.CLOSED).exists()
    assert Form(html, form.action).send(client, is_same_person="on").status_code == 302


def test_one_that_became_a_case_meanwhile_is_not_closed(client, form_on, older, newer, colleague):
    form = form_on(page_of(older), doubling(older, newer))
    case = open_case(older, colleague)
    assert form.send(client, is_same_person="on").url == f"/de/cases/{case.uuid}/"
    assert not Submission.objects.filter(state=SubmissionState.CLOSED).exists()


def test_the_page_of_both_counts_as_a_look_at_both(client, older, newer, advisor):
    client.get(page_of(older))
    assert set(ViewLog.objects.values_list("subject_uuid", flat=True)) == {older.uuid, newer.uuid}
