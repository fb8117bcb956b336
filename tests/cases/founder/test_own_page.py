"""What the own page shows (level 2 of rule 13): everything about this person, and of nobody else."""

import json
from datetime import date, timedelta

import pytest

from cases.appointments.enums import AppointmentState
from cases.files.enums import ErasureDecline
from cases.files.erasure_requests import decline_erasure
from cases.files.models import Case, ErasureRequest, TimelineEntry
from cases.files.services import add_note
from cases.referrals.models import Consent, Referral
from gruendungswerkstatt.audit.models import ViewPurpose
from gruendungswerkstatt.audit.services import log_views
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.enums import MessageState
from intake import office_hints
from intake.models import Submission
from network.people.enums import Role
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FundingFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

from .conftest import level_two

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return OrganisationFactory(partner=True, name_de="Handwerkskammer", name_ar="غرفة الحرف اليدوية")


@pytest.fixture
def referral(founders_case, advisor, partner):
    consent = ConsentFactory(founder=founders_case.founder, partner=partner, recorded_by=advisor)
    return ReferralFactory(consent=consent, case=founders_case, question="Brauche ich einen Meister?")


def token_of(html: str) -> str:
    return html.partition('name="form_token" value="')[2].partition('"')[0]


def look(member, kind: str, subject, purpose: ViewPurpose) -> None:
    """Somebody opened `subject`: an enquiry, a case or a referral."""
    log_views(member, [(subject.office_id, kind, subject.uuid, purpose)])


def page(submission, tail: str, language: str = "de") -> str:
    response = level_two(submission, language).get(f"/{language}/status/{tail}")
    assert response.status_code == 200
    return response.content.decode()


class TestMessages:
    def message(self, case, **fields):
        appointment = AppointmentFactory(case=case)
        found = {"office": case.office, "subject_uuid": appointment.uuid, "recipient_uuid": case.founder.uuid}
        return MessageFactory(**{"sent": True, **found, **fields})

    def test_each_with_time_way_state_and_words(self, enquiry, founders_case):
        message = self.message(founders_case, body="Montag um zehn", title="Erinnerung", channel="sms")
        message.address = "+491713920007"
        message.save()
        found = page(enquiry, "messages/")
        for words in ("Montag um zehn", "Erinnerung", "SMS", "0171 3920007", "Gesendet"):
            assert words in found

    def test_words_that_were_erased_are_said_to_be(self, enquiry, founders_case):
        self.message(founders_case, body="", title="", address="")
        assert "Der Text ist gelöscht." in page(enquiry, "messages/")

    @pytest.mark.parametrize("state", [MessageState.PLANNED, MessageState.VOID])
    def test_what_was_never_sent_is_left_out(self, enquiry, founders_case, state):
        fields = {"void_reason": "not_wanted"} if state == MessageState.VOID else {}
        self.message(founders_case, sent=False, state=state, body="GEHEIM", **fields)
        assert "Es wurden keine Nachrichten an Sie geschickt." in page(enquiry, "messages/")

    def test_those_to_others_are_not_shown(self, enquiry, founders_case):
        self.message(CaseFactory(founder__office=founders_case.office), body="An jemand anderen")
        appointment = AppointmentFactory(case=founders_case)
        MessageFactory(sent=True, office=founders_case.office, subject_uuid=appointment.uuid, body="An die Beraterin")
        assert "Es wurden keine Nachrichten an Sie geschickt." in page(enquiry, "messages/")


class TestConsents:
    def test_each_with_partner_purpose_fields_and_notice(self, enquiry, referral):
        found = page(enquiry, "consents/")
        for words in ("Handwerkskammer", "Ihren Namen", "Beratung durch die Partnerstelle", "2026-01", "Arabisch"):
            assert words in found

    def test_without_any(self, enquiry, founders_case):
        assert "Sie haben keine Einwilligung gegeben." in page(enquiry, "consents/")

    def test_withdrawing_ends_the_partners_view_at_once(self, enquiry, referral, founders_case):
        browser = level_two(enquiry)
        address = f"/de/status/consents/{referral.consent.uuid}/withdraw/"
        asked = browser.get(address).content.decode()
        assert "Handwerkskammer" in asked
        assert Consent.objects.get().is_valid
        response = browser.post(address, {"form_token": token_of(asked)})
        assert response.url == "/de/status/consents/"
        consent = Consent.objects.get()
        assert (consent.withdrawn_by, consent.withdrawal_recorded_by) == ("portal", None)
        assert not Referral.objects.for_partner(referral.partner).exists()
        line = TimelineEntry.objects.get(kind="consent_withdrawn")
        assert (line.case, line.author) == (founders_case, None)
        assert "Sie haben Ihre Einwilligung widerrufen." in browser.get("/de/status/consents/").content.decode()

    def test_a_post_without_the_pages_token_changes_nothing(self, enquiry, referral):
        browser = level_two(enquiry)
        assert browser.post(f"/de/status/consents/{referral.consent.uuid}/withdraw/").status_code == 200
        assert Consent.objects.get().is_valid

    def test_somebody_elses_is_not_found(self, enquiry, founders_case):
        other = ConsentFactory(founder=CaseFactory(founder__office=founders_case.office).founder)
        browser = level_two(enquiry)
        for method in (browser.get, browser.post):
            assert method(f"/de/status/consents/{other.uuid}/withdraw/").status_code == 404
        assert Consent.objects.get().is_valid

    def test_before_a_case_there_is_none(self, enquiry):
        other = ConsentFactory()
        browser = level_two(enquiry)
        assert browser.get(f"/de/status/consents/{other.uuid}/withdraw/").status_code == 404
        assert "Sie haben keine Einwilligung gegeben." in browser.get("/de/status/consents/").content.decode()

    def test_a_withdrawn_one_leads_back_to_the_list(self, enquiry, referral):
        Consent.objects.update(withdrawn_at=clock.now(), withdrawn_by="phone")
        browser = level_two(enquiry)
        response = browser.get(f"/de/status/consents/{referral.consent.uuid}/withdraw/")
        assert response.url == "/de/status/consents/"


class TestViews:
    def test_office_role_day_and_purpose_without_names(self, enquiry, referral, advisor):
        reader = MembershipFactory(partner=True, organisation=referral.partner, user__name="Karim Muster")
        look(advisor, "submission", enquiry, ViewPurpose.TRIAGE)
        look(advisor, "case", referral.case, ViewPurpose.CASE_WORK)
        look(advisor, "case", referral.case, ViewPurpose.HISTORY)
        look(advisor, "case", referral.case, ViewPurpose.EXPORT)
        look(reader, "referral", referral, ViewPurpose.REFERRAL)
        found = page(enquiry, "views/")
        for words in (*(purpose.label for purpose in ViewPurpose), "Handwerkskammer", Role.ADVISOR.label):
            assert str(words) in found
        for name in ("Petra Beispiel", "Karim Muster"):
            assert name not in found

    def test_bodies_are_named_in_the_language_of_the_page(self, enquiry, referral):
        reader = MembershipFactory(partner=True, organisation=referral.partner)
        look(reader, "referral", referral, ViewPurpose.REFERRAL)
        found = page(enquiry, "views/", "ar")
        assert "غرفة الحرف اليدوية" in found
        assert "Handwerkskammer" not in found

    def test_looks_at_others_are_not_shown(self, enquiry, founders_case, advisor):
        other = CaseFactory(founder__office=enquiry.office)
        look(advisor, "case", other, ViewPurpose.CASE_WORK)
        assert "Noch niemand hat Ihre Daten geöffnet." in page(enquiry, "views/")


class TestData:
    def test_all_answers_and_what_the_case_says(self, enquiry, referral, advisor):
        AppointmentFactory(case=referral.case, advisor=advisor, address="Bahnhofstraße 9", topic="INTERN")
        add_note(referral.case, advisor, "NOTIZ DER BERATERIN")
        found = page(enquiry, "data/")
        for words in ("Bilal Nour Eddin", "Food-Truck", "0171 3920007", "Bahnhofstraße 9", referral.question):
            assert words in found
        for hidden in ("INTERN", "NOTIZ DER BERATERIN", "Petra Beispiel"):
            assert hidden not in found

    def test_before_a_case_the_answers_are_there(self, enquiry):
        assert "Food-Truck" in page(enquiry, "data/")

    def test_that_somebody_did_not_come_stays_with_the_team(self, enquiry, founders_case, advisor):
        AppointmentFactory(case=founders_case, advisor=advisor, state=AppointmentState.NO_SHOW)
        for tail in ("data/", "data/file/"):
            found = page(enquiry, tail)
            assert "no_show" not in found
            assert str(AppointmentState.NO_SHOW.label) not in found

    def test_as_a_file(self, enquiry, referral, advisor):
        AppointmentFactory(case=referral.case, advisor=advisor)
        look(advisor, "case", referral.case, ViewPurpose.CASE_WORK)
        response = level_two(enquiry).get("/de/status/data/file/")
        assert response["Content-Disposition"] == 'attachment; filename="data.json"'
        content = json.loads(response.content)
        assert content["enquiries"][0]["answers"] == enquiry.answers
        assert content["person"]["phone"] == "+491713920007"
        assert content["referrals"][0]["question"] == "Brauche ich einen Meister?"
        assert content["consents"][0]["partner"] == "Handwerkskammer"
        assert content["views"][0]["purpose"] == "case_work"
        assert len(content["appointments"]) == len(content["cases"]) == 1
        for secret in (enquiry.pin_hash, enquiry.code_digest, "Petra Beispiel", str(enquiry.uuid)):
            assert secret not in response.content.decode()

    def test_cases_that_were_put_together_are_all_there(self, enquiry, founders_case):
        later = SubmissionFactory(municipality=enquiry.municipality, answers=enquiry.answers | {"idea": "Etwas Neues"})
        CaseFactory(founder=founders_case.founder, submission=later)
        found = page(enquiry, "data/")
        assert "Food-Truck" in found
        assert "Etwas Neues" in found


class TestDeletion:
    def test_without_a_case_everything_goes_at_once(self, enquiry):
        browser = level_two(enquiry)
        asked = browser.get("/de/status/deletion/").content.decode()
        assert Submission.objects.count() == 1
        response = browser.post("/de/status/deletion/", {"form_token": token_of(asked)})
        assert response.url == "/de/intake/"
        assert Submission.objects.count() == 0
        assert browser.get("/de/status/mine/").url == "/de/status/"

    def test_with_a_case_the_office_is_asked(self, enquiry, founders_case):
        browser = level_two(enquiry)
        asked = browser.get("/de/status/deletion/").content.decode()
        token = token_of(asked)
        for _twice in range(2):
            response = browser.post("/de/status/deletion/", {"form_token": token})
            assert response.url == "/de/status/deletion/"
        assert ErasureRequest.objects.get().case == founders_case
        assert Case.objects.count() == Submission.objects.count() == 1
        found = browser.get("/de/status/deletion/").content.decode()
        assert "Sie haben um Löschung gebeten" in found
        assert "<button" not in found.partition("<h1")[2].partition("gw-no-print")[0]

    def test_the_answer_of_the_office_is_shown(self, enquiry, founders_case, advisor):
        browser = level_two(enquiry)
        browser.post(
            "/de/status/deletion/", {"form_token": token_of(browser.get("/de/status/deletion/").content.decode())}
        )
        request = ErasureRequest.objects.get()
        decline_erasure(request, advisor, ErasureDecline.CLAIMS, version=request.version)
        found = browser.get("/de/status/deletion/").content.decode()
        assert str(ErasureDecline.CLAIMS.label) in found
        assert token_of(found)

    def test_nothing_goes_without_the_pages_token(self, enquiry):
        assert level_two(enquiry).post("/de/status/deletion/").status_code == 200
        assert Submission.objects.count() == 1


@pytest.mark.parametrize("language", ["ar", "de", "en"])
def test_every_page_speaks_every_language_and_needs_no_script(enquiry, referral, language):
    for tail in ("mine/", "messages/", "consents/", "views/", "data/", "deletion/"):
        found = page(enquiry, tail, language)
        assert f'lang="{language}"' in found
        assert "<script" not in found


def test_funding_is_among_the_data_to_read_and_to_take_along(enquiry, founders_case):
    FundingFactory(
        case=founders_case,
        asked_on=date(2026, 1, 5),
        decision="granted",
        decided_on=date(2026, 1, 20),
        starts_on=date(2026, 2, 1),
        amount="1250.00",
    )
    browser = level_two(enquiry)
    html = browser.get("/de/status/data/").content.decode()
    assert "Geld und Hilfe für Ihren Start" in html
    assert "Bewilligt am 20. Januar 2026" in html
    assert "1.250,00 €" in html
    [told] = browser.get("/de/status/data/file/").json()["fundings"]
    assert (told["kind"], told["asked_on"], told["amount"]) == ("start_benefit", "2026-01-05", "1250.00")


def test_queries_do_not_grow_with_what_there_is(enquiry, founders_case, advisor, partner, capture_queries):
    browser = level_two(enquiry)

    def counted() -> dict[str, int]:
        found = {}
        for tail in ("messages/", "consents/", "views/", "data/", "data/file/"):
            office_hints.kept.forget()  # else it depends on the clock who asks for the office's hints
            with capture_queries() as queries:
                browser.get(f"/de/status/{tail}")
            found[tail] = len(queries)
        return found

    def more(number: int) -> None:
        consent = ConsentFactory(founder=founders_case.founder, partner=OrganisationFactory(partner=True))
        ReferralFactory(consent=consent, case=founders_case)
        starts_at = clock.now() + timedelta(days=number)
        ends_at = starts_at + timedelta(hours=1)
        appointment = AppointmentFactory(case=founders_case, advisor=advisor, starts_at=starts_at, ends_at=ends_at)
        MessageFactory(
            sent=True,
            office=enquiry.office,
            subject_uuid=appointment.uuid,
            recipient_uuid=founders_case.founder.uuid,
        )
        look(advisor, "case", founders_case, ViewPurpose.CASE_WORK)

    more(1)
    few = counted()
    for number in range(2, 8):
        more(number)
    assert counted() == few
    assert max(few.values()) <= 19
