"""An advisor at the desk: finding a case, two people at one, a telephone without JavaScript, closing an enquiry."""

import re

import pytest
from playwright.sync_api import expect

from cases.files.models import Note
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS

_LEAD, ADVISOR, COLLEAGUE, *_OTHERS = DEMO_ACCOUNTS


def signs_in(somebody, account):
    somebody.opens(f"/{somebody.language}/accounts/login/")
    somebody.types("login", account.email)
    somebody.types("password", account.password)
    somebody.saves()


def form(advisor, part, *, offering=""):
    """The form that is sent to ".../part/", laid open if it is folded; `offering` a value that it has."""
    waiting = advisor.page.locator(f"main details[hx-get$='/{part}/']:not([open])")
    if waiting.count():
        waiting.first.locator("summary").click()
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


def test_cases_are_found_by_every_spelling_by_number_and_by_telephone(person, case_of):
    # Given five cases
    cases = {key: case_of(key, ADVISOR) for key in ("serin", "asmaa", "cagri", "bilal", "jwan")}
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    advisor.opens("/de/cases/list/")
    searches = (
        ("serin", "serin xelilo"),
        ("serin", "شێرین"),
        ("asmaa", "Asma Abdelghani"),
        ("cagri", "ISILDAK"),
        ("bilal", "٠١٧١ ٣٩٢ ٠٠٠٧"),
        ("jwan", cases["jwan"].reference.replace("-", " ")),
    )
    for key, typed in searches:
        # When the list is searched
        advisor.types("q", typed)
        with advisor.page.expect_navigation():
            advisor.page.keyboard.press("Enter")
        advisor.looks()
        # Then that one stands there alone
        links = advisor.page.locator("main tbody a")
        expect(links).to_have_count(1)
        assert links.get_attribute("href") == f"/de/cases/{cases[key].uuid}/", typed


def test_two_people_at_one_case_lose_nothing(person, case_of):
    # Given two advisors who have the same case open
    case = case_of("bilal", ADVISOR)
    first, second = person("de"), person("de")
    for advisor, account in ((first, ADVISOR), (second, COLLEAGUE)):
        signs_in(advisor, account)
        advisor.opens(f"/de/cases/{case.uuid}/")
    # When one moves the phase and the other lets the case rest, with a reason
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
    assert (case.state, case.phase) == ("open", "orientation")
    resting = form(second, "state", offering="resting")
    expect(resting.locator("[name='reason']")).to_have_value("Wartet auf den Mietvertrag.")
    # And sending once more does it
    sends(second, resting)
    case.refresh_from_db()
    assert (case.state, case.phase) == ("resting", "orientation")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_case_is_worked_on_with_a_telephone_without_javascript(person, enquiry, language):
    # Given somebody under 18 in the inbox
    submission, _code = enquiry("jwan")
    advisor = person(language, phone=True, javascript=False)
    signs_in(advisor, ADVISOR)
    advisor.reads("Under 18")
    # When a case is opened and a note written
    advisor.follows(re.compile("Jwan"))
    advisor.presses("Open case")
    advisor.sees(submission.reference)
    writing = form(advisor, "note")
    writing.locator("[name='text']").fill("Angerufen: بالعربية.")
    sends(advisor, writing)
    # Then it stands in the story
    advisor.sees("Angerufen: بالعربية.")
    assert Note.objects.get().case.submission_id == submission.pk


def test_an_enquiry_is_closed_only_after_a_yes(person, enquiry):
    # Given an enquiry
    submission, _code = enquiry("bilal")
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    advisor.follows(re.compile("Bilal"))
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
