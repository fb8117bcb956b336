"""The status page: level 1 of rule 13, next step and who acts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.enums import CaseState, Outcome
from cases.files.models import Case
from cases.files.opening import open_case
from gruendungswerkstatt.common import clock
from intake import attempts, passes
from intake.enums import ClosingReason, SubmissionState
from network.people.enums import Role
from tests.factories.intake import CODE, SubmissionFactory
from tests.factories.people import MembershipFactory
from tests.factories.referrals import HandoverFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_attempts_from_before():
    cache.clear()


@pytest.fixture
def sent():
    return SubmissionFactory(persona=7, sent_at=MONDAY)


@pytest.fixture
def case(sent):
    advisor = MembershipFactory(organisation=sent.office, role=Role.ADVISOR)
    return open_case(sent, advisor, advisor)


def appointment(case: Case, starts_at: datetime, **fields) -> Appointment:
    return Appointment.objects.create(
        office=case.office,
        case=case,
        advisor=case.advisor,
        created_by=case.advisor,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        **fields,
    )


def opens(submission, language: str = "de", code: str = CODE) -> str:
    """The page a founder sees with number and code."""
    client = Client()
    response = client.post(f"/{language}/status/", {"reference": submission.reference, "code": code}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_number_and_code_open_it_and_neither_stands_in_an_address(sent):
    client = Client()
    response = client.post("/de/status/", {"reference": sent.reference, "code": CODE.lower()})
    assert response.url == "/de/status/now/"
    assert "no-store" in client.get(response.url).headers["Cache-Control"]
    cookie = client.cookies[passes.COOKIE]
    assert cookie["httponly"]
    assert int(cookie["max-age"]) == 30 * 60


def test_before_an_advisor_has_read_it_the_day_of_the_call_is_told(sent):
    page = opens(sent)
    assert "Mittwoch, 25. November 2026" in page
    assert "Wir sind dran. Sie müssen nichts tun." in page
    assert "Bitte melden Sie vor unserem ersten Gespräch kein Gewerbe an." in page
    assert "Der Termin ist freiwillig." in page


def test_nothing_that_was_answered_is_shown_without_the_pin(case, sent):
    page = opens(sent)
    for private in (sent.name, "Food-Truck", "0171 3920007", sent.answers["phone"], "Essen und Trinken"):
        assert private not in page


def test_once_a_case_is_open_an_advisor_arranges_the_talk(case, sent):
    assert "vereinbart einen Termin mit Ihnen" in opens(sent)


def test_coming_appointments_with_time_place_and_what_to_bring(case, sent):
    with clock.frozen(MONDAY):
        appointment(
            case, clock.at(MONDAY.date() + timedelta(days=3), 14, 30), address="Bahnhofstraße 1, Unna", topic="Geheim"
        )
        appointment(case, clock.at(MONDAY.date() - timedelta(days=3), 9))
        appointment(
            case,
            clock.at(MONDAY.date() + timedelta(days=4), 9),
            state=AppointmentState.CANCELLED,
            cancelled_by="office",
        )
        page = opens(sent)
    assert "Donnerstag, 26. November 2026" in page
    assert "14:30" in page
    assert "Bahnhofstraße 1, Unna" in page
    assert "Das können Sie mitbringen" in page
    assert "Jetzt sind Sie dran." in page
    assert "Freitag, 27. November 2026" not in page
    assert "Geheim" not in page


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"state": CaseState.RESTING}, "Wir haben eine Pause vereinbart."),
        (
            {"state": CaseState.CLOSED, "outcome": Outcome.NOT_VIABLE, "closed_at": MONDAY},
            "Ihre Anfrage ist abgeschlossen.",
        ),
        ({"state": CaseState.HANDED_OVER}, "Ihre Anfrage ist abgeschlossen."),
    ],
)
def test_a_case_that_rests_or_ended(case, sent, fields, text):
    Case.objects.filter(pk=case.pk).update(**fields)
    page = opens(sent)
    assert text in page
    assert "trägt sich" not in page


def test_an_enquiry_closed_without_a_case_gives_no_reason(sent):
    sent.state, sent.closing_reason = SubmissionState.CLOSED, ClosingReason.NOT_AN_ENQUIRY
    sent.save()
    page = opens(sent)
    assert "Ihre Anfrage ist abgeschlossen." in page
    assert "Keine Anfrage" not in page


def test_whoever_sent_twice_reads_that_the_newer_one_counts(sent):
    sent.state, sent.closing_reason = SubmissionState.CLOSED, ClosingReason.DUPLICATE
    sent.save()
    assert "Wir arbeiten mit der neueren weiter" in opens(sent)


def test_whoever_was_handed_over_reads_to_whom(sent):
    sent.state, sent.closing_reason = SubmissionState.CLOSED, ClosingReason.HANDED_OVER
    sent.save()
    by = MembershipFactory(organisation=sent.office)
    HandoverFactory(case=None, submission=sent, office=sent.office, place="Jobcenter Hagen", recorded_by=by)
    assert "abgegeben an: <bdi>Jobcenter Hagen</bdi>" in opens(sent)


def test_a_draft_is_not_sent_yet_and_can_be_continued():
    draft = SubmissionFactory(draft=True)
    client = Client()
    page = client.post("/de/status/", {"reference": draft.reference, "code": CODE}, follow=True).content.decode()
    assert "Noch nicht gesendet" in page
    assert client.get("/de/intake/tasks/").status_code == 200


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(sent):
    wrong = Client().post("/ar/status/", {"reference": sent.reference, "code": "WWW-WWW-WWW"})
    unknown = Client().post("/ar/status/", {"reference": "00000000", "code": CODE})
    for response in (wrong, unknown):
        assert response.status_code == 200
        assert "الرقم المرجعي والرمز غير متطابقين." in response.content.decode()
        assert passes.COOKIE not in response.cookies


def test_guessing_is_slowed_down(sent):
    client = Client()
    for _try in range(attempts.MOST):
        client.post("/de/status/", {"reference": sent.reference, "code": "WWW-WWW-WWW"})
    response = client.post("/de/status/", {"reference": sent.reference, "code": CODE})
    assert response.status_code == 429


def test_without_a_pass_the_page_asks_for_the_code():
    assert Client().get("/de/status/now/").url == "/de/status/"


def test_the_page_is_left_after_half_an_hour(sent):
    client = Client()
    with clock.frozen(MONDAY):
        client.post("/de/status/", {"reference": sent.reference, "code": CODE})
    with clock.frozen(MONDAY + timedelta(minutes=29)):
        assert client.get("/de/status/now/").status_code == 200
    with clock.frozen(MONDAY + timedelta(minutes=31)):
        assert client.get("/de/status/now/").status_code == 200  # each look gives another half hour
    with clock.frozen(MONDAY + timedelta(minutes=62)):
        assert client.get("/de/status/now/").url == "/de/status/"


def test_leaving_quickly_closes_it(sent):
    client = Client()
    client.post("/de/status/", {"reference": sent.reference, "code": CODE})
    page = client.get("/de/status/now/").content.decode()
    assert 'action="/de/intake/leave/"' in page
    client.post("/de/intake/leave/")
    assert client.get("/de/status/now/").url == "/de/status/"


@pytest.mark.parametrize("language", ["ar", "de", "en"])
def test_it_speaks_every_language_and_needs_no_script(case, sent, language):
    page = opens(sent, language)
    assert f'lang="{language}"' in page
    assert "<script" not in page
    assert len(page.encode()) < 50_000


def test_it_asks_the_database_three_things(case, sent, django_assert_num_queries):
    client = Client()
    client.post("/de/status/", {"reference": sent.reference, "code": CODE})
    with django_assert_num_queries(3):
        client.get("/de/status/now/")
