"""What lies under one name goes to another one: shown first, given once, one result for each."""

import pytest

from cases.appointments.models import Appointment
from cases.desk.enums import HandedOn
from cases.files import services
from cases.files.enums import BulkResult, CaseState, TimelineKind
from cases.files.models import Case, PlanStep, TimelineEntry
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from network.people.enums import Role
from tests.factories.appointments import AppointmentFactory, days_from_now
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.people import MembershipFactory

from .conftest import assert_kept_out, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(office, advisor):
    names = ("Amina", "Bilal", "Dana")
    return [CaseFactory(founder=FounderFactory(office=office, name=name), advisor=advisor) for name in names]


@pytest.fixture
def lead(office):
    return MembershipFactory(organisation=office, role=Role.TEAM_LEAD, user__name="Tamara Team")


def page_of(member, rest=""):
    return f"/de/cases/reassign/{member.uuid}/{rest}"


def give(client, member, advisor, cases, appointments=(), **body):
    seen = [f"{case.uuid}:{case.version}" for case in cases]
    along = [f"{one.uuid}:{one.version}" for one in appointments]
    body = {"advisor": str(advisor.uuid), "form_token": str(new_uuid()), **body}
    return client.post(page_of(member, "now/"), {"seen": seen, "seen_appointment": along, **body})


def results(page):
    said = {row.case.founder.name: str(row.badge.text) for row in page.context["rows"]}
    return said | {line.appointment.case.founder.name: str(line.badge.text) for line in page.context["appointments"]}


def test_the_page_lists_what_is_open(client, advisor, cases):
    PlanStep.objects.create(office=cases[0].office, case=cases[0], text="Konto eröffnen", due_on=clock.today())
    AppointmentFactory(case=cases[1], advisor=advisor)
    Case.objects.filter(pk=cases[2].pk).update(state=CaseState.CLOSED, outcome="withdrawn", closed_at=clock.now())
    html = client.get(page_of(advisor)).content.decode()
    assert "2 offene Fälle" in html
    assert "Konto eröffnen" in html
    assert "Kein nächster Schritt" in html
    assert "1 Termin steht bevor" in html
    assert "Dana" not in html


def test_all_or_some_are_shown_before_anything_changes(client, advisor, colleague, cases):
    body = {"advisor": str(colleague.uuid), "case": [str(cases[0].uuid)]}
    some = client.post(page_of(advisor), {**body, "scope": "some"})
    assert [row.case for row in some.context["rows"]] == [cases[0]]
    everything = client.post(page_of(advisor), {**body, "scope": "all"})
    assert len(everything.context["rows"]) == 3
    assert Case.objects.filter(advisor=advisor).count() == 3


def test_given_once_however_often_it_is_sent(client, advisor, colleague, cases):
    token = str(new_uuid())
    for _twice in range(2):
        response = give(client, advisor, colleague, cases, form_token=token)
    assert set(results(client.get(response.url)).values()) == {BulkResult.DONE.label}
    assert Case.objects.filter(advisor=colleague).count() == 3
    lines = TimelineEntry.objects.filter(kind=TimelineKind.ADVISOR_CHANGED)
    assert [line.author for line in lines] == [advisor] * 3


def test_appointments_stay_unless_they_are_chosen(client, advisor, colleague, cases):
    stays = AppointmentFactory(case=cases[0], advisor=advisor)
    goes = AppointmentFactory(case=cases[1], advisor=advisor, starts_at=days_from_now(8), ends_at=days_from_now(8, 11))
    give(client, advisor, colleague, cases, [goes])
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.advisor, goes.advisor) == (advisor, colleague)
    line = TimelineEntry.objects.get(kind=TimelineKind.APPOINTMENT_HANDED_ON)
    assert (line.case, line.author, line.params["advisor"]) == (cases[1], advisor, "Karim Muster")


def test_an_appointment_at_a_taken_time_is_told_before_and_stays(client, advisor, colleague, cases):
    AppointmentFactory(case=CaseFactory(founder=FounderFactory(office=cases[0].office)), advisor=colleague)
    clashing = AppointmentFactory(case=cases[0], advisor=advisor)
    body = {"advisor": str(colleague.uuid), "scope": "some", "with_appointments": "on"}
    preview = client.post(page_of(advisor), body)
    assert "hat zur gleichen Zeit einen anderen Termin" in preview.content.decode()
    response = give(client, advisor, colleague, [], [clashing])
    assert results(client.get(response.url)) == {"Amina": HandedOn.BUSY.label}
    assert Appointment.objects.get(pk=clashing.pk).advisor == advisor


def test_what_somebody_changed_meanwhile_is_left_and_named(client, advisor, colleague, cases):
    services.move_phase(cases[0], colleague, "orientation", version=1)
    response = give(client, advisor, colleague, cases)
    page = client.get(response.url)
    assert results(page)["Amina"] == BulkResult.STALE.label
    assert "1 Fall ist noch unter diesem Namen offen" in page.content.decode()


def test_who_left_or_works_elsewhere_cannot_be_chosen(client, advisor, office, cases):
    left = MembershipFactory(organisation=office, ended_at=clock.now())
    for nobody in (left, MembershipFactory()):
        page = give(client, advisor, nobody, cases[:1])
        assert "arbeitet nicht an Fällen Ihrer Stelle" in page.content.decode()
        chosen = [line.case for line in page.context["cases"] if line.is_chosen]
        assert chosen == cases[:1]
    assert Case.objects.filter(advisor=advisor).count() == 3


def test_nothing_chosen_is_said(client, advisor, colleague, cases):
    page = client.post(page_of(advisor), {"advisor": str(colleague.uuid), "scope": "some", "case": ["x"]})
    assert "Bitte wählen Sie mindestens einen Fall oder Termin." in page.content.decode()


def test_a_team_lead_gives_for_everybody_also_for_who_left(lead, office, colleague):
    left = MembershipFactory(organisation=office, user__name="Gerd Gegangen", ended_at=clock.now())
    case = CaseFactory(founder=FounderFactory(office=office), advisor=left)
    browser = signed_in(lead)
    overview = browser.get("/de/cases/reassign/").content.decode()
    assert "Gerd Gegangen" in overview
    assert "Arbeitet hier nicht mehr an Fällen" in overview
    give(browser, left, colleague, [case])
    case.refresh_from_db()
    assert case.advisor == colleague


def test_an_advisor_gives_the_own_cases_only(client, advisor, colleague, people):
    assert client.get("/de/cases/reassign/").url == page_of(advisor)
    assert_kept_out(client, "get", page_of(colleague))
    for browser in people.values():
        assert_kept_out(browser, "get", page_of(advisor))


def test_ending_a_membership_says_what_is_left_behind(lead, advisor, office, cases):
    AppointmentFactory(case=cases[0], advisor=advisor)
    end = f"/de/people/office/members/{advisor.uuid}/end/"
    html = signed_in(lead).get(end).content.decode()
    assert "3 offene Fälle, 1 Termin" in html
    assert page_of(advisor) in html
    administrator = MembershipFactory(organisation=office, role=Role.ADMINISTRATOR)
    html = signed_in(administrator).get(end).content.decode()
    assert "3 offene Fälle" in html
    assert page_of(advisor) not in html
