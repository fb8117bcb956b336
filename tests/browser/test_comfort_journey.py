"""Never lost, understood: what happens between two presses of "Save and go on"."""

import re

import pytest
from playwright.sync_api import expect

from intake.models import Submission

from .test_founder_journey import begins, reference_and_code

pytestmark = pytest.mark.long

# A device with a German and an Arabic voice of its own and one that would speak somewhere on the internet.
VOICES = """
  window.said = [];
  const voices = [
    {lang: 'en-GB', localService: true, name: 'here'}, {lang: 'de-DE', localService: false, name: 'far away'},
    {lang: 'ar-SA', localService: true, name: 'here'}, ...(WITH_GERMAN ? [{lang: 'de_DE', localService: true}] : []),
  ];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => voices, cancel: () => {}, addEventListener: () => {},
    speak: (utterance) => window.said.push(utterance.text),
  }});
"""


def is_saved(founder) -> None:
    expect(founder.page.locator("#saving")).to_have_text(founder.word("Saved"))


def begun(person, language="ar", **how):
    """Somebody who has answered the first page, with their number and code."""
    founder = person(language, phone=True, **how)
    begins(founder, language)
    return founder, reference_and_code(founder)


def with_the_same_pass(person, founder, language, **how):
    """The same person at a second window."""
    other = person(language, phone=True, **how)
    other.page.context.add_cookies(founder.page.context.cookies())
    return other


def test_what_is_half_typed_is_there_again_on_another_phone(person, network):
    # Given somebody on the page with the phone number, in Arabic
    founder, (reference, code) = begun(person)
    founder.opens("/ar/intake/contact/")
    # When they type half of it, and an e-mail address, and press nothing
    founder.types("phone", "٠١٧١ ٣٩")
    founder.types("email", "bilal@example.org")
    is_saved(founder)
    # Then another browser that knows number and code shows both, as they were typed
    other = person("ar", phone=True)
    other.opens("/ar/intake/resume/")
    other.types("reference", reference)
    other.types("code", code)
    other.saves()
    other.opens("/ar/intake/contact/")
    assert other.page.input_value('[name="phone"]') == "٠١٧١ ٣٩"
    assert other.page.input_value('[name="email"]') == "bilal@example.org"
    # And only what is whole counts as an answer
    draft = Submission.objects.get(reference=reference)
    assert draft.answers["email"] == "bilal@example.org"
    assert "phone" not in draft.answers


def test_choices_are_saved_too_and_nothing_stays_in_the_browser(person, network):
    founder, (reference, _code) = begun(person, "de")
    founder.opens("/de/intake/languages/")
    founder.ticks("languages", "ar", "de")
    is_saved(founder)
    assert Submission.objects.get(reference=reference).answers["languages"] == ["ar", "de"]
    assert founder.page.evaluate("localStorage.length + sessionStorage.length") == 0
    # And what was saved by itself can be saved by hand, without a quarrel with oneself
    founder.ticks("languages", "en")
    founder.saves()
    assert founder.path == "/de/intake/idea/"


@pytest.mark.parametrize("javascript", [True, False])
def test_two_tabs_what_was_typed_last_stays_and_both_are_seen(person, network, javascript):
    # Given the same page in two tabs
    founder, (reference, _code) = begun(person, "de", javascript=javascript)
    tab = with_the_same_pass(person, founder, "de", javascript=javascript)
    founder.opens("/de/intake/idea/")
    tab.opens("/de/intake/idea/")
    # When one saves, and then something else is typed into the other one
    tab.types("idea", "Ein Café")
    tab.saves()
    founder.types("idea", "Eine Werkstatt")
    if javascript:
        # Then the script says so and leads there
        expect(founder.page.locator("#saving")).to_contain_text(founder.word("Show the other answer"))
        founder.page.locator("#saving button").click()  # the first press counts, also right after typing
    else:
        founder.page.locator("main form button.kern-btn--primary").first.click()
    founder.page.wait_for_load_state()
    founder._complaints = [text for text in founder._complaints if "409" not in text]
    # Then what was typed last stands in the field, the other answer above it
    founder.looks()
    founder.sees("Ein Café")
    assert founder.page.input_value('[name="idea"]') == "Eine Werkstatt"
    assert Submission.objects.get(reference=reference).answers["idea"] == "Eine Werkstatt"
    # And the next press goes on
    founder.saves()
    assert founder.path != "/de/intake/idea/"


def test_back_to_a_page_that_named_a_mistake(person, network):
    # Given a mistake that was named, corrected and left behind
    founder, _codes = begun(person, "de")
    founder.opens("/de/intake/contact/")
    founder.types("phone", "12")
    founder.saves()
    founder.looks()
    founder.types("phone", "0171 3920001")
    founder.saves()
    assert founder.path == "/de/intake/languages/"
    # When "back" is pressed, then a page of the portal comes, with what is saved
    founder.page.go_back()
    assert founder.path == "/de/intake/contact/"
    assert founder.page.input_value('[name="phone"]') == "0171 3920001"


def test_the_language_switch_keeps_a_mistake_and_tells_it_in_the_other_language(person, network):
    # Given a page with a mistake on it, without JavaScript
    founder, (reference, _code) = begun(person, "de", javascript=False)
    founder.opens("/de/intake/contact/")
    founder.types("phone", "017")
    founder.types("email", "rim@example.org")
    founder.saves()
    founder.types("email", "rim2@example.org")
    # When the language is switched in the middle of it
    founder.language = "ar"
    founder.presses(re.compile("العربية"))
    # Then nothing typed is lost, and the mistake is told in Arabic
    assert founder.path == "/ar/intake/contact/"
    assert founder.page.input_value('[name="phone"]') == "017"
    assert founder.page.input_value('[name="email"]') == "rim2@example.org"
    founder.reads("This is not a telephone number. Please write it with the area code, for example 0151 23456789.")
    assert Submission.objects.get(reference=reference).answers["email"] == "rim2@example.org"


def test_enter_saves_and_switches_no_language(person, network):
    founder, _codes = begun(person, "de")
    founder.opens("/de/intake/person/")
    founder.ticks("contact_way", "phone")
    founder.types("name", "Rim")
    founder.page.locator('[name="name"]').press("Enter")
    founder.page.wait_for_url("**/de/intake/contact/")


@pytest.mark.parametrize(("language", "beside"), [("ar", "de"), ("de", "ar")])
def test_a_helper_reads_along_in_a_second_language(person, network, language, beside):
    # Given somebody on a page of questions, without JavaScript, with something typed
    founder, _codes = begun(person, language, javascript=False)
    founder.opens(f"/{language}/intake/contact/")
    founder.types("phone", "017")
    # When they choose a second language
    founder.unfolds("Two languages on this page")
    founder.page.locator(f'button[name="beside"][value="{beside}"]').click()
    founder.looks()
    # Then questions, help and, after a mistake, what is wrong stand there in both, each in its direction
    founder.saves()
    assert founder.page.input_value('[name="phone"]') == "017"
    helper = person(beside)
    direction = {"ar": "rtl", "de": "ltr"}[beside]
    for english in ("What is your phone number?", "Save and go on", "Something is missing or wrong"):
        founder.reads(english)
        words = founder.page.locator(f'.gw-beside[lang="{beside}"][dir="{direction}"]', has_text=helper.word(english))
        assert words.count() >= 1, english
    # And so it is on the other pages
    for tail, english in (("", "Your data"), ("tasks/", "Your steps"), ("check/", "Check your answers")):
        founder.opens(f"/{language}/intake/{tail}")
        assert founder.page.locator(".gw-beside", has_text=helper.word(english)).count() >= 1
    # Until one language is enough
    founder.presses("Only one language")
    assert founder.path == f"/{language}/intake/check/"
    assert founder.page.locator(".gw-beside").count() == 0


@pytest.mark.parametrize("tail", ["", "tasks/", "check/", "place/", "contact/", "topics/", "business/"])
@pytest.mark.parametrize(("language", "beside"), [("ar", "de"), ("de", "ar")])
def test_two_languages_fit_on_a_phone(person, network, language, beside, tail):
    founder, _codes = begun(person, language)
    founder.page.context.add_cookies([{"name": "gw_beside", "value": beside, "url": founder.base}])
    founder.opens(f"/{language}/intake/{tail}")  # its width, its direction, axe


def test_without_a_network_it_keeps_trying_and_warns_before_leaving(person, network):
    # Given somebody whose network is gone
    founder, (reference, _code) = begun(person, "de")
    founder.opens("/de/intake/idea/")
    founder.page.context.set_offline(True)
    # When they write
    founder.types("idea", "Ein Café")
    # Then they read that it is not saved yet
    told = founder.page.locator("#saving")
    expect(told).to_have_text(founder.word("Not saved yet: no connection. We keep trying."))
    assert told.get_attribute("role") == "status"
    assert "idea" not in Submission.objects.get(reference=reference).answers
    # And neither sending it takes the page away
    founder.page.locator("main form button.kern-btn--primary").first.click()
    assert founder.page.input_value('[name="idea"]') == "Ein Café"
    founder.page.get_by_role("button", name=founder.word("All steps")).click()
    assert founder.page.input_value('[name="idea"]') == "Ein Café"
    # Nor a link, without asking
    asked = []
    founder.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    founder.page.locator('[name="idea"]').click()
    founder.page.locator("footer a").first.click()
    assert asked == ["beforeunload"]
    # Then, with the network back, it is saved without doing anything
    founder.page.context.set_offline(False)
    is_saved(founder)
    assert Submission.objects.get(reference=reference).answers["idea"] == "Ein Café"
    founder._complaints.clear()
    founder.saves()
    founder.reads("Your steps")


def test_back_shows_what_is_saved_now(person, network):
    founder, _codes = begun(person, "de")
    founder.opens("/de/intake/person/")
    founder.types("name", "Rim")
    founder.ticks("contact_way", "phone")
    founder.saves()
    founder.page.go_back()
    assert founder.page.input_value('[name="name"]') == "Rim"
    assert founder.page.locator('[name="contact_way"][value="phone"]').is_checked()


def test_a_lost_pass_asks_for_the_code_and_loses_nothing(person, network):
    # Given somebody whose browser forgot them while they wrote
    founder, (reference, code) = begun(person, "ar", javascript=False)
    founder.opens("/ar/intake/idea/")
    founder.types("idea", "محل خياطة")
    founder.page.context.clear_cookies(name="gw_intake")
    # When they save
    founder._complaints.clear()
    founder.page.locator("main form button.kern-btn--primary").first.click()
    founder.page.wait_for_load_state()
    founder._complaints = [text for text in founder._complaints if "410" not in text]
    founder.looks()
    # Then number and code are asked for, and what was written is saved
    founder.sees("محل خياطة")
    founder.types("reference", reference)
    founder.types("code", code)
    founder.saves()
    assert founder.path == "/ar/intake/idea/"
    assert Submission.objects.get(reference=reference).answers["idea"] == "محل خياطة"


def test_questions_are_read_aloud_by_a_voice_of_the_device_and_answers_never(person, network):
    founder, _codes = begun(person, "ar")
    founder.page.add_init_script(VOICES.replace("WITH_GERMAN", "false"))
    founder.opens("/ar/intake/person/")
    founder.types("name", "بلال")
    buttons = founder.page.get_by_role("button", name=re.compile(f"^{founder.word('Read aloud')}"))
    assert buttons.count() == 2
    buttons.first.click()
    buttons.first.click()  # of those that still offer it
    said = " ".join(founder.page.evaluate("said"))
    for english in ("What may we call you?", "How can we best reach you?", "By phone call"):
        assert founder.word(english) in said
    assert "بلال" not in said


@pytest.mark.parametrize(("has_voice", "count"), [("true", 2), ("false", 0)])
def test_without_a_voice_of_the_device_there_is_no_button(person, network, has_voice, count):
    founder, _codes = begun(person, "de")
    founder.page.add_init_script(VOICES.replace("WITH_GERMAN", has_voice))
    founder.opens("/de/intake/person/")
    assert founder.page.get_by_role("button", name=re.compile("Vorlesen")).count() == count
