"""Resuming with the code, "please call me", leaving and deleting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client

from gruendungswerkstatt.common import clock
from intake import attempts, passes
from intake.enums import SubmissionState
from intake.forms import TRAPS
from intake.models import Submission
from intake.steps import GROUPS
from network.people.models import Municipality
from tests.factories.intake import CODE, SubmissionFactory
from tests.factories.people import OrganisationFactory

from .conftest import Walker
from .test_sending import received  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(office):
    return SubmissionFactory(
        draft=True, municipality=office.municipalities.get(code="kamen"), visited_steps=["place", "person", "contact"]
    )


class TestResuming:
    @pytest.mark.parametrize("typed", [CODE, "a7c9km34t", " A7C 9KM 34T ", "a7c-9km-٣٤t", "A7C–9KM–34T", "a7c.9km.۳۴t"])
    def test_the_code_in_any_writing_resumes_on_another_device(self, draft, typed):
        device = Walker("ar")
        response = device.post("resume/", {"reference": draft.reference, "code": typed})
        assert response.url == device.url("tasks/")
        assert draft.reference.split("-")[0] in device.get("code/").content.decode()

    @pytest.mark.parametrize("spaced", [True, False])
    def test_the_reference_in_any_digits(self, draft, spaced):
        reference = draft.reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        typed = reference.replace("-", " " if spaced else "")
        assert Walker().post("resume/", {"reference": typed, "code": CODE}).status_code == 302

    def test_progress_is_the_same_on_the_other_device(self, draft):
        device = Walker("de")
        device.post("resume/", {"reference": draft.reference, "code": CODE})
        count = device.get("tasks/").context["count"]
        assert count.done == 3
        assert device.get("person/").context["form"].initial["name"] == "Rim"

    def test_resuming_counts_as_use(self, draft):
        Submission.objects.update(last_used_at=clock.now() - timedelta(hours=20))
        Walker().post("resume/", {"reference": draft.reference, "code": CODE})
        draft.refresh_from_db()
        assert draft.last_used_at > clock.now() - timedelta(minutes=1)

    def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(self, draft):
        wrong = Walker("de").post("resume/", {"reference": draft.reference, "code": "WWW-WWW-WWW"})
        unknown = Walker("de").post("resume/", {"reference": "0000-0000", "code": CODE})
        assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
        assert "passen nicht zusammen" in wrong.content.decode()
        assert passes.COOKIE not in wrong.cookies

    @pytest.mark.parametrize(
        ("reference", "code", "field"), [("", CODE, "reference"), ("12", CODE, "reference"), ("1234-5678", "", "code")]
    )
    def test_what_is_missing_is_named(self, draft, reference, code, field):
        response = Walker("ar").post("resume/", {"reference": reference, "code": code})
        assert field in response.context["form"].errors

    def test_guessing_is_slowed_down_for_this_number_and_address_only(self, draft, office):
        other = SubmissionFactory(draft=True, municipality=draft.municipality)
        guesser = Walker("de")
        for _try in range(attempts.MOST):
            guesser.post("resume/", {"reference": draft.reference, "code": "WWW-WWW-WWW"})
        response = guesser.post("resume/", {"reference": draft.reference, "code": CODE})
        assert response.status_code == 429
        assert "15 Minuten" in response.content.decode()
        assert guesser.post("resume/", {"reference": other.reference, "code": CODE}).status_code == 302
        elsewhere = Client(REMOTE_ADDR="192.0.2.7")
        assert elsewhere.post("/de/intake/resume/", {"reference": draft.reference, "code": CODE}).status_code == 302

    def test_the_right_code_clears_the_count(self, draft):
        for _round in range(2):
            for _try in range(attempts.MOST - 1):
                Walker().post("resume/", {"reference": draft.reference, "code": "WWW-WWW-WWW"})
            assert Walker().post("resume/", {"reference": draft.reference, "code": CODE}).status_code == 302

    def test_what_was_sent_leads_to_the_status_page(self, office):
        sent = SubmissionFactory(municipality=office.municipalities.get(code="unna"))
        response = Walker("de").post("resume/", {"reference": sent.reference, "code": CODE})
        assert response.url == "/de/status/now/"

    def test_a_code_that_was_replaced_opens_nothing_any_more(self, draft):
        device = Walker()
        device.post("resume/", {"reference": draft.reference, "code": CODE})
        Submission.objects.update(code_digest="0" * 64)
        assert device.get("tasks/").status_code == 410


class TestCallback:
    DATA = {"name": "أبو أحمد", "phone": "٠١٧١ ٣٩٢٠٠٠٩", "language": "ar"}

    def test_the_town_comes_first_and_elsewhere_stores_nothing(self, walker):
        before = {m._meta.label: m._default_manager.count() for m in apps.get_models()}
        founder = walker("ar")
        assert founder.post("callback/", {"municipality": "other"}).url == founder.url("elsewhere/")
        assert founder.post("callback/", {"municipality": "unna"}).url == founder.url("callback/unna/")
        assert before == {m._meta.label: m._default_manager.count() for m in apps.get_models()}

    def test_three_fields_are_enough(self, walker, received):  # noqa: F811
        founder = walker("ar")
        page = founder.get("callback/unna/")
        assert [name for name in page.context["form"].fields if name not in TRAPS] == ["name", "phone", "language"]
        response = founder.post("callback/unna/", self.DATA)
        assert response.url == founder.url("sent/")
        sent = founder.draft
        assert sent.is_callback
        assert sent.state == SubmissionState.SENT
        assert sent.answers == {
            "municipality": "unna",
            "name": "أبو أحمد",
            "contact_way": "phone",
            "phone": "+491713920009",
            "languages": ["ar"],
        }
        assert sent.name == "أبو أحمد"
        assert sent.is_adult is None
        assert received == [sent.pk]
        page = founder.get("sent/")
        assert sent.reference.split("-")[0] in page.content.decode()
        assert "عمرك أقل من 18 سنة" not in page.content.decode()

    def test_a_double_click_calls_once(self, walker, received):  # noqa: F811
        founder = walker("ar")
        founder.get("callback/unna/")
        founder.post("callback/unna/", self.DATA)
        founder.post("callback/unna/", self.DATA)
        assert Submission.objects.count() == 1
        assert len(received) == 1

    def test_the_next_person_at_the_same_phone_is_called_too(self, walker, received):  # noqa: F811
        founder = walker("ar")
        for name in ("Ali", "Samira"):
            founder.get("callback/unna/")
            founder.post("callback/unna/", self.DATA | {"name": name})
        assert sorted(Submission.objects.values_list("name", flat=True)) == ["Ali", "Samira"]
        assert len(received) == 2

    def test_a_draft_that_was_begun_goes_with_it(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way | {"is_adult": "no"}, until="languages")
        founder.post("callback/kamen/", self.DATA)
        sent = Submission.objects.get()
        assert sent.answers["is_adult"] == "no"
        assert sent.answers["phone"] == "+491713920009"
        assert sent.is_adult is False

    def test_the_town_chosen_now_counts_not_the_one_of_the_draft(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way | {"municipality": "kamen"}, until="languages")
        other = OrganisationFactory(office=True)
        Municipality.objects.filter(code="selm").update(office=other)
        founder.post("callback/selm/", self.DATA)
        sent = Submission.objects.get()
        assert (sent.municipality.code, sent.office, sent.answers["municipality"]) == ("selm", other, "selm")

    def test_the_page_says_that_the_answers_so_far_go_with_it(self, walker, short_way):
        founder = walker("de")
        said = "Ihre bisherigen Antworten werden mitgeschickt."
        assert said not in founder.get("callback/kamen/").content.decode()
        founder.walks(short_way, until="languages")
        assert said in founder.get("callback/kamen/").content.decode()
        assert said in founder.post("callback/kamen/", {}).content.decode()

    @pytest.mark.parametrize("helped", ["yes", "no"])
    def test_a_helper_does_not_see_the_code_of_a_draft_that_was_not_confirmed_alone(self, walker, short_way, helped):
        founder = walker("de")
        founder.walks(short_way | {"filled_with_help": helped}, until="languages")
        founder.post("callback/kamen/", self.DATA)
        page = founder.get("sent/").content.decode().split("<main")[1]
        part = founder.draft.reference.split("-")[1]
        assert part in page
        is_closed = part not in page.split("Ich bin allein: Nummer und Code zeigen")[0]
        assert is_closed is (helped == "yes")

    def test_mistakes_are_named(self, walker):
        response = walker("ar").post("callback/unna/", {"name": "", "phone": "12", "language": "xx"})
        assert response.status_code == 200
        assert set(response.context["form"].errors) == {"name", "phone", "language"}
        assert Submission.objects.count() == 0

    @pytest.mark.parametrize("town", ["other", "hamm", "x"])
    def test_a_town_elsewhere_has_no_form(self, walker, town):
        assert walker().get(f"callback/{town}/").status_code == 404


class TestLeaving:
    def test_leaving_quickly_clears_the_browser_and_shows_a_page_that_tells_nothing(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way, until="languages")
        response = founder.client.post(founder.url("leave/"), follow=True)
        first = response.redirect_chain[0][0]
        assert first == founder.url("left/")
        page = response.content.decode()
        for word in ("Gründung", "Jobcenter", "Anfrage", "<a "):
            assert word not in page
        assert not founder.client.cookies[passes.COOKIE].value
        assert founder.get("tasks/").url == founder.url()
        assert Submission.objects.count() == 1  # and can be resumed with the code

    def test_leaving_tells_the_browser_to_forget_the_site(self, walker):
        response = walker().post("leave/")
        assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'

    def test_leaving_needs_no_token(self, office):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/de/intake/leave/").status_code == 302
        assert strict.get("/de/intake/leave/").status_code == 405

    def test_every_page_offers_to_leave(self, walker, short_way):
        founder = walker("ar")
        founder.walks(short_way, until="safety")
        for tail in ("", "person/", "code/", "tasks/", "check/", "resume/", "callback/", "elsewhere/"):
            assert f'action="{founder.url("leave/")}"' in founder.get(tail).content.decode(), tail

    def test_every_page_offers_to_leave_and_to_delete_while_there_is_a_draft(self, walker, short_way):
        founder = walker("ar")
        founder.walks(short_way, until="safety")
        groups = [f"{group.code}/" for group in GROUPS.values() if group.is_needed(founder.draft.answers)]
        more = ("", "code/", "tasks/", "more/", "check/", "resume/", "callback/", "callback/kamen/", "elsewhere/")
        addresses = [founder.url(tail) for tail in (*more, *groups)] + ["/ar/status/now/", "/ar/status/pin/"]
        for address in addresses:
            page = founder.client.get(address).content.decode()
            assert f'action="{founder.url("leave/")}"' in page, address
            assert f'href="{founder.url("delete/")}"' in page, address
        founder.post("delete/now/")
        for tail in ("", "resume/", "callback/"):
            assert founder.url("delete/") not in founder.get(tail).content.decode(), tail

    def test_deleting_asks_first_and_then_leaves_nothing(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way, until="languages")
        assert founder.get("delete/").status_code == 200
        assert Submission.objects.count() == 1
        response = founder.client.post(founder.url("delete/now/"), follow=True)
        assert "Alles wurde gelöscht." in response.content.decode()
        assert Submission.objects.count() == 0
        assert founder.post("delete/now/").url == founder.url()

    def test_what_was_sent_is_not_deleted_here(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way, until="safety")
        founder.post("check/")
        assert founder.post("delete/now/").url == founder.url("sent/")
        assert Submission.objects.count() == 1


class TestExpiry:
    def test_a_draft_that_is_gone_says_so_kindly_and_shows_what_was_typed(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way, until="idea")
        Submission.objects.all().delete()
        response = founder.post("idea/", {"idea": "Eine Änderungsschneiderei"})
        page = response.content.decode()
        assert response.status_code == 410
        assert "Ihre Antworten sind nicht mehr da" in page
        assert "Eine Änderungsschneiderei" in page
        assert founder.url() in page

    def test_without_any_pass_what_was_typed_is_shown_again(self, office):
        response = Walker("ar").post("idea/", {"idea": "محل خياطة"})
        assert response.status_code == 410
        assert "محل خياطة" in response.content.decode()

    def test_a_later_page_before_the_first_keeps_the_pass_and_shows_what_was_typed(self, walker):
        founder = walker("de")
        founder.reads_notice()
        response = founder.post("idea/", {"idea": "Eine Änderungsschneiderei"})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Eine Änderungsschneiderei" in page
        assert f'href="{founder.url("place/")}"' in page
        assert founder.post("german/", {"german": "a1"}).url == founder.url("place/")
        assert Submission.objects.count() == 0
        founder.answers("place", {"municipality": "unna", "is_adult": "yes"})
        assert Submission.objects.count() == 1

    def test_a_page_of_a_draft_that_is_gone_says_so_once(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way, until="idea")
        Submission.objects.all().delete()
        assert founder.get("tasks/").status_code == 410
        assert founder.get("tasks/").url == founder.url()

    def test_the_first_page_of_a_draft_that_is_gone_makes_no_new_one(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way, until="idea")
        Submission.objects.all().delete()
        assert founder.post("place/", {"municipality": "unna", "is_adult": "yes"}).status_code == 410
        assert Submission.objects.count() == 0

    def test_a_pass_ends_with_the_draft(self, walker):
        founder = walker()
        begun = datetime(2026, 11, 20, 9, tzinfo=UTC)
        with clock.frozen(begun):
            founder.reads_notice()
        with clock.frozen(begun + timedelta(hours=23)):
            assert founder.get("place/").status_code == 200
        with clock.frozen(begun + timedelta(hours=25)):
            assert founder.get("place/").url == founder.url()


def test_a_flood_from_one_address_ends_at_a_page_that_keeps_what_was_typed(walker, monkeypatch):
    monkeypatch.setattr(attempts, "FLOOD", 2)
    for _person in range(2):
        other = walker()
        other.reads_notice()
        other.answers("place", {"municipality": "kamen", "is_adult": "yes"})
    late = walker()
    late.reads_notice()
    response = late.post("place/", {"municipality": "kamen", "is_adult": "yes"})
    assert response.status_code == 429
    assert 'name="municipality" value="kamen"' in response.content.decode()
    assert Submission.objects.count() == 2
