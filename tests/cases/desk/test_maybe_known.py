""" "Maybe known already": what an advisor sees of the other case, and adding the enquiry to it."""

import pytest

from cases.files.models import AddedEnquiry, Case
from cases.files.opening import open_case
from gruendungswerkstatt.common.codes import code_digest
from intake.services import close
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import CODE, SHORT_WAY, SubmissionFactory

from .conftest import Form, signed_in

pytestmark = pytest.mark.django_db

INBOX = "/de/cases/inbox/"


@pytest.fixture
def known(office, colleague):
    """A case of the same office, of somebody who called with another spelling."""
    founder = FounderFactory(
        office=office,
        name="محمد العلي",
        languages=["ar"],
        phone="+491713920099",
        municipality=office.municipalities.get(code="kamen"),
    )
    return CaseFactory(founder=founder, advisor=colleague)


@pytest.fixture
def submission(office):
    answers = SHORT_WAY | {"name": "Mohamad el Ali", "phone": "+491713920099"}
    return SubmissionFactory(municipality=office.municipalities.get(code="kamen"), answers=answers)


def page_of(submission):
    return f"{INBOX}{submission.uuid}/"


def adding(submission, case):
    return f"{page_of(submission)}add/{case.uuid}/"


def test_the_page_says_who_and_why_in_few_words(client, submission, known):
    html = client.get(page_of(submission)).content.decode()
    panel = html.partition('id="known-title"')[2].partition("</section>")[0]
    for words in (
        "Vielleicht schon bekannt",
        "محمد العلي",
        known.reference,
        "Offen",
        f"/de/cases/{known.uuid}/",
        "Der Name klingt gleich",
        "Gleiche Telefonnummer",
        "Gleicher Wohnort",
    ):
        assert words in panel, words
    assert known.founder.phone not in panel
    assert known.advisor.user.name not in panel


def test_the_inbox_only_marks_it(client, submission, known):
    html = client.get(INBOX).content.decode()
    assert "Vielleicht schon bekannt" in html
    assert known.reference not in html


def test_nobody_alike_is_no_panel(client, submission, case):
    assert "Vielleicht schon bekannt" not in client.get(page_of(submission)).content.decode()
    assert "Vielleicht schon bekannt" not in client.get(INBOX).content.decode()


def test_a_closed_enquiry_is_compared_with_nobody(client, submission, known):
    close(submission, "withdrawn", version=1)
    assert "Vielleicht schon bekannt" not in client.get(page_of(submission)).content.decode()


def test_adding_leads_to_the_case_which_shows_both(client, form_on, submission, known):
    response = form_on(page_of(submission), adding(submission, known)).send(client, is_same_person="on")
    assert response.url == f"/de/cases/{known.uuid}/"
    html = client.get(response.url).content.decode()
    assert "Die Anfrage ist zum Fall hinzugefügt." in html
    assert "Weitere Anfrage hinzugefügt" in html
    assert submission.reference in html
    answers = client.get(f"{response.url}answers/").content.decode()
    assert SHORT_WAY["idea"] in answers
    assert submission.reference in answers
    assert client.get(page_of(submission)).url == f"/de/cases/{known.uuid}/"
    assert "Keine neuen Anfragen" in client.get(INBOX).content.decode()


def test_it_has_to_be_said_that_it_is_the_same_person(client, form_on, submission, known):
    html = form_on(page_of(submission), adding(submission, known)).send(client).content.decode()
    assert "Bitte bestätigen Sie, dass es dieselbe Person ist." in html
    assert not AddedEnquiry.objects.exists()


def test_a_double_click_adds_once(client, form_on, submission, known):
    form = form_on(page_of(submission), adding(submission, known))
    assert form.send(client, is_same_person="on").url == form.send(client, is_same_person="on").url
    assert AddedEnquiry.objects.count() == 1


@pytest.mark.parametrize("changed", ["submission", "known"])
def test_an_old_page_is_told_so(client, form_on, submission, known, changed):
    form = form_on(page_of(submission), adding(submission, known))
    row = {"submission": submission, "known": known}[changed]
    row.version += 1
    row.save()
    html = form.send(client, is_same_person="on").content.decode()
    assert "Jemand anderes hat die Anfrage oder den Fall inzwischen geändert." in html
    assert not AddedEnquiry.objects.exists()
    again = Form(html, form.action)
    assert again.send(client, is_same_person="on").status_code == 302


def test_a_colleague_who_opened_a_case_meanwhile_wins(client, form_on, submission, known, colleague):
    form = form_on(page_of(submission), adding(submission, known))
    theirs = open_case(submission, colleague)
    response = form.send(client, is_same_person="on")
    assert response.url == f"/de/cases/{theirs.uuid}/"
    assert "Die Anfrage wurde inzwischen beantwortet." in client.get(response.url).content.decode()


def test_a_case_that_ended_meanwhile_takes_nothing(client, form_on, submission, known):
    form = form_on(page_of(submission), adding(submission, known))
    Case.objects.filter(pk=known.pk).update(state="handed_over")
    html = form.send(client, is_same_person="on").content.decode()
    assert "Der Fall ist nicht offen." in html
    assert "Dieser Fall ist beendet." in html


def test_another_offices_case_and_enquiry_do_not_exist(client, form_on, submission, known):
    elsewhere, theirs = CaseFactory(), SubmissionFactory(answers=SHORT_WAY | {"municipality": "soest"})
    form = form_on(page_of(submission), adding(submission, known))
    for address in (adding(submission, elsewhere), adding(theirs, known)):
        assert client.get(address).status_code == 404
        assert client.post(address, form.values | {"is_same_person": "on"}).status_code == 404
    assert not AddedEnquiry.objects.exists()


def test_without_a_form_it_leads_back(client, submission, known):
    assert client.get(adding(submission, known)).url == page_of(submission)


def test_the_founders_new_number_and_code_open_the_case(client, form_on, submission, known, people):
    submission.code_digest = code_digest(CODE, salt=submission.reference)
    submission.save()
    form_on(page_of(submission), adding(submission, known)).send(client, is_same_person="on")
    AppointmentFactory(case=known, advisor=known.advisor, address="Lindenstraße 12, Kamen")
    browser = people["anonymous"]
    answer = browser.post("/de/status/", {"reference": submission.reference, "code": CODE}, follow=True)
    assert "Lindenstraße 12, Kamen" in answer.content.decode()


def test_other_people_are_kept_out(people, submission, known):
    for browser in people.values():
        assert browser.post(adding(submission, known)).status_code in (200, 404)
    assert signed_in(known.advisor).get(adding(submission, known)).status_code == 302
    assert not AddedEnquiry.objects.exists()
