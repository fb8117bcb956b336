"""What those who run an office do to its members."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.enums import MemberRefusal, MembershipChangeKind, Role
from network.people.models import Membership, MembershipChange
from network.people.services import mails, members
from network.people.services.members import MemberRefused
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/de/people/office/members/"


def page(member, tail=""):
    return f"{LIST}{member.uuid}/{tail}"


@pytest.fixture
def advisor(lead):
    return MembershipFactory(organisation=lead.organisation)


@pytest.fixture
def partner(partner_body):
    return MembershipFactory(role=Role.PARTNER, organisation=partner_body)


def test_list_shows_own_members_and_those_of_partners_looked_after(client, lead, advisor, partner, stranger):
    client.force_login(lead.user)
    shown = client.get(LIST).content.decode()
    for member in (lead, advisor, partner):
        assert member.user.email in shown
    assert stranger.user.email not in shown


def test_list_costs_the_same_for_many(client, lead, partner_body, django_assert_num_queries):
    client.force_login(lead.user)
    client.get(LIST)
    for _n in range(5):
        MembershipFactory(organisation=lead.organisation)
        MembershipFactory(role=Role.PARTNER, organisation=partner_body)
    with django_assert_num_queries(7):  # session, person, membership; members, bodies, invitations, former ones
        client.get(LIST)


@pytest.mark.parametrize("tail", ["", "role/", "end/", "second-factor/"])
def test_strangers_member_does_not_exist_here(client, lead, stranger, tail):
    client.force_login(lead.user)
    response = client.get(page(stranger, tail))
    assert response.status_code == 404
    assert stranger.user.name not in response.content.decode()
    if tail:
        form = {"version": 1, "role": "advisor"}
        assert client.post(page(stranger, tail), form).status_code == 404
    stranger.refresh_from_db()
    assert (stranger.role, stranger.ended_at) == (Role.TEAM_LEAD, None)


@pytest.mark.parametrize("tail", ["", "role/", "end/", "second-factor/"])
def test_advisors_do_nothing_to_members(client, lead, advisor, tail):
    client.force_login(advisor.user)
    assert client.get(page(lead, tail)).status_code == 404
    assert client.post(page(lead, tail), {"version": 1, "role": "advisor"}).status_code in (404, 405)


def test_role_is_changed_once_and_written_down(client, lead, advisor):
    client.force_login(lead.user)
    assert client.get(page(advisor, "role/")).status_code == 200
    for _twice in range(2):
        assert client.post(page(advisor, "role/"), {"version": 1, "role": "team_lead"}).url == page(advisor)
    advisor.refresh_from_db()
    assert (advisor.role, advisor.version) == (Role.TEAM_LEAD, 2)
    change = MembershipChange.objects.get()
    assert (change.kind, change.role_before, change.role_after, change.author) == (
        MembershipChangeKind.ROLE_CHANGED, "advisor", "team_lead", lead
    )  # fmt: skip
    assert "Rolle geändert" in client.get(page(advisor)).content.decode()


@pytest.mark.parametrize("role", ["partner", "", "x", "founder"])
def test_role_that_does_not_exist_there_is_refused(client, lead, advisor, role):
    client.force_login(lead.user)
    assert client.post(page(advisor, "role/"), {"version": 1, "role": role}).context["form"].errors["role"]
    advisor.refresh_from_db()
    assert advisor.role == Role.ADVISOR


def test_partner_never_becomes_office_staff(lead, partner):
    with pytest.raises(MemberRefused) as error:
        members.change_role(partner, lead, Role.ADVISOR, version=1)
    assert error.value.reason == MemberRefusal.WRONG_ROLE


def test_old_page_changes_nothing_and_says_so(client, lead, administrator, advisor):
    members.change_role(advisor, administrator, Role.TEAM_LEAD, version=1)
    client.force_login(lead.user)
    response = client.post(page(advisor, "role/"), {"version": 1, "role": "administrator"})
    assert "inzwischen geändert" in response.content.decode()
    advisor.refresh_from_db()
    assert advisor.role == Role.TEAM_LEAD
    with pytest.raises(StaleVersion):
        members.end_membership(advisor, lead, version=1)


def test_ending_takes_access_at_once_and_leaves_authorship(client, lead, advisor):
    tab = Client()
    tab.force_login(advisor.user)
    assert tab.get("/de/appointments/").status_code == 200
    client.force_login(lead.user)
    assert client.get(page(advisor, "end/")).status_code == 200
    assert client.post(page(advisor, "end/"), {"version": 1}).url == page(advisor)
    assert tab.get("/de/appointments/").url.startswith("/de/accounts/login/")  # signed out where they were signed in
    advisor.refresh_from_db()
    assert advisor.ended_at is not None
    assert "Frühere Mitglieder" in client.get(LIST).content.decode()
    for tail in ("role/", "end/", "second-factor/"):
        assert client.get(page(advisor, tail)).url == page(advisor)
    assert "Wieder einladen" in client.get(page(advisor)).content.decode()


def test_person_with_another_membership_stays_signed_in_there(client, lead, advisor, partner_body):
    MembershipFactory(user=advisor.user, role=Role.PARTNER, organisation=partner_body)
    client.force_login(advisor.user)
    members.end_membership(advisor, lead, version=1)
    assert client.get("/de/appointments/").status_code == 404
    assert client.get("/de/people/").url == "/de/referrals/"


@pytest.mark.parametrize("tail", ["role/", "end/"])
def test_last_one_who_runs_the_office_stays(client, lead, advisor, tail):
    client.force_login(lead.user)
    response = client.post(page(lead, tail), {"version": 1, "role": "advisor"})
    assert "Niemand sonst leitet" in response.content.decode()
    lead.refresh_from_db()
    assert (lead.role, lead.ended_at) == (Role.TEAM_LEAD, None)


@pytest.mark.parametrize("tail", ["role/", "end/", "second-factor/"])
def test_nobody_does_it_to_themselves(client, lead, administrator, tail):
    TOTP.activate(lead.user, "JBSWY3DPEHPK3PXP")
    client.force_login(lead.user)
    response = client.post(page(lead, tail), {"version": 1, "role": "administrator"})
    assert "nicht bei sich selbst" in response.content.decode()
    assert not MembershipChange.objects.exists()


def test_two_who_remove_each_other_leave_one(lead, administrator):
    members.end_membership(administrator, lead, version=1)
    with pytest.raises(MemberRefused) as error:
        members.end_membership(lead, administrator, version=1)
    assert error.value.reason == MemberRefusal.LAST_ONE


def test_ended_membership_is_not_changed(lead, advisor):
    Membership.objects.filter(pk=advisor.pk).update(ended_at=clock.now())
    for change in (
        lambda: members.change_role(advisor, lead, Role.TEAM_LEAD, version=1),
        lambda: members.end_membership(advisor, lead, version=1),
        lambda: members.reset_second_factor(advisor, lead, version=1),
    ):
        with pytest.raises(MemberRefused) as error:
            change()
        assert error.value.reason == MemberRefusal.ENDED


# --- The second factor of somebody who lost it ---


@pytest.mark.parametrize("language", ["de", "ar"])
def test_lost_second_factor_is_reset_written_down_and_told(client, lead, advisor, settings, language):
    settings.SECOND_FACTOR_REQUIRED = True
    advisor.user.language = language
    advisor.user.save()
    for member in (lead, advisor):
        TOTP.activate(member.user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(advisor.user)
    tab = Client()
    tab.force_login(advisor.user)
    client.force_login(lead.user)
    assert client.get(page(advisor, "second-factor/")).status_code == 200
    assert client.post(page(advisor, "second-factor/"), {"version": 1}).url == page(advisor)
    assert not Authenticator.objects.filter(user=advisor.user).exists()
    assert MembershipChange.objects.get().kind == MembershipChangeKind.FACTOR_RESET
    assert tab.get("/de/appointments/").url.startswith("/de/accounts/login/")
    assert mails.send_due() == 1
    assert mail.outbox[0].to == [advisor.user.email]
    assert f'lang="{language}"' in mail.outbox[0].alternatives[0].content
    assert f"/{language}/accounts/login/" in mail.outbox[0].body


def test_nothing_to_reset_is_said(client, lead, advisor):
    client.force_login(lead.user)
    response = client.post(page(advisor, "second-factor/"), {"version": 1})
    assert "keinen zweiten Faktor" in response.content.decode()
    advisor.refresh_from_db()
    assert advisor.version == 1
    assert not MembershipChange.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "0", "99", "9" * 40])
def test_odd_version_ends_nothing(client, lead, advisor, version):
    client.force_login(lead.user)
    assert client.post(page(advisor, "end/"), {"version": version}).status_code == 200
    advisor.refresh_from_db()
    assert advisor.ended_at is None


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_every_page_speaks_the_language(client, lead, advisor, language):
    TOTP.activate(advisor.user, "JBSWY3DPEHPK3PXP")
    client.force_login(lead.user)
    for tail in ("", f"{advisor.uuid}/", *(f"{advisor.uuid}/{t}/" for t in ("role", "end", "second-factor"))):
        response = client.get(f"/{language}/people/office/members/{tail}")
        assert f'<html lang="{language}"' in response.content.decode()


def test_name_in_the_list_is_escaped(client, lead):
    MembershipFactory(organisation=lead.organisation, user=UserFactory(name="<b>Bö</b>"))
    client.force_login(lead.user)
    assert "<b>Bö</b>" not in client.get(LIST).content.decode()
