"""Putting two cases together as an advisor does it: find, compare, choose, undo; old tabs lead on."""

from html import unescape

import pytest

from cases.files.models import Case, Merge, Note, PlanStep
from gruendungswerkstatt.common.codes import code_digest
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory
from tests.factories.intake import CODE, SubmissionFactory

from .conftest import Form, assert_kept_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, advisor):
    founder = FounderFactory(
        office=office, name="محمد العلي", languages=["ar"], phone="+491713920099",
        municipality=office.municipalities.get(code="kamen"),
    )  # fmt: skip
    return CaseFactory(founder=founder, advisor=advisor)


@pytest.fixture
def other(office, case):
    founder = FounderFactory(
        office=office, name="Mohamad el Ali", languages=["ar"], phone="+491713920099", email="m@example.org",
        municipality=case.founder.municipality,
    )  # fmt: skip
    submission = SubmissionFactory(municipality=founder.municipality)
    submission.code_digest = code_digest(CODE, salt=submission.reference)
    submission.save()
    return CaseFactory(founder=founder, submission=submission)


def finding(case):
    return f"/de/cases/{case.uuid}/merge/"


def comparing(case, other):
    return f"{finding(case)}{other.uuid}/"


@pytest.fixture
def form(form_on, case, other):
    return lambda: form_on(comparing(case, other), comparing(case, other))


def read(response):
    return unescape(response.content.decode())


def test_the_case_page_leads_to_who_it_may_be_too(client, case, other):
    assert finding(case) in read(client.get(f"/de/cases/{case.uuid}/"))
    html = read(client.get(finding(case)))
    for words in ("Mohamad el Ali", other.reference, "Der Name klingt gleich", comparing(case, other)):
        assert words in html, words


def test_a_number_leads_to_the_comparison_or_is_told_wrong(client, case, other):
    elsewhere = CaseFactory()
    assert client.get(finding(case), {"reference": other.reference}).url == comparing(case, other)
    for typed, said in (
        (case.reference, "Das ist derselbe Fall."),
        (elsewhere.reference, "Einen Fall mit dieser Nummer gibt es in Ihrer Stelle nicht."),
        ("", "Bitte geben Sie die Nummer des anderen Falls ein."),
    ):
        assert said in read(client.get(finding(case), {"reference": typed}))


def test_the_page_says_what_will_happen(client, case, other):
    PlanStepFactory(case=other)
    AppointmentFactory(case=other)
    html = read(client.get(comparing(case, other)))
    for words in (
        "Mohamad el Ali",
        "محمد العلي",
        "m@example.org",
        "Schritte",
        "Termine",
        "bleibt",
        comparing(other, case),
    ):
        assert words in html, words
    assert not Merge.objects.exists()


def test_putting_together_what_was_chosen(client, form, case, other):
    step = PlanStepFactory(case=other, text="Laden ansehen")
    response = form().send(client, is_same_person="on", pick_name="other")
    assert response.url == f"/de/cases/{case.uuid}/"
    html = read(client.get(response.url))
    for words in ("Die beiden Fälle sind jetzt einer.", "Laden ansehen", "Mohamad el Ali", "Fälle zusammengeführt"):
        assert words in html, words
    case.founder.refresh_from_db()
    assert (case.founder.name, case.founder.email) == ("Mohamad el Ali", "m@example.org")
    assert PlanStep.objects.get(pk=step.pk).case == case


def test_a_double_click_is_one_merge(client, form, case):
    sent = form()
    first, second = (sent.send(client, is_same_person="on") for _ in range(2))
    assert first.url == second.url == f"/de/cases/{case.uuid}/"
    assert Merge.objects.count() == 1


def test_it_has_to_be_said_that_it_is_the_same_person(client, form):
    assert "Bitte bestätigen Sie, dass es dieselbe Person ist." in read(form().send(client))
    assert not Merge.objects.exists()


@pytest.mark.parametrize("changed", ["case", "other"])
def test_an_old_page_is_told_so_and_keeps_what_was_chosen(client, form, case, other, changed):
    sent = form()
    row = {"case": case, "other": other}[changed]
    Case.objects.filter(pk=row.pk).update(version=row.version + 1)
    html = read(sent.send(client, is_same_person="on", pick_name="other"))
    assert "Jemand anderes hat einen der beiden Fälle inzwischen geändert." in html
    again = Form(html, sent.action)
    assert again.values["pick_name"] == "other"
    assert not Merge.objects.exists()
    assert again.send(client, is_same_person="on").status_code == 302


def test_old_tabs_of_the_merged_case_lead_on_and_lose_no_words(client, form, form_on, case, other):
    page = f"/de/cases/{other.uuid}/"
    note = form_on(page, f"{page}note/")
    form().send(client, is_same_person="on")
    for address in (page, f"{page}memo/", f"{page}documents/ask/", f"{page}appointments/", f"{page}erasure/"):
        answer = client.get(address)
        assert answer.status_code in (302, 404)
        if answer.status_code == 302:
            assert answer.url == f"/de/cases/{case.uuid}/"
    answer = note.send(client, text="Will im März anfangen.")
    assert answer.status_code == 409
    assert "Will im März anfangen." in read(answer)
    assert not Note.objects.exists()


def test_a_case_that_ended_meanwhile_is_refused_with_its_reason(client, form, case, other):
    sent = form()
    Case.objects.filter(pk=other.pk).update(state="handed_over")
    assert "Einer der beiden Fälle ist beendet." in read(sent.send(client, is_same_person="on"))
    assert not Merge.objects.exists()


def test_the_number_and_code_of_the_merged_case_open_the_remaining_one(client, form, case, other, people):
    form().send(client, is_same_person="on")
    AppointmentFactory(case=case, advisor=case.advisor, address="Lindenstraße 12, Kamen")
    answer = people["anonymous"].post(
        "/de/status/", {"reference": other.submission.reference, "code": CODE}, follow=True
    )
    assert "Lindenstraße 12, Kamen" in read(answer)


def test_undoing_says_what_stays_and_does_it_once(client, form, form_on, case, other):
    form().send(client, is_same_person="on")
    page = f"/de/cases/{case.uuid}/"
    form_on(page, f"{page}note/").send(client, text="Nach dem Zusammenführen.")
    address = f"/de/cases/merges/{Merge.objects.get().uuid}/"
    assert address in read(client.get(page))
    html = read(client.get(address))
    assert "Notiz" in html
    assert other.reference in html
    undoing = form_on(address, address)
    assert undoing.send(client).url == undoing.send(client).url == page
    assert client.get(f"/de/cases/{other.uuid}/").status_code == 200
    assert "Nach dem Zusammenführen." in read(client.get(page))
    assert "wieder getrennt" in read(client.get(address))


def test_another_office_and_partners_see_none_of_it(people, client, form, case, other):
    elsewhere = CaseFactory()
    for address in (comparing(case, elsewhere), comparing(elsewhere, case), finding(elsewhere)):
        assert client.get(address).status_code == 404
    form().send(client, is_same_person="on")
    address = f"/de/cases/merges/{Merge.objects.get().uuid}/"
    for browser in people.values():
        assert_kept_out(browser, "get", address)
        assert_kept_out(browser, "get", finding(case))
