"""Another language, or a second one beside it, on pages that are not pages of questions: what was typed stays."""

import re

import pytest

from intake.models import Submission
from tests.common.markup import read
from tests.factories.intake import SHORT_WAY

pytestmark = pytest.mark.django_db

# Page of the intake: what was typed into it.
TYPED = {
    "": {"has_read": "on"},
    "resume/": {"reference": "1234", "code": "ABC"},
    "callback/": {"municipality": "kamen"},
    "callback/unna/": {"name": "ليلى", "phone": "12", "language": "ar"},
    "confirm/number/": {"number": "12345"},
}


def shown(page) -> dict:
    """What stands in the fields of the form whose input the languages take along."""
    markup = read(page.content.decode())
    form, found = markup.by_id("typed"), {}
    for field in markup.elements:
        if form not in field.parents:
            continue
        name, value = field.attrs.get("name"), field.attrs.get("value")
        if field.tag == "option" and "selected" in field.attrs:
            found[field.parents[-1].attrs["name"]] = value
        elif field.tag == "input" and (
            field.attrs.get("type") not in ("checkbox", "radio") or "checked" in field.attrs
        ):
            found[name] = value or "on"
    return found


def errors_on(page) -> list[str]:
    return [found.text.strip() for found in read(page.content.decode()).by_class("kern-error__list")]


@pytest.mark.parametrize(("tail", "typed"), TYPED.items())
def test_another_language_takes_along_what_was_typed(walker, tail, typed):
    walker("ar").get(tail)
    page = walker("de").post(tail, {**typed, "stay": "1"})
    assert page.status_code == 200
    assert read(page.content.decode()).all("html", lang="de")
    assert typed.items() <= shown(page).items()
    assert not errors_on(page)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("tail", "typed"), [(tail, TYPED[tail]) for tail in ("resume/", "callback/unna/")])
def test_mistakes_that_were_named_are_named_in_the_other_language(walker, tail, typed):
    arabic = walker("ar").post(tail, typed)
    [button] = read(arabic.content.decode()).all("button", form="typed", lang="de")
    assert button.attrs["formaction"] == f"/de/intake/{tail}"
    page = walker("de").post(tail, {**typed, button.attrs["name"]: button.attrs["value"]})
    assert typed.items() <= shown(page).items()
    assert len(errors_on(page)) == len(errors_on(arabic)) > 0
    assert not re.search("[\u0600-\u06ff]", " ".join(errors_on(page)))


def test_what_was_chosen_before_sending_stays_and_is_not_sent(walker):
    founder = walker("ar")
    founder.walks(SHORT_WAY)
    founder.language = "de"
    typed = {"pin": "4711", "pin_again": "4712"}
    page = founder.post("check/", {**typed, "stay": "1"})
    assert page.status_code == 200
    assert typed.items() <= shown(page).items()
    assert founder.draft.is_draft
    refused = founder.post("check/", typed)
    assert "4711" not in refused.content.decode()  # a PIN that was refused is typed again


@pytest.mark.parametrize("tail", ["", "check/"])
def test_a_second_language_beside_takes_it_along_too(walker, tail):
    founder = walker("ar")
    founder.walks(SHORT_WAY)
    typed = {"has_read": "on"} if tail == "" else {"pin": "4711", "pin_again": "4711"}
    page = founder.post(tail, {**typed, "beside": "de"})
    assert page.status_code == 200
    assert typed.items() <= shown(page).items()
    assert read(page.content.decode()).all("html", lang="ar")
    assert "Vor dem" in page.content.decode() or "Ihre Daten" in page.content.decode()
    assert founder.client.cookies["gw_beside"].value == "de"
    assert founder.draft.is_draft


def test_what_was_typed_before_the_code_was_asked_for_stays_to_be_read(walker):
    founder = walker("ar")
    asked = founder.post("person/", {"name": "ليلى"})
    unsent = shown(asked)["unsent"]
    page = walker("de").post("resume/", {"reference": "1234", "code": "", "unsent": unsent, "stay": "1"})
    assert "ليلى" in page.content.decode()
    assert shown(page) == shown(page) | {"unsent": unsent, "reference": "1234"}


def test_enter_does_not_press_a_language(walker):
    first = read(walker("ar").get("callback/").content.decode()).all("button", form="typed")[0]
    assert "formaction" not in first.attrs
    assert "name" not in first.attrs


def test_the_notice_is_read_in_both_languages(walker):
    founder = walker("ar")
    founder.client.cookies["gw_beside"] = "de"
    beside = read(founder.get().content.decode()).all("div", lang="de", dir="ltr")
    assert any("Jobcenter" in one.text for one in beside)


@pytest.mark.parametrize("path", ["/ar/", "/ar/pages/privacy/", "/ar/network/", "/ar/status/", "/ar/nowhere/"])
def test_leaving_quickly_stands_on_every_page_and_deleting_for_who_has_a_draft(walker, path):
    founder = walker("ar")
    for carries in (False, True):
        page = founder.client.get(path).content.decode()
        assert "/ar/intake/leave/" in page
        assert ("/ar/intake/delete/" in page) is carries
        founder.walks(SHORT_WAY)
