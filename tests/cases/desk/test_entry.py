"""An enquiry typed in for a founder, changed while nobody has confirmed it, and confirmed."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cases.files.models import TimelineEntry
from cases.files.opening import open_case
from gruendungswerkstatt.common import clock
from intake import entering, handing_over, passes
from intake.enums import Channel
from intake.models import Submission
from network.people.models import Municipality
from network.people.oidc import second_factor
from tests.factories.intake import SHORT_WAY, SubmissionFactory
from tests.factories.people import OrganisationFactory

from .conftest import NOON, assert_kept_out

pytestmark = pytest.mark.django_db
INBOX = "/de/cases/inbox/"
NEW = {channel: f"{INBOX}new/{channel}/" for channel in ("desk", "phone", "paper")}
TOLD = {
    **{key: SHORT_WAY[key] for key in ("municipality", "is_adult", "name", "contact_way", "idea")},
    "phone": "٠١٧١ ٣٩٢٠٠٠١",
    "languages": ["ar"],
    "page_language": "ar",
}
WAYS = ("hand-over", "number", "by-phone")


@pytest.fixture
def typed(office, advisor):
    """An enquiry typed in at the desk."""
    return enters(office, advisor)


def enters(office, advisor, channel=Channel.DESK):
    return entering.enter(channel=channel, by=advisor, answers=dict(SHORT_WAY), language="ar")


def page_of(submission, tail=""):
    return f"{INBOX}{submission.uuid}/{tail}"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def new_form(client, channel):
    html = text(client.get(NEW[channel]))
    token = re.search(r'name="form_token" value="([^"]+)"', html)
    return {"form_token": token[1]}


class TestTypingIn:
    def test_the_inbox_offers_all_three_ways(self, client):
        html = text(client.get(INBOX))
        for address in NEW.values():
            assert f'href="{address}"' in html

    @pytest.mark.parametrize("channel", ["desk", "phone"])
    def test_six_answers_are_enough(self, client, office, advisor, channel):
        response = client.post(NEW[channel], new_form(client, channel) | TOLD)
        sent = Submission.objects.get()
        assert response.url == page_of(sent, "confirmation/")
        assert (sent.state, sent.channel, sent.entered_by, sent.office) == ("sent", channel, advisor, office)
        assert (sent.name, sent.language, sent.answers["phone"]) == ("Rim", "ar", "+491713920001")
        assert sent.text_languages == {"idea": "ar"}
        assert not sent.is_confirmed
        assert sent.notice_version == ""
        assert sent.delete_after_on > clock.today() + timedelta(days=150)

    def test_the_same_questions_with_the_same_needs(self, client):
        response = client.post(NEW["desk"], new_form(client, "desk") | {"contact_way": "phone"})
        errors = response.context["form"].errors
        assert set(errors) == {"municipality", "is_adult", "name", "phone", "languages", "idea", "page_language"}
        assert not Submission.objects.exists()

    def test_what_was_typed_stays_when_something_is_missing(self, client):
        html = text(
            client.post(NEW["desk"], new_form(client, "desk") | TOLD | {"name": "", "topics": ["businessplan"]})
        )
        assert SHORT_WAY["idea"] in html
        assert '<details class="kern-accordion" open>' in html

    def test_a_double_click_types_in_once(self, client):
        form = new_form(client, "desk") | TOLD
        assert client.post(NEW["desk"], form).url == client.post(NEW["desk"], form).url
        assert Submission.objects.count() == 1

    def test_answers_that_do_not_apply_are_left_out(self, client):
        client.post(NEW["desk"], new_form(client, "desk") | TOLD | {"helper_name": "Ali"})
        assert "helper_name" not in Submission.objects.get().answers

    def test_towns_elsewhere_store_nothing(self, client):
        Municipality.objects.filter(code="selm").update(office=OrganisationFactory(office=True))
        for town in ("other", "selm"):
            response = client.post(NEW["desk"], new_form(client, "desk") | TOLD | {"municipality": town})
            assert "municipality" in response.context["form"].errors
        assert not Submission.objects.exists()

    def test_another_language_shows_the_page_again_as_it_was_typed(self, client):
        address = NEW["desk"].replace("/de/", "/ar/")
        assert f'formaction="{address}" name="stay"' in text(client.get(NEW["desk"]))
        response = client.post(address, new_form(client, "desk") | {"name": "Rim", "phone": "017", "stay": "1"})
        assert response.status_code == 200
        assert not response.context["form"].errors
        assert response.context["form"]["phone"].value() == "017"
        assert 'value="Rim"' in text(response)
        assert 'dir="rtl"' in text(response)
        assert not Submission.objects.exists()

    @pytest.mark.parametrize("channel", ["self", "helper", "fax"])
    def test_there_is_no_other_way(self, client, channel):
        assert client.get(f"{INBOX}new/{channel}/").status_code == 404

    @pytest.mark.parametrize("name", ["A\x00\ud800B".encode("utf-8", "surrogatepass"), "x" * 10_000, "👩🏽‍🔧 Şêrîn"])
    def test_wild_names_are_no_error_of_ours(self, client, name):
        assert client.post(NEW["desk"], new_form(client, "desk") | TOLD | {"name": name}).status_code in (200, 302, 400)

    @pytest.mark.parametrize("address", NEW.values())
    def test_the_page_asks_the_database_little(self, client, address, django_assert_max_num_queries):
        with django_assert_max_num_queries(4):
            client.get(address)


class TestPaper:
    def test_everything_stands_on_one_page_in_the_order_of_the_questions(self, client):
        page = client.get(NEW["paper"])
        parts = list(page.context["form"].parts())
        assert [part.code for part in parts] == [*(f"step-{number}" for number in range(1, 9)), "closing"]
        assert not any(part.is_folded for part in parts)
        assert "<details" not in text(page).split('name="municipality"')[1].split("</form>")[0]

    def test_what_cannot_be_read_is_left_out(self, client, noon):
        day = NOON.date() - timedelta(days=3)
        given = {"municipality": "kamen", "name": "أسماء", "page_language": "ar", "signed_by": "founder"}
        came = {"received_on_day": str(day.day), "received_on_month": str(day.month), "received_on_year": str(day.year)}
        client.post(NEW["paper"], new_form(client, "paper") | given | came)
        sent = Submission.objects.get()
        assert sent.answers == {"municipality": "kamen", "name": "أسماء"}
        assert (sent.channel, sent.signed_by, sent.is_adult) == ("paper", "founder", None)
        assert clock.local(sent.sent_at).date() == day
        assert "Noch nicht bestätigt" in text(client.get(INBOX))

    def test_paper_of_tomorrow_has_not_come(self, client, noon):
        day = NOON.date() + timedelta(days=1)
        came = {"received_on_day": str(day.day), "received_on_month": str(day.month), "received_on_year": str(day.year)}
        response = client.post(NEW["paper"], new_form(client, "paper") | TOLD | came)
        assert "received_on" in response.context["form"].errors

    def test_own_words_stay_as_written_in_their_language(self, client):
        client.post(
            NEW["paper"], new_form(client, "paper") | TOLD | {"idea": "دکان", "words_language": "prs"} | today()
        )
        sent = Submission.objects.get()
        assert (sent.answers["idea"], sent.text_languages) == ("دکان", {"idea": "prs"})

    def test_a_case_can_be_opened_from_a_paper_that_says_little(self, advisor, office):
        sent = entering.enter(
            channel=Channel.PAPER, by=advisor, answers={"municipality": "kamen", "name": "Rim"}, language="ar"
        )
        assert open_case(sent, advisor).founder.name == "Rim"


def today():
    day = clock.today()
    return {"received_on_day": str(day.day), "received_on_month": str(day.month), "received_on_year": str(day.year)}


class TestChanging:
    def test_before_the_founder_confirms(self, client, typed):
        html = text(client.get(page_of(typed, "answers/")))
        assert 'value="Rim"' in html
        version = re.search(r'name="version" value="(\d+)"', html)[1]
        token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
        changed = TOLD | {"name": "Rim Darwisch", "form_token": token, "version": version}
        assert client.post(page_of(typed, "answers/"), changed).url == page_of(typed, "confirmation/")
        typed.refresh_from_db()
        assert (typed.name, typed.answers["name"]) == ("Rim Darwisch", "Rim Darwisch")

    def test_what_a_colleague_changed_is_not_overwritten_unseen(self, client, typed, advisor):
        html = text(client.get(page_of(typed, "answers/")))
        token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
        given = SHORT_WAY | {"name": "Amina"}
        entering.correct(typed, given, by=advisor, language="ar", words_language="", version=typed.version)
        late = TOLD | {"name": "Rim D.", "form_token": token, "version": "1"}
        assert "inzwischen geändert" in text(client.post(page_of(typed, "answers/"), late))
        typed.refresh_from_db()
        assert typed.name == "Amina"

    def test_not_what_the_founder_sent(self, client, submission):
        assert client.get(page_of(submission, "answers/")).url == page_of(submission)


class TestHandingOver:
    def test_the_device_shows_the_founders_page_and_nothing_of_the_member(self, client, form_on, typed):
        form = form_on(page_of(typed, "confirmation/"), page_of(typed, "hand-over/"))
        response = form.send(client, language="ar")
        assert response.url == "/ar/intake/confirm/"
        assert "_auth_user_id" not in client.session
        for address in (INBOX, page_of(typed), page_of(typed, "confirmation/"), "/de/cases/list/"):
            assert client.get(address).url.startswith("/de/accounts/login/")
        page = text(client.get("/ar/intake/confirm/"))
        assert SHORT_WAY["idea"] in page

    def test_the_cookies_of_somebody_before_go(self, client, form_on, typed):
        client.cookies[passes.COOKIE] = "of somebody before"
        form_on(page_of(typed, "confirmation/"), page_of(typed, "hand-over/")).send(client, language="ar")
        assert client.cookies[passes.COOKIE].value == ""

    def test_who_came_from_the_houses_sign_in_keeps_the_device(self, client, form_on, typed):
        form = form_on(page_of(typed, "confirmation/"), page_of(typed, "hand-over/"))
        session = client.session
        session[second_factor.SESSION_KEY] = True
        session.save()
        assert page_of(typed, "hand-over/") not in text(client.get(page_of(typed, "confirmation/")))
        assert form.send(client, language="ar").url == page_of(typed, "confirmation/")
        assert "_auth_user_id" in client.session

    def test_a_number_opens_the_page_on_the_founders_phone_once(self, client, form_on, typed):
        html = text(form_on(page_of(typed, "confirmation/"), page_of(typed, "number/")).send(client))
        assert "http://testserver/ar/intake/confirm/number/" in html
        number = "".join(re.findall(r'<span aria-hidden="true">(\d{4})</span>', html))
        phone, other = Client(), Client()
        typed_number = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        assert phone.post("/ar/intake/confirm/number/", {"number": typed_number}).url == "/ar/intake/confirm/"
        assert SHORT_WAY["idea"] in text(phone.get("/ar/intake/confirm/"))
        assert other.post("/ar/intake/confirm/number/", {"number": number}).status_code == 200
        assert handing_over.COOKIE not in other.cookies

    def test_without_a_cache_there_is_no_number_and_a_message(self, client, form_on, typed, monkeypatch):
        form = form_on(page_of(typed, "confirmation/"), page_of(typed, "number/"))
        monkeypatch.setattr(handing_over.cache, "set", lambda *_args, **_more: None)
        assert "kann keine Nummer erstellt werden" in text(form.send(client))


class TestByPhone:
    def test_what_was_read_aloud_and_confirmed_is_recorded(self, client, form_on, office, advisor):
        sent = enters(office, advisor, Channel.PHONE)
        form = form_on(page_of(sent, "confirmation/"), page_of(sent, "by-phone/"))
        assert "vor" in text(form.send(client, language="ar"))  # both have to be ticked
        response = form.send(client, language="ar", was_read="on", is_right="on")
        assert response.url == page_of(sent)
        sent.refresh_from_db()
        assert (sent.confirmed_way, sent.notice_language) == ("phone", "ar")
        assert sent.notice_version
        page = text(client.get(page_of(sent)))
        assert "Am Telefon bestätigt" in page
        assert "Petra Beispiel" in page
        assert form.send(client, language="ar", was_read="on", is_right="on").url == page_of(sent)

    def test_answers_that_changed_meanwhile_are_read_again(self, client, form_on, typed, advisor):
        form = form_on(page_of(typed, "confirmation/"), page_of(typed, "by-phone/"))
        entering.correct(typed, SHORT_WAY, by=advisor, language="ar", words_language="", version=typed.version)
        assert "inzwischen geändert" in text(form.send(client, language="ar", was_read="on", is_right="on"))
        typed.refresh_from_db()
        assert typed.confirmed_at is None


class TestShowing:
    def test_inbox_enquiry_and_case_say_how_it_came_in(self, client, typed, advisor):
        assert "In der Beratungsstelle" in text(client.get(INBOX))
        page = text(client.get(page_of(typed)))
        assert "Eingangsweg" in page
        assert page_of(typed, "confirmation/") in page
        case = open_case(typed, advisor)
        page = text(client.get(f"/de/cases/{case.uuid}/"))
        assert "Noch nicht bestätigt" in page
        assert page_of(typed, "confirmation/") in page
        assert TimelineEntry.objects.get(kind="case_opened").params == {"channel": "desk", "confirmed": ""}

    def test_a_confirmation_after_the_case_was_opened_is_a_line_of_its_story(self, client, form_on, typed, advisor):
        case = open_case(typed, advisor)
        form = form_on(page_of(typed, "confirmation/"), page_of(typed, "by-phone/"))
        form.send(client, language="ar", was_read="on", is_right="on")
        line = TimelineEntry.objects.get(kind="enquiry_confirmed")
        assert (line.case, line.author, line.params) == (case, advisor, {"confirmed": "phone"})
        assert "Am Telefon bestätigt" in text(client.get(f"/de/cases/{case.uuid}/"))

    def test_marks_are_told_in_words_without_blame(self, client, office):
        sent = SubmissionFactory(office=office, check_marks=["phone", "fast"])
        assert "Bitte prüfen" in text(client.get(INBOX))
        page = text(client.get(page_of(sent)))
        assert "Familien und Unterkünfte teilen sich Telefone." in page

    def test_what_founders_sent_says_so(self, client, submission):
        page = text(client.get(page_of(submission)))
        assert "Allein ausgefüllt" in page
        assert "Noch nicht bestätigt" not in page


@pytest.mark.parametrize("who", ["other office", "partner", "anonymous"])
@pytest.mark.parametrize("tail", ["answers/", "confirmation/", *(f"{way}/" for way in WAYS)])
def test_others_do_not_get_in(people, typed, who, tail):
    for method in ("get", "post"):
        if (method, tail) != ("post", "confirmation/"):
            assert_kept_out(people[who], method, page_of(typed, tail))
    typed.refresh_from_db()
    assert typed.version == 1


@pytest.mark.parametrize("tail", [f"{way}/" for way in WAYS])
def test_coming_without_a_form_leads_back(client, typed, tail):
    assert client.get(page_of(typed, tail)).url == page_of(typed, "confirmation/")
