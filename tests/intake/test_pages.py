"""The pages of questions: saved, shown again, merged, never lost."""

import pytest
from django.test import Client

from intake.models import Submission
from network.people.models import Municipality
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def founder(walker, short_way):
    """Somebody who has finished the short way."""
    founder = walker("de")
    founder.walks(short_way, until="safety")
    return founder


def other_tab(founder) -> Client:
    tab = Client()
    for name, morsel in founder.client.cookies.items():
        tab.cookies[name] = morsel.value
    return tab


def test_a_page_shows_what_was_saved(founder):
    page = founder.get("person/").content.decode()
    assert 'value="Rim"' in page
    assert founder.get("idea/").context["form"].initial["idea"] == "أريد فتح محل صغير"


def test_a_page_changes_only_its_own_answers(founder):
    before = dict(founder.draft.answers)
    founder.answers("person", {"name": "Rim Darwisch", "contact_way": "phone"})
    assert founder.draft.answers == before | {"name": "Rim Darwisch"}


def test_an_answer_left_empty_is_taken_out(founder):
    founder.answers("safety", {"phone_shared": "yes", "safe_times": ["morning"]})
    founder.answers("safety", {"phone_shared": "yes"})
    assert "safe_times" not in founder.draft.answers
    assert founder.draft.answers["phone_shared"] == "yes"


def test_mistakes_are_named_and_what_was_typed_is_still_there(founder):
    response = founder.mistakes("contact/", {"phone": "12", "email": "rim@example"})
    page = response.content.decode()
    assert set(response.context["form"].errors) == {"phone", "email"}
    assert 'value="12"' in page
    assert 'value="rim@example"' in page
    assert 'href="#id_phone"' in page  # in the summary, too
    assert founder.draft.answers["phone"] == "+491713920001"


def test_save_and_go_on_leads_through_the_pages_in_order(walker):
    founder = walker("ar")
    founder.reads_notice()
    way = [
        founder.answers("place", {"municipality": "unna", "is_adult": "yes"}),
        founder.answers("person", {"name": "علي", "contact_way": "email"}),
        founder.answers("contact", {"email": "ali@example.org"}),
        founder.answers("languages", {"languages": ["ar", "ckb"]}),
        founder.answers("idea", {"idea_later": "on"}),
        founder.answers("reminders", {}),
    ]
    tails = [response.url.removeprefix(founder.url()) for response in way]
    assert tails == ["code/", "contact/", "languages/", "idea/", "more/", "names/"]


def test_after_a_change_one_is_back_at_the_check_page(founder):
    response = founder.answers("languages", {"languages": ["en"]}, tail="?change=1")
    assert response.url == founder.url("check/")


def test_a_change_that_needs_another_answer_asks_for_it(founder):
    response = founder.answers("person", {"name": "Rim", "contact_way": "email"}, tail="?change=1")
    assert response.url == founder.url("contact/?change=1")
    response = founder.answers("contact", {"phone": "0171 3920001", "email": "rim@example.org"}, tail="?change=1")
    assert response.url == founder.url("check/")


def test_the_last_page_leads_to_checking(founder):
    for step in ("safety", "reminders", "names", "german", "visit", "benefits", "residence", "money", "sector"):
        founder.answers(step, {})
    for step in ("details", "business", "experience", "qualification", "stage"):
        founder.answers(step, {})
    assert founder.answers("topics", {}).url == founder.url("check/")


def test_a_page_that_does_not_apply_leads_on(founder):
    assert founder.get("trade/").status_code == 302
    founder.answers("sector", {"sector": "crafts"})
    assert founder.get("trade/").status_code == 200


def test_answers_to_questions_that_no_longer_apply_stay_until_sending(founder):
    founder.answers("sector", {"sector": "crafts"})
    founder.answers("trade", {"trade": "tischler"})
    founder.answers("sector", {"sector": "food"})
    assert founder.draft.answers["trade"] == "tischler"
    founder.post("check/")
    assert "trade" not in founder.draft.answers


def test_own_words_keep_their_language(founder):
    founder.answers("idea", {"idea": "Ich möchte kochen"})
    assert founder.draft.text_languages == {"idea": "de"}
    founder.answers("idea", {"idea": "أريد فتح مطعم"})
    assert founder.draft.text_languages == {"idea": "ar"}
    founder.answers("idea", {"idea_later": "on"})
    assert founder.draft.text_languages == {}


def test_two_tabs_on_different_pages_lose_nothing(founder):
    tab = other_tab(founder)
    assert founder.get("sector/").status_code == 200
    assert tab.get(founder.url("german/")).status_code == 200
    founder.answers("sector", {"sector": "food"})
    tab.post(founder.url("german/"), {"german": "b1"})
    assert founder.draft.answers["sector"] == "food"
    assert founder.draft.answers["german"] == "b1"


def test_two_tabs_on_the_same_page_the_newer_answer_wins(founder):
    tab = other_tab(founder)
    founder.answers("sector", {"sector": "food"})
    tab.post(founder.url("sector/"), {"sector": "art"})
    assert founder.draft.answers["sector"] == "art"


def test_switching_the_language_stays_on_the_page_and_keeps_the_answers(founder):
    page = founder.get("person/?change=1").content.decode()
    assert 'formaction="/ar/intake/person/?change=1"' in page
    arabic = founder.client.get("/ar/intake/person/?change=1").content.decode()
    assert 'dir="rtl"' in arabic
    assert 'value="Rim"' in arabic


def test_the_language_last_used_is_remembered(founder):
    assert founder.draft.language == "de"
    founder.client.post("/ar/intake/german/", {"german": "a1"})
    assert founder.draft.language == "ar"


def test_moving_to_another_town_changes_the_office(founder):
    other = OrganisationFactory(office=True)
    Municipality.objects.filter(code="luenen").update(office=other)
    founder.answers("place", {"municipality": "luenen", "is_adult": "yes"})
    assert founder.draft.office == other
    assert founder.draft.municipality.code == "luenen"


def test_a_draft_is_not_changed_to_a_town_elsewhere_but_asks_again(founder):
    response = founder.post("place/", {"municipality": "other", "is_adult": "yes"})
    assert response.url == founder.url("elsewhere/")
    assert founder.draft.answers.get("municipality") is None  # the one of before is no answer any more
    assert [question.key for question, _group in founder.get("check/").context["missing"]] == ["municipality"]
    assert "Zurück zu meinen Antworten" in founder.get("elsewhere/").content.decode()


@pytest.mark.parametrize("number", ["٠١٧١ ٣٩٢٠٠٠٥", "۰۱۷۱-۳۹۲۰۰۰۵", "+49 171 3920005", "0049 (171) 392 00 05"])
def test_phone_numbers_in_any_digits_and_formats(founder, number):
    founder.answers("contact", {"phone": number})
    assert founder.draft.answers["phone"] == "+491713920005"


def test_the_planned_start_takes_any_digits_and_shows_the_month_as_a_word(founder):
    founder.answers("business", {"planned_start_month": "3", "planned_start_year": "٢٠٢٧"})
    assert founder.draft.answers["planned_start"] == "2027-03"
    assert "März 2027" in founder.get("check/").content.decode()


@pytest.mark.parametrize(
    ("month", "year", "part"),
    [("3", "", "year"), ("", "2027", "month"), ("13", "2027", "month"), ("3", "1066", "year")],
)
def test_half_a_date_is_named_at_its_part(founder, month, year, part):
    response = founder.mistakes("business/", {"planned_start_month": month, "planned_start_year": year})
    assert {error.code for error in response.context["form"].errors["planned_start"].as_data()} == {part}
    assert f'href="#id_planned_start_{["month", "year"].index(part)}"' in response.content.decode()


def test_what_no_draft_keeps_is_told_at_once(founder):
    """A town elsewhere is not stored (rule 11), nor is an answer that was never offered."""
    elsewhere = founder.post("place/", {"municipality": "other"})
    assert elsewhere.status_code == 200
    assert set(elsewhere.context["form"].errors) == {"is_adult"}
    assert elsewhere.context["form"]["municipality"].value() == "other"
    unknown = founder.post("benefits/", {"benefits": ["none", "gold"]})
    assert unknown.status_code == 200
    assert set(unknown.context["form"].errors) == {"benefits"}


def test_none_of_them_does_not_go_with_others(founder):
    response = founder.mistakes("benefits/", {"benefits": ["none", "jobcenter"]})
    assert "benefits" in response.context["form"].errors
    assert "Nein, von keiner" in response.content.decode()


def test_who_reads_it_stands_before_the_questions_on_benefits(founder):
    page = founder.get("benefits/").content.decode()
    assert page.index("Das Jobcenter liest dieses Formular.") < page.index('<form method="post"', page.index("<main"))


def test_next_to_free_text_stands_what_not_to_write(founder):
    assert "Bitte schreiben Sie hier nichts über Gesundheit oder Asyl." in founder.get("idea/").content.decode()


def test_founders_text_is_written_in_its_own_direction(founder):
    page = founder.get("idea/").content.decode()
    assert 'dir="auto"' in page.split("<textarea")[1].split(">")[0]
    contact = founder.get("contact/").content.decode()
    for name in ("phone", "email"):
        assert 'dir="ltr"' in contact.split(f'name="{name}"')[1].split(">")[0]


def test_the_task_list_tells_the_true_state(founder):
    founder.answers("german", {"german": "a2"})
    states = [task["status"] for task in founder.get("tasks/").context["tasks"]]
    assert states[:4] == ["Fertig", "Noch nicht begonnen", "Begonnen", "Noch nicht begonnen"]


def test_a_step_that_does_not_apply_is_not_counted(walker, short_way):
    founder = walker("de")
    founder.walks(short_way | {"contact_way": "in_person", "phone": ""}, until="safety")
    before = founder.get("tasks/").context["count"].total
    founder.answers("contact", {"phone": "01713920001"})
    assert founder.get("tasks/").context["count"].total == before + 2  # the pages on the phone and on messages


def test_after_the_short_way_one_may_send_or_tell_more(founder):
    page = founder.get("more/").content.decode()
    assert f'href="{founder.url("check/")}"' in page
    assert f'href="{founder.url("safety/")}"' in page


def test_before_the_short_way_is_done_there_is_nothing_to_send(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="idea")
    assert founder.get("more/").url == founder.url("tasks/")


def test_every_page_may_not_be_stored_and_has_a_neutral_title(founder):
    for tail in ("", "place/", "benefits/", "residence/", "code/", "tasks/", "more/", "check/", "delete/", "resume/"):
        response = founder.get(tail)
        assert "no-store" in response.headers["Cache-Control"], tail
        title = response.content.decode().split("<title>")[1].split("</title>")[0]
        assert title == "Fragen", tail


def test_only_pages_with_questions_bring_a_script_and_it_waits(founder):
    for tail in ("", "tasks/", "more/", "code/", "resume/", "callback/"):
        assert "<script" not in founder.get(tail).content.decode(), tail
    for tail in ("topics/", "check/"):
        page = founder.get(tail).content.decode()
        assert page.count("<script") == 1
        assert 'intake.js" defer></script>' in page


def test_a_draft_can_be_kept_for_fourteen_days(founder):
    response = founder.post("keep/")
    assert response.url == founder.url("code/")
    assert founder.draft.keep_longer
    assert int(founder.client.cookies["gw_intake"]["max-age"]) == 14 * 24 * 60 * 60


def test_a_stranger_without_a_pass_is_led_to_the_start(founder):
    stranger = Client()
    for tail in ("place/", "idea/", "tasks/", "code/", "more/", "check/", "delete/"):
        assert stranger.get(founder.url(tail)).url == founder.url(), tail
    assert stranger.get(founder.url("sent/")).url == "/de/status/"


def test_a_later_page_needs_the_first_one(walker):
    founder = walker()
    founder.reads_notice()
    assert founder.get("idea/").url == founder.url("place/")
    assert Submission.objects.count() == 0


def test_an_unknown_page_is_not_found(founder):
    assert founder.get("no-such-page/").status_code == 404
    assert founder.post("closing/").status_code == 404
