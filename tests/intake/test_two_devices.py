"""Two tabs, two devices, one draft: what was typed last stays, and the other answer is told."""

from datetime import timedelta

import pytest

from gruendungswerkstatt.common import clock
from intake.questions import QUESTIONS

from .conftest import field_of, other_device, seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def founder(walker, short_way):
    """Somebody who has finished the short way."""
    founder = walker("de")
    founder.walks(short_way, until="safety")
    return founder


class TestTwoDevices:
    def test_what_was_typed_last_stays_and_the_person_is_told(self, founder):
        mine, other = seen_by(founder.get("idea/")), other_device(founder)
        theirs = seen_by(other.get("idea/"))
        with clock.frozen(clock.now() + timedelta(minutes=1)):
            other.post("idea/", {"idea": "Ein Café", "seen": theirs})
            response = founder.post("idea/", {"idea": "Eine Werkstatt", "seen": mine})
        assert response.status_code == 409
        assert response.context["elsewhere"] == [(QUESTIONS["idea"].text, "Ein Café")]
        assert "Ein Café" in response.content.decode()
        assert field_of(response, "idea") == "Eine Werkstatt"
        assert founder.draft.answers["idea"] == "Eine Werkstatt"
        # Whoever has read it goes on, or decides otherwise.
        again = founder.post("idea/", {"idea": "Ein Café", "seen": seen_by(response)})
        assert again.status_code == 302
        assert founder.draft.answers["idea"] == "Ein Café"

    def test_what_nobody_touched_here_gives_way_to_the_newer_answer(self, founder):
        founder.answers("idea", {"idea": "Ein Kiosk"})
        mine = seen_by(founder.get("idea/"))
        other_device(founder).post("idea/", {"idea": "Ein Café"})
        response = founder.post("idea/", {"idea": "Ein Kiosk", "seen": mine})
        assert response.status_code == 409
        assert response.context["elsewhere"] == [(QUESTIONS["idea"].text, "Ein Kiosk")]
        assert field_of(response, "idea") == "Ein Café"
        assert founder.draft.answers["idea"] == "Ein Café"
        assert founder.post("idea/", {"idea": "Ein Café", "seen": seen_by(response)}).status_code == 302

    def test_a_second_click_tells_it_again(self, founder):
        mine = seen_by(founder.get("idea/"))
        other_device(founder).post("idea/", {"idea": "Ein Café"})
        for _click in range(2):
            response = founder.post("idea/", {"idea": "Eine Werkstatt", "seen": mine})
            assert response.status_code == 409
            assert response.context["elsewhere"] == [(QUESTIONS["idea"].text, "Ein Café")]
        assert founder.post("idea/", {"idea": "Eine Werkstatt", "seen": seen_by(response)}).status_code == 302

    def test_what_is_half_typed_stays_in_the_field_and_the_other_answer_is_kept(self, founder):
        mine = seen_by(founder.get("contact/"))
        other_device(founder).post("contact/", {"phone": "0171 3920009"})
        response = founder.post("contact/", {"phone": "0171 39", "seen": mine})
        assert response.status_code == 409
        assert response.context["elsewhere"] == [(QUESTIONS["phone"].text, "0171 3920009")]
        assert field_of(response, "phone") == "0171 39"
        assert founder.draft.answers["phone"] == "+491713920009"

    def test_what_nobody_else_changed_is_saved_all_the_same(self, founder):
        mine, shown = seen_by(founder.get("person/")), founder.draft.answers["name"]
        other_device(founder).post("person/", {"name": "Rim D.", "contact_way": "phone"})
        name = founder.draft.answers["name"]
        response = founder.post("person/", {"name": shown, "contact_way": "sms", "seen": mine})
        assert response.status_code == 409
        answers = founder.draft.answers
        assert (answers["name"], answers["contact_way"]) == (name, "sms") == ("Rim D.", "sms")

    def test_the_same_answer_twice_is_no_quarrel(self, founder):
        mine = seen_by(founder.get("languages/"))
        other_device(founder).post("languages/", {"languages": ["de", "ar"]})
        assert founder.post("languages/", {"languages": ["ar", "de"], "seen": mine}).status_code == 302

    def test_the_page_itself_is_nobody_else(self, founder):
        mine = seen_by(founder.get("idea/"))
        founder.post("idea/save/", {"idea": "Ein C", "touched": ["idea"], "seen": mine})
        assert founder.post("idea/", {"idea": "Ein Café", "seen": mine}).status_code == 302
        assert founder.draft.answers["idea"] == "Ein Café"

    def test_the_script_is_told_and_the_page_shows_the_other_answer(self, founder):
        mine = seen_by(founder.get("idea/"))
        other_device(founder).post("idea/", {"idea": "Ein Café"})
        for idea in ("Eine W", "Eine Werkstatt"):
            saved = founder.post("idea/save/", {"idea": idea, "touched": ["idea"], "seen": mine})
            assert saved.json()["elsewhere"] == ["idea"]
            mine = saved.json()["seen"]
        assert founder.draft.answers["idea"] == "Eine Werkstatt"
        response = founder.post("idea/", {"idea": "Eine Werkstatt", "seen": mine, "stay": "1"})
        assert response.context["elsewhere"] == [(QUESTIONS["idea"].text, "Ein Café")]
        assert founder.post("idea/", {"idea": "Eine Werkstatt", "seen": seen_by(response)}).status_code == 302

    def test_a_script_that_saved_one_field_has_not_touched_the_others(self, founder):
        mine, shown = seen_by(founder.get("person/")), founder.draft.answers["name"]
        other_device(founder).post("person/", {"name": "Rim D.", "contact_way": "phone"})
        data = {"name": shown, "contact_way": "sms"}
        saved = founder.post("person/save/", {**data, "touched": ["contact_way"], "seen": mine}).json()
        assert saved["elsewhere"] == []
        response = founder.post("person/", {**data, "seen": saved["seen"]})
        assert response.context["elsewhere"] == [(QUESTIONS["name"].text, shown)]
        assert founder.draft.answers["name"] == "Rim D."

    def test_the_answer_that_was_typed_over_is_not_sent(self, founder):
        mine = seen_by(founder.get("idea/"))
        other_device(founder).post("idea/", {"idea": "Ein Café"})
        founder.post("idea/", {"idea": "Eine Werkstatt", "seen": mine})
        assert "Ein Café" in str(founder.draft.changes)
        founder.post("check/")
        assert founder.draft.changes == {}

    @pytest.mark.parametrize("seen", ["", "x", "1", "-1.a", "9" * 5000 + ".a", "1." + "a" * 5000, "1.a." + "b" * 5000])
    def test_nonsense_about_what_was_seen_is_as_good_as_nothing(self, founder, seen):
        assert founder.post("idea/", {"idea": "Ein Café", "seen": seen}).status_code == 302
