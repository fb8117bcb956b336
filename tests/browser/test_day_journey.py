"""One morning of an advisor: what waits stands on the first page, and the next thing is one click away."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cases.appointments import services as appointments
from cases.files import deadlines
from cases.files.models import Deadline, PlanStep
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from gruendungswerkstatt.demo.offices import membership

from .test_advisor_journey import form, sends, signs_in

_LEAD, ADVISOR, COLLEAGUE, *_OTHERS = DEMO_ACCOUNTS


def part(advisor, code):
    return advisor.page.locator(f"main section#{code}")


@pytest.mark.parametrize(
    ("language", "javascript"), [("de", True), ("ar", False)], ids=["desk", "telephone without JavaScript"]
)
def test_a_morning(person, case_of, enquiry, language, javascript):
    # Given an appointment that has begun, a residence permit that ends, a case without a next step and an enquiry
    by = membership(ADVISOR.email)
    case = case_of("bilal", ADVISOR)
    PlanStep.objects.filter(case=case).update(done_at=clock.now())
    with clock.frozen(clock.at(clock.today() - timedelta(days=1), 9)):
        appointments.plan(case, by, advisor=by, starts_at=clock.at(clock.today(), 11))
    permit = deadlines.add(case, by, "residence", clock.today() + timedelta(days=7))
    submission, _code = enquiry("rim")
    # When the advisor signs in
    advisor = person(language, phone=not javascript, javascript=javascript)
    signs_in(advisor, ADVISOR)
    # Then the day is there
    assert advisor.path == f"/{language}/cases/"
    advisor.reads("My day")
    for code in ("appointments", "enquiries", "deadlines", "idle"):
        expect(part(advisor, code)).to_have_count(1)
    # When the appointment is recorded and the deadline done, each with one click
    for code in ("appointments", "deadlines"):
        part(advisor, code).get_by_role("button").first.click()
        advisor.looks()
        # Then it is gone, and the page is the same one
        assert advisor.path == f"/{language}/cases/"
        expect(part(advisor, code)).to_have_count(0)
    permit.refresh_from_db()
    assert permit.done_at is not None
    # When the case gets its next step
    idle = part(advisor, "idle")
    idle.locator("[name='text']").fill("Mietvertrag عقد mitbringen")
    idle.get_by_role("button").click()
    advisor.looks()
    # Then it waits no longer
    expect(part(advisor, "idle")).to_have_count(0)
    assert PlanStep.objects.get(case=case, done_at=None).text == "Mietvertrag عقد mitbringen"
    # And when the enquiry is taken on, its case opens
    part(advisor, "enquiries").get_by_role("button").click()
    advisor.looks()
    advisor.sees(submission.reference)
    advisor.reads("The case is open.")


def test_the_day_of_the_office(person, case_of):
    # Given a deadline in a colleague's case
    case = case_of("bilal", COLLEAGUE)
    deadlines.add(case, membership(COLLEAGUE.email), "eks", clock.today() - timedelta(days=70))
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    expect(part(advisor, "deadlines")).to_have_count(0)
    # When the office's view is chosen
    advisor.follows("The whole office")
    # Then it stands there with who must act
    expect(part(advisor, "deadlines")).to_contain_text(COLLEAGUE.name)
    # And done, one is still in the office's view
    part(advisor, "deadlines").get_by_role("button").click()
    advisor.looks()
    assert advisor.page.url.endswith("?whose=office#deadlines")
    expect(part(advisor, "deadlines")).to_have_count(0)


def test_a_deadline_is_moved_with_a_reason(person, case_of):
    # Given a deadline on the case page
    case = case_of("bilal", ADVISOR)
    row = deadlines.add(case, membership(ADVISOR.email), "residence", clock.today() + timedelta(days=7))
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    advisor.follows(re.compile("Bilal"))
    # When another day is typed without a reason
    changing = form(advisor, f"deadlines/{row.uuid}")
    changing.locator("[name='due_on_year']").fill("2028")
    sends(advisor, changing)
    # Then it is asked for, the day stays typed
    changing = form(advisor, f"deadlines/{row.uuid}")
    expect(changing.locator("[name='due_on_year']")).to_have_value("2028")
    # And with the reason it is changed and told
    changing.locator("[name='reason']").fill("Karte verlängert")
    sends(advisor, changing)
    advisor.reads("The deadline is changed.")
    advisor.sees("Karte verlängert")
    assert Deadline.objects.get().due_on.year == 2028
