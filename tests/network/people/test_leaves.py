"""Leave with a deputy: who may be one, for which days, and that it ends by itself."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from network.people import erasure, selectors
from network.people.enums import LeaveRefusal
from network.people.models import Leave
from network.people.services import leaves
from tests.factories.people import LeaveFactory, MembershipFactory

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _noon():
    with clock.frozen(clock.at(MONDAY, 12)):
        yield


@pytest.fixture
def office(lead):
    return lead.organisation


@pytest.fixture
def karim(office):
    return MembershipFactory(organisation=office, user__name="Karim Muster")


@pytest.fixture
def petra(office):
    return MembershipFactory(organisation=office, user__name="Petra Beispiel")


def days(first, last):
    return {"starts_on": MONDAY + timedelta(days=first), "ends_on": MONDAY + timedelta(days=last)}


def away(member, deputy, first=0, last=4):
    return leaves.set_leave(member, member, key=new_uuid(), deputy=deputy, **days(first, last))


def covered(member):
    [membership] = selectors.memberships_of(member.user)
    return [one.name for one in selectors.covered_by(membership)]


def test_the_deputy_sees_to_them_on_these_days_and_no_longer(karim, petra):
    away(karim, petra, 1, 3)
    assert covered(petra) == []
    for day, names in ((1, ["Karim Muster"]), (3, ["Karim Muster"]), (4, [])):
        with clock.frozen(clock.at(MONDAY + timedelta(days=day), 23)):
            assert covered(petra) == names


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda k, p, other: away(k, p, 3, 1), LeaveRefusal.BACKWARDS),
        (lambda k, p, other: away(k, k), LeaveRefusal.ONESELF),
        (lambda k, p, other: away(k, MembershipFactory()), LeaveRefusal.NOT_OF_THE_OFFICE),
        (lambda k, p, other: away(k, MembershipFactory(organisation=k.organisation, ended_at=clock.now())),
         LeaveRefusal.NOT_OF_THE_OFFICE),
        (lambda k, p, other: (away(k, p, 4, 9), away(k, other, 0, 4)), LeaveRefusal.OVERLAPS),
        (lambda k, p, other: (away(p, other, 4, 9), away(k, p, 0, 4)), LeaveRefusal.DEPUTY_AWAY),
        (lambda k, p, other: (away(other, k, 4, 9), away(k, p, 0, 4)), LeaveRefusal.IS_DEPUTY),
    ],
)  # fmt: skip
def test_who_cannot_be_deputy_and_when(karim, petra, office, make, reason):
    with pytest.raises(leaves.LeaveRefused) as refused:
        make(karim, petra, MembershipFactory(organisation=office))
    assert refused.value.reason == reason


def test_taken_back_it_does_not_count_and_the_days_are_free(karim, petra):
    leave = away(karim, petra)
    leaves.take_back(leave, version=1)
    leaves.take_back(leave, version=1)
    assert covered(petra) == []
    away(karim, petra)


def test_past_ones_go_after_ninety_days(karim, petra):
    leave = away(karim, petra, 0, 0)
    assert leave.delete_after_on == erasure.leave_kept_until(MONDAY) == MONDAY + timedelta(days=90)


def signed_in(member):
    client = Client()
    client.force_login(member.user)
    return client


def form_of(first, last, deputy):
    fields = {"key": str(new_uuid()), "deputy": str(deputy.uuid)}
    for name, day in days(first, last).items():
        fields |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    return fields


def test_the_own_page_sets_it_once_and_names_it(karim, petra):
    browser, page = signed_in(karim), reverse("people:leave_own")
    sent = form_of(1, 3, petra)
    assert browser.post(page, sent).url == browser.post(page, sent).url == page
    assert Leave.objects.get().membership == karim
    assert "Petra Beispiel" in browser.get(page).content.decode()


def test_a_team_lead_sets_it_for_others_an_advisor_does_not(lead, karim, petra):
    page = reverse("people:leave_member", args=[karim.uuid])
    assert signed_in(petra).get(page).status_code == 404
    assert signed_in(lead).post(page, form_of(0, 1, petra)).url == page
    assert Leave.objects.get().created_by == lead


def test_what_is_wrong_is_told_and_what_was_typed_stays(karim, petra):
    html = signed_in(karim).post(reverse("people:leave_own"), form_of(3, 1, petra)).content.decode()
    assert "Der letzte Tag liegt vor dem ersten." in html
    assert f'value="{petra.uuid}" selected' in html


def test_only_oneself_and_team_leads_take_it_back(lead, karim, petra):
    leave = LeaveFactory(membership=karim, deputy=petra)
    page = reverse("people:leave_end", args=[leave.uuid])
    assert signed_in(petra).post(page, {"version": "1"}).status_code == 404
    assert signed_in(MembershipFactory()).post(page, {"version": "1"}).status_code == 404
    assert signed_in(lead).post(page, {"version": "1"}).status_code == 302
    leave.refresh_from_db()
    assert leave.taken_back_at is not None


def test_a_deputy_who_left_is_pointed_out(karim, petra):
    LeaveFactory(membership=karim, deputy=petra)
    petra.ended_at = clock.now()
    petra.save()
    assert "Arbeitet nicht mehr hier" in signed_in(karim).get(reverse("people:leave_own")).content.decode()
