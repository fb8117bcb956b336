"""A note survives what happens in an office: the network goes, the window is closed, the session ends."""

import pytest
from playwright.sync_api import expect

from cases.files.models import Note, NoteDraft
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS

from .test_advisor_journey import signs_in

pytestmark = pytest.mark.long

_LEAD, ADVISOR, *_OTHERS = DEMO_ACCOUNTS


def is_told(advisor, english):
    before, _moment, after = advisor.word(english).partition("{time}")
    expect(advisor.page.locator("#note-saving")).to_contain_text(before)
    expect(advisor.page.locator("#note-saving")).to_contain_text(after)


KEPT = "Draft kept at {time}. It becomes a note when you save it."


def test_a_note_outlives_network_window_and_session(person, case_of):
    # Given an advisor who writes a note
    case = case_of("bilal", ADVISOR)
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    page = f"/de/cases/{case.uuid}/"
    advisor.opens(page)
    field = advisor.page.locator("form[data-draft] textarea")
    field.press_sequentially("Er kommt am Freitag")
    is_told(advisor, KEPT)
    # When the network is gone while the advisor goes on, and presses the button
    advisor.page.context.set_offline(True)
    field.press_sequentially(" – مع أخيه")
    is_told(advisor, "Draft not kept: no connection. We keep trying.")
    advisor.page.get_by_role("button", name=advisor.word("Save note")).click()
    # Then the page and all words are still there, and are kept once the network is back
    expect(field).to_have_value("Er kommt am Freitag – مع أخيه")
    assert NoteDraft.objects.get().text == "Er kommt am Freitag"
    advisor.page.context.set_offline(False)
    is_told(advisor, KEPT)
    advisor._complaints.clear()  # what the browser says about the network
    assert NoteDraft.objects.get().text == "Er kommt am Freitag – مع أخيه"
    assert "Freitag" not in advisor.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    # When the window is closed, the session over, and somebody signs in at another computer
    advisor.page.close()
    again = person("de")
    signs_in(again, ADVISOR)
    again.opens(page)
    # Then the note is in its form, and says since when
    field = again.page.locator("form[data-draft] textarea")
    expect(field).to_have_value("Er kommt am Freitag – مع أخيه")
    expect(again.page.locator("#note-begun")).to_be_visible()
    # And it becomes whole, once
    field.press("Control+End")
    field.press_sequentially(".")
    again.presses("Save note")
    assert Note.objects.get().text == "Er kommt am Freitag – مع أخيه."
    assert not NoteDraft.objects.exists()
    expect(again.page.locator("form[data-draft] textarea")).to_have_value("")
