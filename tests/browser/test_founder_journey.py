"""A founder on an old phone: from the first page to "where does it stand", in both directions."""

import re

import pytest

from intake.models import Submission

IDEA = {
    "ar": "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €",
    "de": "Ich möchte einen Friseursalon für Frauen eröffnen.",
}


def begins(founder, language):
    founder.opens(f"/{language}/")
    founder.follows("Tell us about your idea")
    founder.ticks_box("has_read")
    founder.saves()
    founder.ticks("municipality", "kamen")
    founder.ticks("is_adult", "yes")
    founder.saves()


def reference_and_code(founder) -> tuple[str, str]:
    text = founder.page.locator("main").inner_text()
    reference = re.search(r"\b\d{4}-\d{4}\b", text)
    code = re.search(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b", text)
    assert reference, text
    assert code, text
    return reference[0], code[0]


def goes_the_short_way(founder, language):
    founder.follows("I have written it down, go on")
    founder.types("name", "Bilal Nour Eddin")
    founder.ticks("contact_way", "phone")
    founder.saves()
    founder.types("phone", "٠١٧١ ٣٩٢ ٠٠٠٧")
    founder.saves()
    founder.ticks("languages", "ar", "de")
    founder.saves()
    founder.types("idea", IDEA[language])
    founder.saves()
    founder.reads("Send now, or tell us more?")


@pytest.mark.parametrize("language", ["ar", "de"])
def test_six_answers_are_enough_and_the_status_page_tells_what_happens_next(person, network, language):
    # Given a founder with a phone
    founder = person(language, phone=True)
    begins(founder, language)
    reference, code = reference_and_code(founder)
    # When the six answers are given, checked and sent
    goes_the_short_way(founder, language)
    founder.follows("Check and send")
    founder.sees(IDEA[language])
    founder.sees("0171")
    founder.presses("Send now")
    # Then number and code are shown once more, and it is in the database
    assert reference_and_code(founder) == (reference, code)
    founder.reads("What happens next")
    submission = Submission.objects.get(reference=reference)
    assert submission.state == "sent"
    assert submission.answers["phone"] == "+491713920007"
    assert submission.answers["idea"] == IDEA[language]
    # And with both, another phone sees where it stands
    other_phone = person(language, phone=True)
    other_phone.opens(f"/{language}/status/")
    other_phone.types("reference", reference.replace("-", " "))
    other_phone.types("code", code.lower())
    other_phone.saves()
    other_phone.sees(reference)
    other_phone.reads("Next step")


def test_a_draft_is_resumed_on_another_phone_in_another_language_without_javascript(person, network):
    # Given a draft that was begun in Arabic
    founder = person("ar", phone=True)
    begins(founder, "ar")
    reference, code = reference_and_code(founder)
    founder.follows("I have written it down, go on")
    founder.types("name", "Bilal Nour Eddin")
    founder.ticks("contact_way", "phone")
    founder.saves()
    # When another browser, without JavaScript and in German, types number and code
    helper = person("de", phone=True, javascript=False)
    helper.opens("/de/intake/resume/")
    helper.types("reference", reference)
    helper.types("code", code)
    helper.saves()
    # Then it goes on where the first one stopped, with what was answered
    helper.opens("/de/intake/person/")
    assert helper.page.input_value('[name="name"]') == "Bilal Nour Eddin"
    helper.saves()
    helper.types("phone", "0171 3920007")
    helper.saves()
    helper.ticks("languages", "ar")
    helper.saves()
    helper.ticks_box("idea_later")
    helper.saves()
    helper.follows("Check and send")
    helper.presses("Send now")
    helper.reads("What happens next")
    assert Submission.objects.get(reference=reference).state == "sent"


@pytest.mark.parametrize("language", ["ar", "de"])
def test_every_optional_step_is_in_the_summary_and_can_be_changed(person, network, language):
    # Given somebody who tells more
    founder = person(language, phone=True)
    begins(founder, language)
    reference, _code = reference_and_code(founder)
    goes_the_short_way(founder, language)
    founder.follows("Tell more")
    # When they answer the first choice of everything that is asked, page by page
    asked = 0
    while "/check/" not in founder.path:
        asked += 1
        assert asked < 40, founder.path
        founder.answers_something()
        founder.saves()
    # Then every page stands in the summary
    submission = Submission.objects.get(reference=reference)
    assert {"sector", "benefits", "residence", "german", "topics", "stage", "qualification"} <= set(submission.answers)
    assert asked >= 12
    # And "change" leads to the page and back
    founder.page.locator("main button[name='go'][value='person']").first.click()
    founder.types("name", "Bilal N. Eddin")
    founder.saves()
    assert founder.path.endswith("/check/")
    founder.sees("Bilal N. Eddin")


@pytest.mark.parametrize("language", ["ar", "de"])
def test_mistakes_are_told_beside_the_field_and_in_the_summary_and_nothing_typed_is_lost(person, network, language):
    # Given somebody on the page with the name
    founder = person(language, phone=True)
    begins(founder, language)
    founder.follows("I have written it down, go on")
    # When the way to be reached is left out
    founder.types("name", "محمد Şêrîn")
    founder.saves()
    # Then the summary leads to the field, and the name is still there
    founder.reads("Please choose how we can reach you.")
    summary = founder.page.locator("[role=alert] a").first
    target = summary.get_attribute("href")
    assert founder.page.locator(target).count() == 1
    assert founder.page.input_value('[name="name"]') == "محمد Şêrîn"


def test_outside_the_kreis_the_right_place_is_shown_and_nothing_is_stored(person, network):
    # Given somebody from another town
    founder = person("ar", phone=True)
    founder.opens("/ar/intake/")
    founder.ticks_box("has_read")
    founder.saves()
    # When they say so
    founder.ticks("municipality", "other")
    founder.ticks("is_adult", "yes")
    founder.saves()
    # Then they read who can help, and no row exists
    assert founder.path == "/ar/intake/elsewhere/"
    assert Submission.objects.count() == 0


def test_the_language_switch_stays_on_the_page(person, network):
    founder = person("ar", phone=True)
    begins(founder, "ar")
    founder.opens("/ar/intake/place/")
    founder.page.get_by_role("button", name="Deutsch").click()
    founder.looks()
    assert founder.path == "/de/intake/place/"
    assert founder.page.locator('input[name="municipality"][value="kamen"]').is_checked()


@pytest.mark.parametrize(("wanted", "language"), [("ar-SY,ar;q=0.9", "ar"), ("de-DE", "de"), ("fr,en;q=0.5", "en")])
def test_the_browsers_language_leads_to_the_first_page(client, db, wanted, language):
    response = client.get("/", headers={"accept-language": wanted})
    assert response.status_code == 302
    assert response.url == f"/{language}/"
