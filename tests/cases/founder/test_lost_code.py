"""A lost code: a wish to be called that tells nobody which numbers exist; the new code ends the old one (rule 13)."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cases.files.access import renew_code
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from intake import attempts
from intake.models import Submission
from tests.factories.intake import CODE, SubmissionFactory
from tests.factories.people import MembershipFactory
from tests.intake.test_figures import Statements

from .conftest import level_one

pytestmark = pytest.mark.django_db
LOST = "/de/status/lost/"


@pytest.fixture(autouse=True)
def _no_attempts_from_before():
    cache.clear()


def report(reference: str, language: str = "de", **client):
    return Client(**client).post(f"/{language}/status/lost/", {"reference": reference})


@pytest.fixture
def desk(enquiry):
    client = Client()
    client.force_login(MembershipFactory(organisation=enquiry.office).user)
    return client


def test_the_answer_is_the_same_whether_the_number_exists_or_not(enquiry):
    pages = []
    for reference in (enquiry.reference, "1111-1111"):
        with Statements(connection) as queries:
            response = report(reference)
        assert (len(queries.all), len(queries.writes)) == (1, 1)
        pages.append((response.url, Client().get(response.url).content))
    assert pages[0] == pages[1]
    assert Submission.objects.get(code_lost_at__isnull=False) == enquiry


@pytest.mark.parametrize("typed", ["٤٨٢١٩٠٣٧", "۴۸۲۱ ۹۰۳۷", "4821 9037", " 4821-9037 "])
def test_any_digits_and_spacing(enquiry, typed):
    Submission.objects.filter(pk=enquiry.pk).update(reference="4821-9037")
    report(typed)
    assert Submission.objects.get(pk=enquiry.pk).code_lost_at


@pytest.mark.parametrize("typed", ["", "123", "x" * 10_000, "🙂", "4821-903"])
def test_what_is_no_number_is_said_beside_the_field(enquiry, typed):
    response = report(typed)
    assert response.status_code == 200
    assert "kern-error" in response.content.decode()


def test_asking_again_keeps_the_first_day_and_a_draft_has_nobody_to_call(enquiry):
    draft = SubmissionFactory(draft=True)
    report(draft.reference)
    report(enquiry.reference)
    first = Submission.objects.get(pk=enquiry.pk).code_lost_at
    report(enquiry.reference)
    assert Submission.objects.get(code_lost_at__isnull=False).code_lost_at == first


def test_going_through_numbers_is_slowed_down():
    for number in range(attempts.LOST_CODES):
        assert report(f"{1000 + number}-0000").status_code == 302
    assert report("9999-0000").status_code == 429
    assert report("9999-0000", REMOTE_ADDR="203.0.113.9").status_code == 302


def test_looking_at_the_page_reports_nothing(enquiry):
    Client().get(LOST + f"?reference={enquiry.reference}")
    assert not Submission.objects.filter(code_lost_at__isnull=False).exists()


def test_it_shows_in_the_inbox_until_there_is_a_new_code(enquiry, desk):
    report(enquiry.reference)
    assert "Code verloren: bitte zurückrufen" in desk.get("/de/cases/inbox/").content.decode()
    page = f"/de/cases/inbox/{enquiry.uuid}/"
    assert "Code verloren: bitte zurückrufen" in desk.get(page).content.decode()
    token = str(new_uuid())
    made = desk.post(f"{page}code/", {"form_token": token, "is_known": "on"}).content.decode()
    new = "-".join(re.findall(r'aria-hidden="true">([0-9A-Z]{3})<', made)[-3:])
    assert "Code verloren" not in desk.get("/de/cases/inbox/").content.decode()
    answers = {
        code: Client().post("/de/status/", {"reference": enquiry.reference, "code": code}) for code in (CODE, new)
    }
    assert [response.status_code for response in answers.values()] == [200, 302]
    # The same form once more shows nothing and changes nothing.
    assert desk.post(f"{page}code/", {"form_token": token, "is_known": "on"}).url == page


def test_with_a_case_it_shows_there_and_in_the_inbox(enquiry, founders_case, desk, advisor):
    report(enquiry.reference)
    assert enquiry.reference in desk.get("/de/cases/inbox/").content.decode()
    page = desk.get(f"/de/cases/inbox/{enquiry.uuid}/", follow=True)
    assert page.redirect_chain[-1][0] == f"/de/cases/{founders_case.uuid}/"
    assert "Code verloren: bitte zurückrufen" in page.content.decode()
    renew_code(founders_case, advisor)
    assert enquiry.reference not in desk.get("/de/cases/inbox/").content.decode()


def test_nobody_gets_a_code_without_saying_that_it_is_this_person(enquiry, desk):
    response = desk.post(f"/de/cases/inbox/{enquiry.uuid}/code/", {"form_token": str(new_uuid())})
    assert response.status_code == 200
    assert level_one(enquiry)


def test_a_code_that_is_tried_a_thousand_times_stays_closed(enquiry):
    client, right = Client(), {"reference": enquiry.reference, "code": CODE}
    for number in range(1000):
        wrong = {"reference": enquiry.reference, "code": f"AAA-AAA-{number % 10}{number // 10 % 10}A"}
        response = client.post("/de/status/", wrong)
        assert response.status_code == (200 if number < attempts.MOST else 429)
    assert client.post("/de/status/", right).status_code == 429
    # Whoever knows the code is not locked out by somebody else's trying.
    assert Client(REMOTE_ADDR="203.0.113.9").post("/de/status/", right).status_code == 302


@pytest.mark.parametrize("language", ["ar", "de", "en"])
def test_pages_are_small_neutral_and_never_stored(enquiry, language):
    client = level_one(enquiry, language)
    for tail in ("", "lost/", "lost/told/", "now/", "pin/"):
        response = client.get(f"/{language}/status/{tail}")
        page = response.content.decode()
        assert response.status_code == 200
        assert len(response.content) < 50_000
        assert "<script" not in page
        assert "no-store" in response["Cache-Control"]
        title = page.partition("<title>")[2].partition("</title>")[0]
        for telling in ("Jobcenter", "Gründ", "gründ", enquiry.name, enquiry.reference, "business", "مركز العمل"):
            assert telling not in title


def test_the_team_promises_two_working_days(enquiry):
    with clock.frozen(clock.at(date(2026, 12, 23), 15)):  # Wednesday before Christmas
        assert "Montag, 28. Dezember 2026" in Client().get("/de/status/lost/told/").content.decode()
