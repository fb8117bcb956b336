"""Whom a signed-in person acts for, and where that leads."""

import pytest
from django.utils import timezone

from network.people.enums import OrganisationKind, Role
from network.people.services import choose_membership
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
HOME = "/de/people/"


@pytest.mark.parametrize(
    ("traits", "lands"),
    [
        ({}, "/de/cases/"),
        ({"team_lead": True}, "/de/cases/"),
        ({"partner": True}, "/de/referrals/"),
        ({"role": Role.ADMINISTRATOR}, "/de/people/office/"),
    ],
)
def test_each_role_has_its_first_page(client, traits, lands):
    client.force_login(MembershipFactory(**traits).user)
    assert client.get(HOME).url == lands


@pytest.mark.parametrize(("role", "status"), [(Role.TEAM_LEAD, 200), (Role.ADMINISTRATOR, 200), (Role.ADVISOR, 404)])
def test_the_office_is_set_up_by_those_who_run_it(client, role, status):
    client.force_login(MembershipFactory(role=role).user)
    assert client.get("/de/people/office/").status_code == status


def test_nobody_runs_an_office_of_a_body_that_is_none(client):
    partner = OrganisationFactory(kind=OrganisationKind.PROJECT)
    client.force_login(MembershipFactory(role=Role.ADMINISTRATOR, organisation=partner).user)
    assert client.get("/de/people/office/").status_code == 404


def test_advisor_of_a_body_that_is_no_office_is_no_office_staff(client):
    client.force_login(MembershipFactory(organisation=OrganisationFactory(kind=OrganisationKind.PROJECT)).user)
    assert client.get(HOME).url == "/de/network/"
    assert client.get("/de/appointments/").status_code == 404


def test_person_without_membership_is_told_whom_to_ask(client):
    client.force_login(UserFactory())
    assert "Noch kein Zugang" in client.get(HOME).content.decode()
    assert client.get("/de/appointments/").status_code == 404


def test_ended_membership_gives_nothing_at_once(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    assert client.get("/de/appointments/").status_code == 200
    membership.ended_at = timezone.now()
    membership.save()
    assert client.get("/de/appointments/").status_code == 404


def test_closed_account_is_out_at_once(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    membership.user.is_active = False
    membership.user.save()
    assert client.get("/de/appointments/").status_code == 302


def test_strangers_are_asked_to_sign_in(client):
    for path in (HOME, f"{HOME}membership/", f"{HOME}unsent/"):
        assert client.get(path).url.startswith("/de/accounts/login/?next=")


@pytest.fixture
def two():
    """The memberships of one person: advisor of an office first, partner since later."""
    office = MembershipFactory()
    return office, MembershipFactory(partner=True, user=office.user)


def test_oldest_membership_is_acted_in_until_another_is_chosen(client, two):
    office, partner = two
    client.force_login(office.user)
    assert client.get(HOME).url == "/de/cases/"
    page = client.get(f"{HOME}membership/").content.decode()
    assert office.organisation.name in page
    assert partner.organisation.name in page
    assert client.post(f"{HOME}membership/", {"membership": str(partner.uuid)}).url == HOME
    assert client.get(HOME).url == "/de/referrals/"
    assert client.get("/de/appointments/").status_code == 404


@pytest.mark.parametrize("value", ["", "x", "0192f3a0-0000-7000-8000-000000000001", "\x00"])
def test_odd_choice_is_answered_with_the_form(client, two, value):
    client.force_login(two[0].user)
    response = client.post(f"{HOME}membership/", {"membership": value})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_nobody_acts_as_somebody_else(client, two):
    stranger = MembershipFactory()
    client.force_login(two[0].user)
    assert client.post(f"{HOME}membership/", {"membership": str(stranger.uuid)}).status_code == 200
    assert client.get(HOME).url == "/de/cases/"
    session = {}
    assert choose_membership(session, two[0].user, str(stranger.uuid)) is None
    assert session == {}


def test_chosen_membership_that_ended_falls_back_to_the_other(client, two):
    office, partner = two
    client.force_login(office.user)
    client.post(f"{HOME}membership/", {"membership": str(partner.uuid)})
    partner.ended_at = timezone.now()
    partner.save()
    assert client.get(HOME).url == "/de/cases/"


def test_membership_costs_one_query(rf, two, django_assert_num_queries):
    from network.people.selectors import current_membership

    with django_assert_num_queries(1):
        membership = current_membership(two[0].user, {})
        assert membership.is_office_staff
        assert membership.user.email
        assert membership.has_others
        assert not membership.has_second_factor
