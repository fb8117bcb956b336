"""Checking and sending: complete, once, and with what happens next."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from gruendungswerkstatt.common import clock
from intake import passes
from intake.enums import SubmissionState
from intake.models import Submission
from intake.signals import submission_received
from tests.factories.intake import PERSONAS, SHORT_WAY

from .conftest import Walker

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def received():
    """Every submission that was announced to the rooms above."""
    found = []

    def note(sender, submission, **kwargs):
        found.append(submission.pk)

    submission_received.connect(note)
    yield found
    submission_received.disconnect(note)


@pytest.fixture
def founder(walker, short_way):
    """Somebody who has finished the short way."""
    founder = walker("de")
    founder.walks(short_way, until="safety")
    return founder


@pytest.mark.django_db
class TestChecking:
    def test_all_answers_are_shown_each_with_a_way_to_change_it(self, founder):
        page = founder.get("check/").content.decode()
        for text in ("Kamen", "Rim", "0171 3920001", "Arabisch", "أريد فتح محل صغير"):
            assert text in page
        for group in ("place", "person", "contact", "languages", "idea"):
            assert f'form="typed" name="go" value="{group}"' in page
            assert founder.post("check/", {"go": group}).url == f"{founder.url(group)}/?change=1"

    def test_what_was_chosen_here_is_kept_over_a_change(self, founder):
        founder.post("check/", {"wants_sms": "yes", "pin": "8302", "go": "idea"})
        assert founder.draft.is_draft
        assert founder.draft.answers["wants_sms"] == "yes"
        page = founder.get("check/")
        assert page.context["form"]["wants_sms"].value() == "yes"
        assert "8302" not in page.content.decode()

    @pytest.mark.parametrize(
        ("to", "where"), [("tasks", "tasks/"), ("callback", "callback/"), ("x", "tasks/"), ("", "tasks/")]
    )
    def test_other_ways_save_before_they_lead_away(self, founder, to, where):
        assert founder.post("check/", {"wants_sms": "no", "go": to}).url.startswith(founder.url(where))
        assert founder.draft.answers["wants_sms"] == "no"

    def test_own_words_are_shown_as_written_and_marked(self, founder):
        page = founder.get("check/").content.decode()
        assert '<span dir="auto" lang="ar" class="gw-own-words">أريد فتح محل صغير</span>' in page

    def test_what_was_not_answered_is_offered_not_demanded(self, founder):
        page = founder.get("check/").content.decode()
        assert 'form="typed" name="go" value="sector"' in page
        assert "Das alles ist freiwillig." in page

    def test_hints_ask_to_clarify(self, walker):
        founder = walker("de")
        founder.walks(PERSONAS[8]["answers"])
        page = founder.get("check/").content.decode()
        assert "Bitte klären Sie mit der Handwerkskammer, welcher Weg zu Ihnen passt." in page

    def test_what_is_missing_is_named_with_the_way_there(self, walker, short_way, received):
        founder = walker("de")
        founder.walks(short_way, until="languages")
        response = founder.post("check/", {})
        page = response.content.decode()
        assert response.status_code == 200
        for group, text in (("languages", "mindestens eine Sprache"), ("idea", "etwas über Ihre Idee")):
            assert f'href="{founder.url(group)}/?change=1"' in page
            assert text in page
        assert founder.draft.is_draft
        assert received == []

    def test_an_answer_that_a_change_made_necessary_is_missing(self, founder):
        Submission.objects.update(answers=SHORT_WAY | {"contact_way": "email"})
        page = founder.post("check/", {}).content.decode()
        assert "Bitte schreiben Sie Ihre E-Mail-Adresse" in page
        assert founder.draft.is_draft


@pytest.mark.django_db
class TestSending:
    def test_a_sent_submission_knows_what_lists_need(self, founder, office, received):
        with clock.frozen(MONDAY):
            assert founder.post("check/", {}).url == founder.url("sent/")
        sent = founder.draft
        assert sent.state == SubmissionState.SENT
        assert sent.sent_at == MONDAY
        assert sent.delete_after_on == date(2027, 5, 23)
        assert (sent.name, sent.sector, sent.is_adult, sent.language) == ("Rim", "", True, "de")
        assert sent.office == office
        assert received == [sent.pk]

    def test_the_result_page_tells_number_code_and_the_day_of_the_call(self, founder):
        with clock.frozen(MONDAY):
            founder.post("check/", {})
            page = founder.get("sent/").content.decode()
            code = read_code(founder)
        for part in (*founder.draft.reference.split("-"), *code.split("-")):
            assert part in page
        assert "Mittwoch, 25. November 2026" in page
        assert "Bitte melden Sie vor unserem ersten Gespräch kein Gewerbe an." in page
        assert "Der Termin ist freiwillig." in page

    def test_the_fixed_sentence_in_arabic(self, walker, short_way):
        founder = walker("ar")
        founder.walks(short_way, until="safety")
        founder.post("check/", {})
        assert "الحضور طوعي، ولا عواقب إذا لم تحضر" in founder.get("sent/").content.decode()

    def test_sending_again_sends_nothing_and_leads_to_the_same_page(self, founder, received):
        first = founder.post("check/", {})
        sent_at = founder.draft.sent_at
        again = founder.post("check/", {"wants_sms": "yes"})
        assert first.url == again.url == founder.url("sent/")
        assert founder.draft.sent_at == sent_at
        assert "wants_sms" not in founder.draft.answers
        assert len(received) == 1

    @pytest.mark.parametrize("typed", ["etwas ganz anderes", "x" * 5000], ids=["valid", "too long"])
    def test_a_tab_that_is_late_shows_what_was_typed_and_changes_nothing(self, founder, typed):
        founder.post("check/", {})
        response = founder.post("idea/", {"idea": typed})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Ihr Formular war schon gesendet" in page
        assert typed in page
        assert f'href="{founder.url("sent/")}"' in page
        assert founder.draft.answers["idea"] == SHORT_WAY["idea"]

    def test_a_tab_that_is_late_without_texts_is_told_on_the_result_page(self, founder):
        founder.post("check/", {})
        response = founder.client.post(founder.url("german/"), {"german": "a1"}, follow=True)
        assert response.redirect_chain[-1][0] == founder.url("sent/")
        assert "Ihr Formular war schon gesendet." in response.content.decode()
        assert "german" not in founder.draft.answers

    def test_after_sending_every_page_leads_to_the_result(self, founder):
        founder.post("check/", {})
        for tail in ("person/", "tasks/", "more/", "code/", "check/", "delete/"):
            assert founder.get(tail).url == founder.url("sent/"), tail

    def test_reminders_are_separate_and_voluntary(self, founder):
        founder.answers("contact", {"phone": "01713920001", "email": "rim@example.org"})
        founder.post("check/", {"wants_sms": "no", "wants_email": "yes"})
        assert founder.draft.answers["wants_sms"] == "no"
        assert founder.draft.answers["wants_email"] == "yes"

    def test_no_reminder_is_offered_where_it_cannot_arrive(self, founder):
        assert "wants_email" not in founder.get("check/").context["form"].fields
        founder.post("check/", {"wants_email": "yes"})
        assert "wants_email" not in founder.draft.answers

    def test_a_pin_is_kept_as_a_hash(self, founder):
        founder.post("check/", {"pin": "٤٨٢٩١٣", "pin_again": "482913"})
        assert check_password("482913", founder.draft.pin_hash)
        assert "482913" not in str(vars(founder.draft))

    @pytest.mark.parametrize(
        ("pin", "again", "field"),
        [
            ("482", "482", "pin"),
            ("482913374", "482913374", "pin"),
            ("abcdef", "abcdef", "pin"),
            ("123456", "123456", "pin"),
            ("4848", "4848", "pin"),
            ("482913", "", "pin_again"),
            ("482913", "482914", "pin_again"),
            ("", "482913", "pin_again"),
        ],
    )
    def test_a_pin_that_does_not_do_sends_nothing(self, founder, pin, again, field):
        response = founder.post("check/", {"pin": pin, "pin_again": again, "wants_sms": "yes"})
        assert response.status_code == 200
        assert field in response.context["form"].errors
        assert founder.draft.is_draft
        assert 'value="yes" id="id_wants_sms_0" class="kern-form-check__radio" checked' in response.content.decode()

    def test_somebody_who_was_helped_confirms_alone(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way | {"filled_with_help": "yes"}, until="safety")
        response = founder.post("check/", {})
        assert "alone" in response.context["form"].errors
        assert founder.draft.is_draft
        assert founder.post("check/", {"alone": "on"}).url == founder.url("sent/")

    def test_who_left_no_way_to_be_reached_is_not_promised_a_call(self, walker, short_way):
        founder = walker("de")
        founder.walks({**{k: v for k, v in short_way.items() if k != "phone"}, "contact_way": "in_person"})
        founder.post("check/", {})
        page = founder.get("sent/").content.decode()
        assert "Sie wollten selbst zu uns kommen." in page
        assert "Wir rufen Sie an" not in page
        status = founder.client.get(reverse("status:status_detail"), follow=True).content.decode()
        assert "Bitte kommen Sie dann in unser Büro" in status

    def test_a_second_tab_with_another_pin_is_told(self, founder):
        founder.post("check/", {"pin": "8302", "pin_again": "8302"})
        again = {"pin": "8302", "pin_again": "8302"}
        assert "gilt nicht" not in founder.client.post(founder.url("check/"), again, follow=True).content.decode()
        other = {"pin": "9413", "pin_again": "9413"}
        assert "gilt nicht" in founder.client.post(founder.url("check/"), other, follow=True).content.decode()

    def test_sending_again_is_no_way_to_guess_a_pin(self, founder):
        founder.post("check/", {"pin": "8302", "pin_again": "8302"})
        guesses = (f"94{number}3" for number in range(10, 40))
        answers = [founder.post("check/", {"pin": pin, "pin_again": pin}).status_code for pin in guesses]
        assert answers[-1] == 429

    def test_under_18_can_be_sent_and_is_told_that_an_advisor_calls(self, walker):
        founder = walker("de")
        founder.walks(PERSONAS[11]["answers"])
        assert "Sie sind unter 18" in founder.get("check/").content.decode()
        founder.post("check/", {})
        assert founder.draft.is_adult is False
        assert "spricht zuerst mit Ihnen" in founder.get("sent/").content.decode()

    def test_who_asks_for_money_reads_that_the_day_was_noted(self, walker, short_way):
        founder = walker("de")
        founder.walks(short_way | {"wants_money": "yes"})
        founder.post("check/", {})
        page = founder.get("sent/").content.decode()
        assert "Wir haben den Tag notiert." in page
        assert "kein Antrag" not in page  # rule 3

    def test_a_receiver_that_fails_keeps_the_draft(self, founder):
        def fail(sender, **kwargs):
            raise RuntimeError("the room above is on fire")

        submission_received.connect(fail)
        founder.client.raise_request_exception = True
        try:
            with pytest.raises(RuntimeError):
                founder.post("check/", {})
        finally:
            submission_received.disconnect(fail)
        assert founder.draft.is_draft

    def test_the_code_goes_from_the_browser_half_an_hour_later(self, founder):
        founder.post("check/", {})
        assert int(founder.client.cookies[passes.COOKIE]["max-age"]) == 30 * 60


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_send_once(office, received):
    founder = Walker("de")
    founder.walks(dict(SHORT_WAY), until="safety")
    carried = founder.client.cookies[passes.COOKIE].value
    start, answers = threading.Barrier(4), []

    def click():
        client = Client()
        client.cookies[passes.COOKIE] = carried
        start.wait()
        try:
            answers.append(client.post(founder.url("check/"), {}).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [founder.url("sent/")] * 4
    assert len(received) == 1


def read_code(founder) -> str:
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in founder.client.cookies.items()}
    return passes.read(request).code


@pytest.mark.django_db
class TestAfterSending:
    """Rule 13: who types the code after sending is at level 1, whatever the browser that sent may still see."""

    @pytest.fixture
    def sent(self, founder):
        code = passes.read(request_of(founder.client)).code
        founder.post("check/")
        return founder.draft, code

    def test_the_code_typed_elsewhere_opens_no_answer(self, founder, sent):
        submission, code = sent
        other = Walker("de")
        other.client.post("/de/status/", {"reference": submission.reference, "code": code})
        assert other.client.get("/de/status/now/").status_code == 200
        assert other.get("sent/").url == "/de/status/now/"
        assert other.get("sent/receipt/").url == "/de/status/pin/"
        assert "/sent/receipt/" not in other.client.get("/de/status/now/").content.decode()
        assert founder.get("sent/").status_code == 200

    def test_sending_once_more_with_it_opens_none_either(self, sent):
        submission, code = sent
        other = Walker("de")
        other.client.post("/de/status/", {"reference": submission.reference, "code": code})
        other.post("check/", {})
        assert other.get("sent/").url == "/de/status/now/"

    def test_after_half_an_hour_the_code_is_not_shown_any_more(self, founder, sent):
        with clock.frozen(clock.now() + passes.KEPT_AFTER_SENDING - timedelta(minutes=5)):
            founder.client.get("/de/status/now/")  # gives the pass its time anew
        with clock.frozen(clock.now() + passes.KEPT_AFTER_SENDING + timedelta(minutes=1)):
            assert founder.get("sent/").url == "/de/status/now/"


def request_of(client: Client):
    request = RequestFactory().get("/")
    request.COOKIES.update({name: morsel.value for name, morsel in client.cookies.items()})
    return request
