"""The right place is shown without a word being passed on; an enquiry or a case goes there only with a recorded yes."""

import pytest

from cases.files import services
from cases.files.enums import CaseState, TimelineKind
from cases.files.models import Case, TimelineEntry
from cases.referrals.enums import ReferralRefusal
from cases.referrals.models import Handover
from gruendungswerkstatt.common.ids import new_uuid
from intake.models import Submission
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SubmissionFactory

from .conftest import assert_kept_out

pytestmark = pytest.mark.django_db
PLACE = "jobcenter-dortmund"


@pytest.fixture
def case(office, advisor):
    founder = FounderFactory(office=office, name="Amina", is_adult=True, language="ar")
    return CaseFactory(founder=founder, advisor=advisor)


@pytest.fixture
def submission(office):
    return SubmissionFactory(office=office, is_adult=True, language="ar")


def of_enquiry(submission):
    return f"/de/cases/inbox/{submission.uuid}/place/"


def of_case(case):
    return f"/de/cases/{case.uuid}/place/"


def answer(client, address, decision, **body):
    body = {"place": PLACE, "version": "1", "given_by": "in_person", "form_token": str(new_uuid()), **body}
    return client.post(address, {"decision": decision, **body})


def test_places_are_shown_and_the_founder_is_asked_in_the_own_language(client, submission):
    assert "Jobcenter Dortmund" in client.get(of_enquiry(submission)).content.decode()
    html = client.get(of_enquiry(submission) + f"?place={PLACE}").content.decode()
    assert "نود أن نعطي" in html
    assert "Wir möchten an" in html
    assert not Handover.objects.exists()


def test_a_yes_closes_the_enquiry_and_is_recorded_whole(client, advisor, submission):
    token = str(new_uuid())
    for _twice in range(2):
        response = answer(client, of_enquiry(submission), "yes", interpreted_by="Frau Haddad", form_token=token)
        assert response.url == of_enquiry(submission)
    handover = Handover.objects.get()
    assert (handover.place, handover.given_by, handover.recorded_by) == ("Jobcenter Dortmund", "in_person", advisor)
    assert (handover.interpreted_by, handover.notice_language) == ("Frau Haddad", "ar")
    assert handover.notice_version
    submission.refresh_from_db()
    assert (submission.state, submission.closing_reason) == ("closed", "handed_over")
    assert "Frau Haddad" in client.get(of_enquiry(submission)).content.decode()


def test_a_no_is_written_down_nowhere(client, submission, case):
    for address in (of_enquiry(submission), of_case(case)):
        assert answer(client, address, "no", given_by="").url == address
    assert not Handover.objects.exists()
    assert not TimelineEntry.objects.exists()
    assert Submission.objects.get(pk=submission.pk).state == "sent"


def test_the_paper_is_made_only_after_a_yes(client, submission):
    paper = of_enquiry(submission) + "paper/"
    assert client.get(paper).status_code == 404
    answer(client, of_enquiry(submission), "yes")
    response = client.get(paper)
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response).startswith(b"%PDF")


def test_a_case_ends_as_handed_over_with_lines_in_its_history(client, advisor, case):
    assert answer(client, of_case(case), "yes").url == of_case(case)
    assert Case.objects.get().state == CaseState.HANDED_OVER
    lines = TimelineEntry.objects.filter(case=case).order_by("id")
    assert [line.kind for line in lines] == [TimelineKind.CONSENT_GIVEN, TimelineKind.STATE_CHANGED]
    assert {line.author for line in lines} == {advisor}
    assert client.get(of_case(case) + "paper/").status_code == 200


def test_a_case_that_was_opened_again_can_be_handed_over_anew(client, advisor, case):
    answer(client, of_case(case), "yes")
    services.change_state(case, advisor, CaseState.OPEN, reason="Doch hier", version=2)
    html = client.get(of_case(case)).content.decode()
    assert "Papier zum Senden" in html
    assert "?place=jobcenter-hagen" in html
    answer(client, of_case(case), "yes", place="jobcenter-hagen", version="3")
    assert [row.place for row in Handover.objects.all()] == ["Jobcenter Hagen", "Jobcenter Dortmund"]


def test_showing_passes_nothing_on(client, case):
    client.post(of_case(case), {"place": PLACE, "shown": "yes", "form_token": str(new_uuid())})
    line = TimelineEntry.objects.get()
    assert (line.kind, line.params) == (TimelineKind.PLACE_SHOWN, {"place": "Jobcenter Dortmund"})
    assert not Handover.objects.exists()
    assert "Jobcenter Dortmund" in client.get(f"/de/cases/{case.uuid}/").content.decode()


@pytest.mark.parametrize(
    ("is_adult", "reason"), [(False, ReferralRefusal.UNDER_AGE), (None, ReferralRefusal.AGE_UNKNOWN)]
)
def test_nothing_is_passed_on_about_somebody_under_age(client, office, is_adult, reason):
    young = SubmissionFactory(office=office, is_adult=is_adult)
    page = answer(client, of_enquiry(young), "yes")
    assert str(reason.label) in page.content.decode()
    assert not Handover.objects.exists()


def test_a_stale_or_incomplete_form_keeps_what_was_typed(client, submission):
    page = answer(client, of_enquiry(submission), "yes", version="7", interpreted_by="Frau Haddad")
    assert "inzwischen" in page.content.decode()
    assert "Frau Haddad" in page.content.decode()
    page = answer(client, of_enquiry(submission), "yes", given_by="")
    assert "Bitte geben Sie an, wie" in page.content.decode()
    assert answer(client, of_enquiry(submission), "yes", place="nowhere").status_code == 200
    assert not Handover.objects.exists()


def test_closing_by_hand_does_not_offer_handing_over(client, submission):
    body = {"reason": "handed_over", "is_confirmed": "on", "version": "1", "form_token": str(new_uuid())}
    client.post(f"/de/cases/inbox/{submission.uuid}/close/", body)
    assert Submission.objects.get().state == "sent"


def test_strangers_are_kept_out(client, people, submission, case):
    for address in (of_enquiry(submission), of_case(case)):
        answer(client, address, "yes")
    for browser in people.values():
        for address in (of_enquiry(submission), of_case(case)):
            assert_kept_out(browser, "get", address)
            assert_kept_out(browser, "get", address + "paper/")
