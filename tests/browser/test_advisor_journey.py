"""An advisor's day: from the Arabic enquiry in the inbox to the case, its phase, and finding it again."""

import re

import pytest
from playwright.sync_api import expect

from cases.files.models import Case, Note, StatusChange
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS

LEAD, ADVISOR, COLLEAGUE, STRANGER, PARTNER, _OTHER_PARTNER = DEMO_ACCOUNTS
IDEA = "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €"
ORIENTATION = {"de": "Orientierung", "ar": "التوجيه"}


def signs_in(somebody, account, language, *, leads_to="/cases/inbox/"):
    somebody.opens(f"/{language}/accounts/login/")
    somebody.types("login", account.email)
    somebody.types("password", account.password)
    somebody.saves()
    assert somebody.path == f"/{language}{leads_to}"


def opens_the_case(advisor, name):
    advisor.page.get_by_role("link", name=re.compile(name)).first.click()
    advisor.looks()
    advisor.presses("Open case")
    return Case.objects.get(reference=re.search(r"\d{4}-\d{4}", advisor.page.locator("main").inner_text())[0])


def form(advisor, part, *, offering=""):
    """The form that is sent to ".../part/", laid open if it is folded; `offering` a value that it has."""
    found = advisor.page.locator(f"main form[action$='/{part}/']")
    if offering:
        found = found.filter(has=advisor.page.locator(f"[value='{offering}']"))
    folded = found.locator("xpath=ancestor::details[not(@open)]")
    while folded.count():
        folded.first.locator("summary").first.click()
    return found


def sends(advisor, filled):
    filled.get_by_role("button").first.click()
    advisor.looks()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_an_arabic_enquiry_becomes_a_case_with_a_note_and_a_phase(person, enquiry, language):
    # Given an enquiry answered in Arabic, and an advisor who signs in
    submission, _code = enquiry("bilal")
    advisor = person(language)
    signs_in(advisor, ADVISOR, language)
    # When the advisor opens it from the inbox
    advisor.sees("Bilal Nour Eddin")
    advisor.page.get_by_role("link", name=re.compile("Bilal Nour Eddin")).first.click()
    advisor.looks()
    # Then the answers are in the advisor's language, the founder's words as they were written
    advisor.reads("Food and drink")
    words = advisor.page.locator("[lang='ar']", has_text="Food-Truck").first
    expect(words).to_have_text(IDEA)
    assert words.get_attribute("translate") == "no"
    # When a case is opened from it
    advisor.presses("Open case")
    case = Case.objects.get(submission=submission)
    assert advisor.path == f"/{language}/cases/{case.uuid}/"
    assert case.advisor.user.email == ADVISOR.email
    advisor.sees(submission.reference)
    advisor.sees("بلال نور الدين")
    # And a note is written in two directions
    note = "Erstgespräch: فلافل in Kamen, ~15.000 € — bitte IHK fragen."
    writing = form(advisor, "note")
    writing.locator("[name='text']").fill(note)
    sends(advisor, writing)
    advisor.sees(note)
    # And the phase is moved on
    moving = form(advisor, "phase")
    moving.locator("[value='orientation']").check()
    sends(advisor, moving)
    case.refresh_from_db()
    assert case.phase == "orientation"
    expect(advisor.page.locator("[aria-current='step']")).to_have_text(ORIENTATION[language])
    assert Note.objects.get(case=case).text == note
    assert StatusChange.objects.filter(case=case, kind="phase").count() == 1
    # Then the inbox is empty and the enquiry's old address leads to the case
    advisor.opens(f"/{language}/cases/inbox/")
    advisor.does_not_see("Bilal Nour Eddin")
    advisor.opens(f"/{language}/cases/inbox/{submission.uuid}/")
    assert advisor.path == f"/{language}/cases/{case.uuid}/"


@pytest.mark.parametrize(
    ("persona", "typed"),
    [
        ("serin", "serin xelilo"),
        ("serin", "شێرین"),
        ("asmaa", "Asma Abdelghani"),
        ("cagri", "ISILDAK"),
        ("bilal", "٠١٧١ ٣٩٢ ٠٠٠٧"),
        ("bilal", "reference"),
    ],
)
def test_a_case_is_found_by_every_spelling_number_and_telephone(person, enquiry, persona, typed):
    # Given a case among others
    submission, _code = enquiry(persona)
    enquiry("jwan")
    advisor = person("de")
    signs_in(advisor, ADVISOR, "de")
    case = opens_the_case(advisor, submission.name.split()[0])
    advisor.opens("/de/cases/inbox/")
    opens_the_case(advisor, "Jwan")
    # When the worklist is searched
    advisor.opens("/de/cases/list/")
    advisor.sees("Jwan")
    advisor.types("q", submission.reference.replace("-", " ") if typed == "reference" else typed)
    advisor.page.keyboard.press("Enter")
    advisor.page.wait_for_url("**q=*")
    advisor.looks()
    # Then it stands there alone, and leads to the case
    advisor.does_not_see("Jwan")
    advisor.page.locator("main table a, main li a").first.click()
    advisor.looks()
    assert advisor.path == f"/de/cases/{case.uuid}/"


def test_two_people_at_one_case_lose_nothing(person, enquiry):
    # Given two advisors who have the same case open
    enquiry("bilal")
    first, second = person("de"), person("de")
    signs_in(first, ADVISOR, "de")
    signs_in(second, COLLEAGUE, "de")
    case = opens_the_case(first, "Bilal")
    second.opens(f"/de/cases/{case.uuid}/")
    # When one moves the phase and the other lets it rest with a reason
    moving = form(first, "phase")
    moving.locator("[value='orientation']").check()
    sends(first, moving)
    resting = form(second, "state", offering="resting")
    resting.locator("[value='resting']").check()
    resting.locator("[name='reason']").fill("Wartet auf den Mietvertrag.")
    sends(second, resting)
    # Then the second is told, and what was typed is still there
    second.sees(re.compile("inzwischen|in der Zwischenzeit"))
    case.refresh_from_db()
    assert case.state == "open"
    resting = form(second, "state", offering="resting")
    expect(resting.locator("[name='reason']")).to_have_value("Wartet auf den Mietvertrag.")
    # And sending once more does it
    sends(second, resting)
    case.refresh_from_db()
    assert (case.state, case.phase) == ("resting", "orientation")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_inbox_and_case_work_on_a_telephone_without_javascript(person, enquiry, language):
    # Given somebody under 18 in the inbox
    enquiry("jwan")
    advisor = person(language, phone=True, javascript=False)
    signs_in(advisor, ADVISOR, language)
    advisor.reads("Under 18")
    # When the case is opened
    case = opens_the_case(advisor, "Jwan")
    # Then the page says that nothing is passed on, and a note can be written
    writing = form(advisor, "note")
    writing.locator("[name='text']").fill("Angerufen.")
    sends(advisor, writing)
    assert Note.objects.filter(case=case).count() == 1


def test_strangers_see_nothing(person, enquiry):
    # Given a case and an enquiry of the first office
    waiting, _code = enquiry("jwan")
    enquiry("bilal")
    advisor = person("de")
    signs_in(advisor, ADVISOR, "de")
    case = opens_the_case(advisor, "Bilal")
    # When the advisor of another office and a partner try their addresses
    neighbour, partner, anonymous = person("de"), person("de"), person("de")
    signs_in(neighbour, STRANGER, "de")
    signs_in(partner, PARTNER, "de", leads_to="/referrals/")
    neighbour.does_not_see("Jwan")
    paths = [f"/de/cases/{case.uuid}/", f"/de/cases/inbox/{waiting.uuid}/"]
    # Then there is nothing
    for path in paths:
        for stranger in (neighbour, partner):
            stranger.opens(path, status=404)
        anonymous.opens(path)
        assert anonymous.path == "/de/accounts/login/"
    for path in ("/de/cases/inbox/", "/de/cases/list/"):
        partner.opens(path, status=404)


def test_an_enquiry_is_closed_only_after_a_yes(person, enquiry):
    # Given an enquiry
    submission, _code = enquiry("bilal")
    advisor = person("de")
    signs_in(advisor, ADVISOR, "de")
    advisor.page.get_by_role("link", name=re.compile("Bilal")).first.click()
    advisor.looks()
    # When the reason is chosen but not confirmed
    closing = form(advisor, "close")
    closing.locator("[value='withdrawn']").check()
    sends(advisor, closing)
    # Then it is asked for, and nothing has happened
    advisor.reads("Please confirm that the enquiry should be closed.")
    submission.refresh_from_db()
    assert submission.state == "sent"
    # And with the yes it is closed
    closing = form(advisor, "close")
    expect(closing.locator("[value='withdrawn']")).to_be_checked()
    closing.locator("[name='is_confirmed']").check()
    sends(advisor, closing)
    submission.refresh_from_db()
    assert (submission.state, submission.closing_reason) == ("closed", "withdrawn")
