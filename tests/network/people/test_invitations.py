"""Inviting somebody, and what becomes of an invitation in every state."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.ids import new_uuid
from network.people.enums import InvitationRefusal, InvitationState, MembershipChangeKind, Role
from network.people.models import AccountMail, Invitation, Membership, MembershipChange, User
from network.people.services import invitations, mails
from network.people.services.invitations import InvitationRefused
from network.people.signals import member_invited
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/de/people/office/members/"
ACCEPT = "/de/people/invitation/"
LOGIN = "/de/accounts/login/"
NEW = {"name": "Nûr Amedî", "password1": "vier Wörter in Reihe", "password2": "vier Wörter in Reihe"}


def invite(by, **changed):
    values = {"key": new_uuid(), "role": Role.ADVISOR, "email": "neu@example.org", "name": "Neu", "language": "de"}
    organisation = changed.pop("organisation", by.organisation)
    return invitations.invite(by, organisation, **values | changed)


def form(**changed):
    values = {"key": str(new_uuid()), "role": "advisor", "email": "neu@example.org", "name": "Neu", "language": "ar"}
    return values | changed


def new_path(organisation):
    return f"/de/people/office/invitations/new/{organisation.uuid}/"


def refused(response, reason, status=410):
    assert response.status_code == status
    assert str(reason.label) in response.content.decode()


# --- Inviting ---


def test_lead_invites_and_the_mail_goes_out_in_the_chosen_language(client, lead):
    client.force_login(lead.user)
    assert client.post(new_path(lead.organisation), form(email="Neu@Example.org")).url == LIST
    invitation = Invitation.objects.get()
    assert (invitation.office, invitation.email, invitation.state) == (
        lead.organisation, "neu@example.org", InvitationState.OPEN
    )  # fmt: skip
    assert mails.send_due() == 1
    sent = mail.outbox[0]
    assert sent.to == ["neu@example.org"]
    assert sent.subject == "دعوتك"
    html = sent.alternatives[0].content
    assert '<html lang="ar" dir="rtl">' in html
    assert f"/ar/people/invitation/{invitation.uuid}/" in sent.body
    assert f"/ar/people/invitation/{invitation.uuid}/" in html
    assert mails.send_due() == 0


def test_administrator_invites_a_partner_of_the_network(client, administrator, partner_body):
    client.force_login(administrator.user)
    assert client.post(new_path(partner_body), form(role="partner")).url == LIST
    assert Invitation.objects.get().organisation == partner_body


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.PARTNER])
def test_nobody_else_invites(client, role):
    member = MembershipFactory(role=role)
    client.force_login(member.user)
    assert client.get(LIST).status_code == 404
    assert client.post(new_path(member.organisation), form()).status_code == 404
    assert not Invitation.objects.exists()


def test_other_offices_bodies_and_invitations_do_not_exist_here(client, lead, stranger, partner_body):
    theirs = invite(lead)
    client.force_login(stranger.user)
    for organisation in (lead.organisation, partner_body):
        assert client.get(new_path(organisation)).status_code == 404
        assert client.post(new_path(organisation), form(role="partner")).status_code == 404
    for verb in ("send", "revoke"):
        assert client.post(f"/de/people/office/invitations/{theirs.uuid}/{verb}/", {"version": 1}).status_code == 404
    assert "neu@example.org" not in client.get(LIST).content.decode()
    with pytest.raises(InvitationRefused):
        invite(stranger, organisation=partner_body, role=Role.PARTNER)


def test_form_sent_twice_invites_once(client, lead):
    client.force_login(lead.user)
    sent = form()
    assert client.post(new_path(lead.organisation), sent).url == LIST
    assert client.post(new_path(lead.organisation), sent).url == LIST
    assert Invitation.objects.count() == AccountMail.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "x"}, "email"),
        ({"email": ""}, "email"),
        ({"name": " \u200b "}, "name"),
        ({"name": "Win: https://evil.example"}, "name"),
        ({"name": "<b>Nûr</b>"}, "name"),
        ({"role": "partner"}, "role"),
        ({"role": ""}, "role"),
        ({"language": "xx"}, "language"),
        ({"key": ""}, "key"),
        ({"key": "x"}, "key"),
        ({"email": "a" * 300 + "@example.org"}, "email"),
    ],
)
def test_odd_invitation_is_answered_with_the_form(client, lead, changed, field):
    client.force_login(lead.user)
    response = client.post(new_path(lead.organisation), form(**changed))
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert not Invitation.objects.exists()


def test_members_and_invited_people_are_not_invited_again(client, lead):
    client.force_login(lead.user)
    response = client.post(new_path(lead.organisation), form(email=lead.user.email.upper()))
    assert "ist schon Mitglied" in response.content.decode()
    invite(lead)
    response = client.post(new_path(lead.organisation), form())
    assert "schon eine offene Einladung" in response.content.decode()
    assert Invitation.objects.count() == 1


def test_expired_invitation_makes_room_for_a_new_one(lead):
    with clock.frozen(clock.now() - timedelta(days=8)):
        old = invite(lead)
    assert old.state == InvitationState.EXPIRED
    assert invite(lead).state == InvitationState.OPEN
    old.refresh_from_db()
    assert old.state == InvitationState.REVOKED


def test_body_that_left_the_network_takes_nobody_in(lead, partner_body):
    partner_body.valid_to = clock.today() - timedelta(days=1)
    partner_body.save()
    with pytest.raises(InvitationRefused) as error:
        invite(lead, organisation=partner_body, role=Role.PARTNER)
    assert error.value.reason == InvitationRefusal.ORGANISATION_ENDED


def test_rooms_above_hear_of_it_once(lead):
    heard = []
    receiver = lambda **kwargs: heard.append(kwargs["invitation"])  # noqa: E731
    member_invited.connect(receiver)
    try:
        invitation = invite(lead)
        invitations.send_again(invitation, version=1)
    finally:
        member_invited.disconnect(receiver)
    assert heard == [invitation]


def test_database_keeps_the_office_of_who_invites(lead, stranger):
    invitation = invite(lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        _give_to(invitation, stranger)


def _give_to(invitation, member):
    Invitation.objects.filter(pk=invitation.pk).update(invited_by=member)
    connection.check_constraints()


# --- Sending again, taking back ---


def test_sending_again_makes_the_old_link_useless(client, lead, posted):
    invitation = invite(lead)
    old = posted()
    client.force_login(lead.user)
    path = f"/de/people/office/invitations/{invitation.uuid}/send/"
    assert client.post(path, {"version": 1}).url == LIST
    assert client.post(path, {"version": 1}).url == LIST  # a second press
    new = posted()
    client.logout()
    refused(client.get(old), InvitationRefusal.NOT_VALID)
    assert client.get(new).url == ACCEPT
    with pytest.raises(StaleVersion):
        invitations.send_again(invitation, version=1)


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "9" * 30, "9" * 5000])
def test_odd_version_sends_nothing(client, lead, version):
    invitation = invite(lead)
    client.force_login(lead.user)
    path = f"/de/people/office/invitations/{invitation.uuid}/send/"
    assert client.post(path, {"version": version}).status_code == 302
    invitation.refresh_from_db()
    assert invitation.version == 1


def test_invitation_taken_back_opens_nothing_and_is_not_sent_again(client, lead, posted):
    invitation = invite(lead)
    link = posted()
    client.force_login(lead.user)
    path = f"/de/people/office/invitations/{invitation.uuid}/"
    for _twice in range(2):
        assert client.post(f"{path}revoke/").url == LIST
    client.post(f"{path}send/", {"version": 1})
    assert not AccountMail.objects.exists()
    client.logout()
    refused(client.get(link), InvitationRefusal.REVOKED)


def test_mail_of_an_invitation_taken_back_meanwhile_is_not_sent(lead):
    invitations.revoke(invite(lead))
    assert mails.send_due() == 0
    assert mail.outbox == []
    assert not AccountMail.objects.exists()


# --- Accepting ---


def test_new_person_makes_an_account_and_is_in(client, lead, posted):
    invite(lead)
    link = posted()
    shown = client.get(link)
    assert shown.url == ACCEPT
    page = client.get(ACCEPT)
    assert link.split("/")[-2] not in page.content.decode()
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(ACCEPT, NEW).url == "/de/people/"
    member = Membership.objects.get(user__email="neu@example.org")
    assert (member.role, member.organisation, member.user.name) == ("advisor", lead.organisation, "Nûr Amedî")
    assert member.user.check_password(NEW["password1"])
    assert client.get("/de/people/").url == "/de/cases/"
    change = MembershipChange.objects.get(membership=member)
    assert (change.kind, change.author, change.office) == (MembershipChangeKind.JOINED, lead, lead.organisation)


def test_new_person_sets_up_a_second_factor_without_typing_the_password_again(client, lead, posted, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    invite(lead)
    client.get(posted())
    client.post(ACCEPT, NEW)
    assert client.get("/de/people/").url == "/de/accounts/second-factor/"
    assert client.get("/de/accounts/second-factor/totp/activate/").status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password2": "another one entirely"}, "password2"),
        ({"password1": "kurz", "password2": "kurz"}, "password1"),
        ({"password1": "neu@example.org", "password2": "neu@example.org"}, "password1"),
        ({"name": ""}, "name"),
        ({"password1": ""}, "password1"),
    ],
)
def test_bad_account_is_refused_beside_its_field(client, lead, posted, changed, field):
    invite(lead)
    client.get(posted())
    response = client.post(ACCEPT, NEW | changed)
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert not User.objects.filter(email="neu@example.org").exists()


def test_link_works_once(client, lead, posted):
    invite(lead)
    link = posted()
    client.get(link)
    client.post(ACCEPT, NEW)
    client.post("/de/accounts/logout/")
    refused(client.get(link), InvitationRefusal.USED)
    refused(client.post(ACCEPT, NEW), InvitationRefusal.NOT_VALID)
    assert Membership.objects.filter(user__email="neu@example.org").count() == 1


def test_page_that_lay_open_while_the_link_was_used_elsewhere_writes_nothing(client, lead, posted):
    invitation = invite(lead)
    client.get(posted())
    other = MembershipFactory(user=UserFactory(email="neu@example.org"), organisation=lead.organisation)
    Invitation.objects.filter(pk=invitation.pk).update(used_at=clock.now(), membership=other)
    refused(client.post(ACCEPT, NEW), InvitationRefusal.USED)


def test_expired_link_says_so_at_every_step(client, lead, posted):
    invite(lead)
    link = posted()
    client.get(link)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        refused(client.get(link), InvitationRefusal.EXPIRED)
        refused(client.post(ACCEPT, NEW), InvitationRefusal.EXPIRED)
    assert not User.objects.filter(email="neu@example.org").exists()


@pytest.mark.parametrize("language", ["de", "ar", "en"])
@pytest.mark.parametrize("forged", ["x", "a" * 64, "0" * 5000, "é"])
def test_forged_link_is_refused_in_the_language(client, lead, language, forged):
    invitation = invite(lead)
    for known in (invitation.uuid, uuid.uuid4()):
        response = client.get(f"/{language}/people/invitation/{known}/{forged}/")
        with translation.override(language):
            refused(response, InvitationRefusal.NOT_VALID)
    assert "gw_session" not in response.cookies
    assert client.get(f"/{language}/people/invitation/").status_code == 410


def test_link_of_one_invitation_opens_no_other(client, lead, posted):
    invite(lead)
    link = posted()
    other = invite(lead, email="zwei@example.org")
    refused(client.get(f"/de/people/invitation/{other.uuid}/{link.split('/')[-2]}/"), InvitationRefusal.NOT_VALID)


def test_link_stays_good_while_the_old_key_is_a_fallback(client, lead, posted, settings):
    invite(lead)
    link = posted()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert client.get(link).url == ACCEPT


def test_known_person_signs_in_and_joins_a_second_body(client, lead, posted):
    known = MembershipFactory(user=UserFactory(email="neu@example.org"))
    invite(lead)
    client.get(posted())
    refused(client.get(ACCEPT), InvitationRefusal.SIGN_IN, status=200)
    refused(client.post(ACCEPT, NEW), InvitationRefusal.SIGN_IN, status=200)
    password = "correct horse battery staple"
    response = client.post(LOGIN, {"login": "neu@example.org", "password": password, "next": ACCEPT})
    assert response.url == ACCEPT
    assert client.get(ACCEPT).status_code == 200
    assert client.post(ACCEPT).url == "/de/people/"
    joined = Membership.objects.get(user=known.user, organisation=lead.organisation)
    assert client.session["membership_uuid"] == str(joined.uuid)
    known.user.refresh_from_db()
    assert known.user.check_password(password)


def test_somebody_else_accepts_nothing(client, lead, stranger, posted):
    invite(lead)
    link = posted()
    client.force_login(stranger.user)
    assert client.get(link).url == ACCEPT
    refused(client.get(ACCEPT), InvitationRefusal.OTHER_PERSON, status=409)
    refused(client.post(ACCEPT, NEW), InvitationRefusal.OTHER_PERSON, status=409)
    assert not Membership.objects.filter(organisation=lead.organisation).exclude(pk=lead.pk).exists()
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_closed_account_accepts_nothing(client, lead, posted):
    UserFactory(email="neu@example.org", is_active=False)
    invite(lead)
    client.get(posted())
    refused(client.post(ACCEPT, NEW), InvitationRefusal.ACCOUNT_CLOSED)


def test_person_who_became_a_member_another_way_is_told_so(client, lead, posted):
    invite(lead)
    link = posted()
    member = MembershipFactory(user=UserFactory(email="neu@example.org"), organisation=lead.organisation)
    client.force_login(member.user)
    client.get(link)
    refused(client.post(ACCEPT), InvitationRefusal.ALREADY_MEMBER)


def test_person_comes_back_with_a_new_membership(client, lead, posted):
    gone = MembershipFactory(organisation=lead.organisation, ended_at=clock.now(), started_at=clock.now())
    client.force_login(lead.user)
    assert gone.user.name in client.get(LIST).content.decode()
    page = client.get(f"{new_path(lead.organisation)}?member={gone.uuid}").content.decode()
    assert f'value="{gone.user.email}"' in page
    client.post(new_path(lead.organisation), form(email=gone.user.email, language="de"))
    link = posted()
    client.force_login(gone.user)
    client.get(link)
    assert client.post(ACCEPT).url == "/de/people/"
    assert client.get("/de/people/").url == "/de/cases/"
    assert Membership.objects.filter(user=gone.user).count() == 2


@pytest.mark.parametrize("value", ["x", "", "0192f3a0-0000-7000-8000-000000000001"])
def test_odd_former_member_fills_in_nothing(client, lead, value):
    client.force_login(lead.user)
    assert client.get(f"{new_path(lead.organisation)}?member={value}").status_code == 200


def test_strangers_former_member_fills_in_nothing(client, lead, stranger):
    client.force_login(lead.user)
    page = client.get(f"{new_path(lead.organisation)}?member={stranger.uuid}").content.decode()
    assert stranger.user.email not in page


# --- Mails and time ---


def test_mail_server_that_is_down_is_tried_again_with_growing_gaps(lead, monkeypatch):
    invite(lead)
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", lambda self: (_ for _ in ()).throw(OSError()))
    gaps = []
    for _attempt in range(3):
        row = AccountMail.objects.get()
        with clock.frozen(row.due_at):
            assert mails.send_due() == 0
            gaps.append(AccountMail.objects.get().due_at - clock.now())
    assert gaps == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    AccountMail.objects.update(attempts=mails.MAX_ATTEMPTS - 1, due_at=clock.now())
    mails.send_due()
    assert not AccountMail.objects.exists()


def test_no_secret_is_stored(lead, posted):
    invite(lead)
    token = posted().split("/")[-2]
    rows = [*Invitation.objects.values(), *AccountMail.objects.values()]
    assert rows
    assert token not in repr(rows)


def test_invited_organisation_is_shown_to_nobody_else(client, lead):
    OrganisationFactory(name="Fremde Stelle")
    client.force_login(lead.user)
    assert "Fremde Stelle" not in client.get(LIST).content.decode()
