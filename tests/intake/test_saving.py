"""Never lost: half typed, saved by the script, sent without a pass, in another language."""

import re

import pytest
from django.db import connection
from django.test import Client

from gruendungswerkstatt.common import codes
from intake import passes
from intake.merging import Seen
from intake.models import Submission
from tests.factories.intake import CODE, SubmissionFactory

from .conftest import Walker, field_of, other_device, seen_by
from .test_figures import Statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def founder(walker, short_way):
    """Somebody who has finished the short way."""
    founder = walker("de")
    founder.walks(short_way, until="safety")
    return founder


class TestHalfTyped:
    def test_the_script_saves_what_is_right_and_keeps_what_is_not_yet(self, founder):
        page = seen_by(founder.get("contact/"))
        data = {"phone": "0171 39", "email": "rim@example.org", "touched": ["phone", "email"], "seen": page}
        response = founder.post("contact/save/", data)
        assert response.status_code == 200
        draft = founder.draft
        assert draft.answers["phone"] == "+491713920001"
        assert draft.answers["email"] == "rim@example.org"
        assert draft.typed == {"phone": "0171 39"}
        # The page has the same name, was drawn from the same version, and now shows what was typed.
        seen, now = Seen.read(page), Seen.read(response.json()["seen"])
        assert (now.version, now.page) == (seen.version, seen.page)
        assert now.has_shown("phone", "0171 39")
        assert not seen.has_shown("phone", "0171 39")
        assert response.json()["elsewhere"] == []

    def test_only_questions_that_were_touched_change(self, founder):
        founder.post("contact/save/", {"phone": "", "email": "rim@example.org", "touched": ["email"]})
        assert founder.draft.answers["phone"] == "+491713920001"

    def test_an_emptied_answer_that_is_needed_stays(self, founder):
        founder.post("person/save/", {"name": "", "touched": ["name"]})
        assert founder.draft.answers["name"] == "Rim"
        assert founder.draft.typed == {}

    def test_a_voluntary_answer_can_be_emptied(self, founder):
        founder.answers("reminders", {"own_word": "Olive"})
        founder.post("reminders/save/", {"own_word": "", "touched": ["own_word"]})
        assert "own_word" not in founder.draft.answers

    def test_it_stands_in_the_field_again_on_another_device(self, founder):
        founder.post("contact/save/", {"phone": "٠١٧١ ٣٩", "touched": ["phone"]})
        draft = founder.draft
        Submission.objects.update(code_digest=codes.code_digest(CODE, salt=draft.reference))
        device = Walker("ar")
        device.post("resume/", {"reference": draft.reference, "code": CODE})
        response = device.get("contact/")
        assert field_of(response, "phone") == "٠١٧١ ٣٩"
        assert not response.context["form"].errors

    def test_half_a_date_and_answers_that_exclude_each_other_stand_there_again(self, founder):
        founder.post("business/save/", {"planned_start_month": "3", "touched": ["planned_start"]})
        founder.post("benefits/save/", {"benefits": ["none", "jobcenter"], "touched": ["benefits"]})
        assert 'value="3" selected' in founder.get("business/").content.decode()
        assert field_of(founder.get("benefits/"), "benefits") == ["none", "jobcenter"]

    def test_saving_it_properly_takes_the_half_away(self, founder):
        founder.post("contact/save/", {"phone": "017", "touched": ["phone"]})
        founder.answers("contact", {"phone": "0171 3920005"})
        assert founder.draft.typed == {}

    def test_save_and_go_on_with_a_mistake_saves_the_rest(self, founder):
        page = founder.mistakes("contact/", {"phone": "12", "email": "rim@example.org"})
        assert set(page.context["form"].errors) == {"phone"}
        draft = founder.draft
        assert (draft.answers["email"], draft.typed) == ("rim@example.org", {"phone": "12"})

    def test_a_half_page_is_not_done_and_the_check_page_says_so(self, founder):
        before = founder.get("tasks/").context["count"].done
        founder.post("contact/save/", {"phone": "017", "touched": ["phone"]})
        assert founder.get("tasks/").context["count"].done == before - 1
        page = founder.get("check/").content.decode()
        assert "nur halb geschrieben" in page
        assert f'href="{founder.url("contact/?change=1&amp;checked=1")}"' in page

    def test_what_is_half_typed_is_never_sent(self, founder):
        founder.post("contact/save/", {"phone": "017", "touched": ["phone"]})
        founder.post("check/")
        sent = founder.draft
        assert not sent.is_draft
        assert (sent.typed, sent.changes) == ({}, {})
        assert sent.answers["phone"] == "+491713920001"

    def test_a_call_takes_nothing_half_typed_along(self, founder):
        founder.post("contact/save/", {"phone": "017", "touched": ["phone"]})
        founder.post("callback/kamen/", {"name": "Rim", "phone": "0171 3920005", "language": "ar"})
        assert founder.draft.typed == {}

    @pytest.mark.parametrize("tail", ["place/save/", "place/"])
    def test_a_town_elsewhere_is_not_kept_and_the_one_of_before_does_not_hold_any_more(self, founder, tail):
        founder.post(tail, {"municipality": "other", "is_adult": "yes", "touched": ["municipality"]})
        draft = founder.draft
        assert "municipality" not in draft.answers
        assert draft.typed == {}
        founder.post("check/")
        assert founder.draft.is_draft, "nothing is sent to the office of a town that somebody took back"
        founder.answers("place", {"municipality": "unna", "is_adult": "yes"})
        founder.post("check/")
        sent = founder.draft
        assert (sent.is_draft, sent.municipality.code) == (False, "unna")

    def test_before_it_is_known_where_somebody_lives_nothing_is_kept(self, walker):
        founder = walker()
        founder.reads_notice()
        founder.post("place/save/", {"municipality": "unna", "touched": ["municipality"]})
        assert Submission.objects.count() == 0
        assert "data-save" not in founder.get("place/").content.decode()

    def test_saving_asks_the_database_two_things_and_writes_once(self, founder):
        with Statements(connection) as saved:
            founder.post("contact/save/", {"phone": "017", "touched": ["phone"]})
        assert len(saved.all) <= 2, saved.all
        assert len(saved.writes) == 1

    def test_what_nobody_can_type_is_not_kept(self, founder):
        founder.post("idea/save/", {"idea": "x" * 30_000, "touched": ["idea"]})
        assert founder.draft.typed == {}
        founder.post("idea/save/", {"idea": "ش" * 10_000, "touched": ["idea"]})
        assert founder.draft.typed == {"idea": "ش" * 10_000}

    def test_without_a_draft_there_is_nothing_to_save_to(self, founder):
        assert Client().post(founder.url("idea/save/"), {"idea": "x", "touched": "idea"}).url == founder.url()
        founder.post("check/")
        assert founder.post("idea/save/", {"idea": "x", "touched": "idea"}).url == founder.url("sent/")
        Submission.objects.all().delete()
        assert founder.post("idea/save/", {"idea": "x", "touched": "idea"}).status_code == 410

    def test_what_is_chosen_before_sending_is_saved_and_never_a_pin(self, founder):
        assert 'data-questions="wants_sms wants_email"' in founder.get("check/").content.decode()
        saved = founder.post("closing/save/", {"wants_sms": "yes", "pin": "8302", "touched": ["wants_sms", "pin"]})
        assert saved.status_code == 200
        draft = founder.draft
        assert (draft.answers["wants_sms"], draft.typed, draft.pin_hash) == ("yes", {}, "")
        assert field_of(founder.get("check/"), "wants_sms")

    def test_a_page_of_nothing_saves_nothing(self, founder):
        assert founder.post("nowhere/save/", {"touched": ["phone"]}).status_code == 404

    def test_it_is_gone_with_the_draft(self, founder):
        founder.post("contact/save/", {"phone": "017", "touched": ["phone"]})
        founder.post("delete/now/")
        assert Submission.objects.count() == 0


class TestOtherWays:
    """Buttons that look like links: what was typed is saved before they lead away, without a script too."""

    @pytest.mark.parametrize(("to", "where"), [("back", "languages/"), ("tasks", "tasks/"), ("callback", "callback/")])
    def test_what_was_typed_is_saved_first(self, founder, to, where):
        page = founder.get("idea/").content.decode()
        assert f'form="questions" name="go" value="{to}"' in page
        response = founder.post("idea/", {"idea": "Ein Café", "seen": seen_by(founder.get("idea/")), "go": to})
        assert response.url == founder.url(where)
        assert founder.draft.answers["idea"] == "Ein Café"

    def test_what_is_not_right_yet_is_kept_and_holds_nobody_up(self, founder):
        assert founder.post("contact/", {"phone": "017", "go": "tasks"}).url == founder.url("tasks/")
        assert founder.draft.typed == {"phone": "017"}
        assert "contact" not in founder.draft.visited_steps

    @pytest.mark.parametrize(("tail", "form"), [("idea/", "questions"), ("check/", "typed")])
    def test_pages_of_the_footer_too(self, founder, tail, form):
        privacy = f"/{founder.language}/pages/privacy/"
        assert f'form="{form}" name="go" value="{privacy}"' in founder.get(tail).content.decode()
        response = founder.post(tail, {"idea": "Ein Café", "wants_sms": "yes", "go": privacy})
        assert response.url == privacy
        assert founder.draft.answers["idea" if tail == "idea/" else "wants_sms"] in ("Ein Café", "yes")

    @pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "/de/cases/", "nowhere"])
    def test_nowhere_else(self, founder, away):
        assert founder.post("idea/", {"idea": "Ein Café", "go": away}).url == founder.url("tasks/")

    @pytest.mark.parametrize(("typed", "remembered"), [("dark", "dark"), ("", ""), ("<script>", "")])
    def test_light_or_dark_is_remembered_and_nothing_is_lost(self, founder, typed, remembered):
        response = founder.post("idea/", {"idea": "Ein Café", "theme": typed})
        assert response.cookies["gw_theme"].value == remembered
        assert founder.client.get(response.url).status_code == 200
        assert founder.draft.answers["idea"] == "Ein Café"
        page = founder.post("check/", {"pin": "4711", "theme": typed})
        assert field_of(page, "pin") == "4711"
        assert founder.draft.is_draft

    def test_a_newer_answer_from_elsewhere_is_told_first(self, founder):
        mine = seen_by(founder.get("idea/"))
        other_device(founder).post("idea/", {"idea": "Ein Café"})
        data = {"idea": "Eine Werkstatt", "seen": mine, "go": "tasks"}
        assert founder.post("idea/", data).status_code == 409


class TestLanguageSwitch:
    def test_it_sends_the_page_saves_what_is_right_and_keeps_what_is_not(self, founder):
        response = founder.client.post(
            "/ar/intake/contact/?change=1", {"phone": "017", "email": "r@example.org", "stay": "1"}
        )
        assert response.url == "/ar/intake/contact/?change=1"
        assert founder.draft.answers["email"] == "r@example.org"
        page = founder.client.get(response.url)
        assert field_of(page, "phone") == "017"
        assert not page.context["form"].errors

    def test_mistakes_on_the_page_are_told_in_the_other_language(self, founder):
        page = founder.mistakes("contact/", {"phone": "017", "email": "x"}).content.decode()
        assert 'name="checked" value="1"' in page
        data = {"phone": "017", "email": "x", "stay": "1", "checked": "1"}
        response = founder.client.post("/ar/intake/contact/", data)
        assert response.url == "/ar/intake/contact/?checked=1"
        arabic = founder.client.get(response.url)
        assert set(arabic.context["form"].errors) == {"phone", "email"}
        assert field_of(arabic, "phone") == "017"
        assert "هاتف" in str(arabic.context["form"].errors["phone"])

    def test_the_first_page_keeps_what_was_chosen_before_anything_is_stored(self, walker):
        founder = walker("de")
        founder.reads_notice()
        response = founder.client.post("/ar/intake/place/", {"municipality": "unna", "stay": "1"})
        page = response.content.decode()
        assert response.status_code == 200
        assert 'lang="ar"' in page
        assert re.search(r'name="municipality" value="unna"[^>]* checked', page)
        assert not response.context["form"].errors
        assert Submission.objects.count() == 0
        response = founder.client.post("/ar/intake/place/", {"municipality": "unna", "stay": "1", "checked": "1"})
        assert set(response.context["form"].errors) == {"is_adult"}

    def test_enter_in_a_field_presses_no_language(self, founder):
        page = founder.get("person/").content.decode()
        first = re.search(r"<button[^>]*form=\"questions\"[^>]*>", page)[0]
        assert "formaction" not in first
        assert 'tabindex="-1"' in first


class TestWithoutPass:
    DATA = {"idea": "Eine Änderungsschneiderei"}

    @pytest.fixture
    def draft(self, office):
        return SubmissionFactory(draft=True, municipality=office.municipalities.get(code="kamen"))

    def enters(self, response, draft, code=CODE) -> Walker:
        device = Walker("de")
        sealed = response.context["form"]["unsent"].value()
        device.response = device.post("resume/", {"reference": draft.reference, "code": code, "unsent": sealed})
        return device

    def test_what_was_typed_waits_for_the_code_and_is_saved(self, draft):
        lost = Walker("de").post("idea/", self.DATA)
        assert lost.status_code == 410
        assert "Eine Änderungsschneiderei" in lost.content.decode()
        assert f'action="{Walker("de").url("resume/")}"' in lost.content.decode()
        device = self.enters(lost, draft)
        assert device.response.url == device.url("idea/")
        draft.refresh_from_db()
        assert draft.answers["idea"] == "Eine Änderungsschneiderei"
        assert "ist gespeichert" in device.get("idea/").content.decode()

    @pytest.mark.parametrize("tail", ["idea/", "check/"])
    def test_where_another_window_deleted_everything_no_code_is_asked_for(self, draft, tail):
        """Given two windows, when one deletes everything, then the other one says so and shows what was typed."""
        device = Walker("de")
        device.post("resume/", {"reference": draft.reference, "code": CODE})
        device.post("delete/now/")
        page = device.post(tail, self.DATA)
        assert page.status_code == 410
        assert "Ihre Antworten sind nicht mehr da" in page.content.decode()
        assert ("Eine Änderungsschneiderei" in page.content.decode()) is (tail == "idea/")
        device.post("leave/")
        assert "unsent" in device.post(tail, self.DATA).context["form"].fields

    def test_a_wrong_code_does_not_lose_it(self, draft):
        lost = Walker("de").post("idea/", self.DATA)
        wrong = self.enters(lost, draft, "WWW-WWW-WWW").response
        assert wrong.status_code == 200
        assert self.enters(wrong, draft).response.status_code == 302
        draft.refresh_from_db()
        assert draft.answers["idea"] == "Eine Änderungsschneiderei"

    def test_what_was_not_right_is_asked_again(self, draft):
        device = self.enters(Walker("de").post("contact/", {"phone": "017"}), draft)
        assert device.response.url == device.url("contact/?checked=1")
        response = device.get("contact/?checked=1")
        assert field_of(response, "phone") == "017"
        assert "phone" in response.context["form"].errors

    def test_the_check_page_says_that_nothing_was_sent_and_keeps_what_was_chosen(self, draft):
        lost = Walker("de").post("check/", {"wants_sms": "yes", "pin": "8302", "pin_again": "8302"})
        page = lost.content.decode()
        assert lost.status_code == 410
        assert "Es ist noch nichts gesendet." in page
        assert "8302" not in page
        device = self.enters(lost, draft)
        assert device.response.url == device.url("check/")
        draft.refresh_from_db()
        assert draft.is_draft
        assert draft.answers["wants_sms"] == "yes"
        assert "Es ist noch nichts gesendet." in device.get("check/").content.decode()

    def test_the_first_page_offers_to_begin(self, draft):
        lost = Walker("de").post("place/", {"municipality": "kamen", "is_adult": "yes"})
        assert f'href="{Walker("de").url()}"' in lost.content.decode()

    def test_it_is_newer_than_an_answer_from_elsewhere(self, draft):
        device = Walker("de")
        device.post("resume/", {"reference": draft.reference, "code": CODE})
        seen = seen_by(device.get("idea/"))
        device.post("idea/", {"idea": "Ein Café"})
        lost = Walker("de").post("idea/", {**self.DATA, "seen": seen})
        response = self.enters(lost, draft).response
        assert response.status_code == 409
        assert "Ein Café" in response.content.decode()
        assert f'action="{device.url("idea/")}"' in response.content.decode()
        draft.refresh_from_db()
        assert draft.answers["idea"] == "Eine Änderungsschneiderei"

    def test_it_was_sent_meanwhile(self, office):
        sent = SubmissionFactory(municipality=office.municipalities.get(code="kamen"))
        response = self.enters(Walker("de").post("idea/", self.DATA), sent).response
        assert response.status_code == 409
        assert "Eine Änderungsschneiderei" in response.content.decode()
        assert passes.COOKIE in response.cookies

    @pytest.mark.parametrize("sealed", ["x", "a:b:c", ""])
    def test_what_was_not_sealed_here_is_nothing(self, draft, sealed):
        device = Walker("de")
        data = {"reference": draft.reference, "code": CODE, "unsent": sealed}
        assert device.post("resume/", data).url == device.url("tasks/")


class TestAside:
    def test_answers_that_do_not_apply_are_kept_aside_and_come_back(self, founder):
        founder.answers("person", {"name": "Rim", "contact_way": "helper"})
        founder.answers("contact", {"helper_name": "Ali", "helper_phone": "0171 3920002", "may_call_helper": "yes"})
        assert founder.draft.answers["phone"] == "+491713920001"
        assert "0171" not in founder.get("check/").content.decode().replace("0171 3920002", "")
        founder.answers("person", {"name": "Rim", "contact_way": "phone"})
        assert field_of(founder.get("contact/"), "phone") == "0171 3920001"
        founder.post("check/")
        assert "helper_name" not in founder.draft.answers

    def test_a_page_that_does_not_apply_any_more_changes_nothing(self, founder):
        before = founder.draft.answers
        assert founder.post("trade/", {"trade": "friseure"}).status_code == 302
        assert founder.draft.answers == before


class TestRenewedQuestionnaire:
    """The portal got a new questionnaire between two steps of somebody's draft."""

    @pytest.fixture
    def older(self, founder):
        """A draft with two answers that today's questionnaire does not offer, and one it does not ask."""
        answers = founder.draft.answers | {
            "contact_way": "fax",
            "sector": "mining",
            "safe_times": ["morning", "night"],
            "shoe_size": "43",
        }
        Submission.objects.update(answers=answers, questionnaire_version=0)
        return founder

    def test_what_is_no_longer_offered_is_asked_again(self, older):
        page = older.get("check/").content.decode()
        assert "fax" not in page
        assert "mining" not in page
        assert [q.key for q, _group in older.get("check/").context["missing"]] == ["contact_way"]
        assert older.post("check/").status_code == 200
        assert older.draft.is_draft

    def test_nothing_of_it_is_sent_and_the_rest_is(self, older):
        older.answers("person", {"name": "Rim", "contact_way": "phone"})
        assert older.post("check/").url == older.url("sent/")
        sent = older.draft
        assert sent.answers["safe_times"] == ["morning"]
        assert {"sector", "shoe_size"}.isdisjoint(sent.answers)
        assert sent.questionnaire_version == 1
        assert sent.typed == {}

    def test_pages_open_and_save(self, older):
        for tail in ("tasks/", "person/", "sector/", "safety/", "more/", "code/"):
            assert older.get(tail).status_code in (200, 302), tail
        older.answers("sector", {"sector": "food"})
        assert older.draft.answers["sector"] == "food"
        assert older.draft.questionnaire_version == 1

    def test_reading_writes_nothing(self, older):
        older.get("tasks/")
        assert older.draft.questionnaire_version == 0

    def test_a_sent_one_stays_readable_as_it_was(self, founder):
        founder.post("check/")
        Submission.objects.update(answers=founder.draft.answers | {"sector": "mining"}, questionnaire_version=0)
        assert founder.get("sent/").status_code == 200
        assert founder.draft.answers["sector"] == "mining"
