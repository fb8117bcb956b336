"""Asking somebody to become a member, and becoming one."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from gruendungswerkstatt.common import clock, recording
from gruendungswerkstatt.common.abstract import bump_version
from network.people.enums import AccountMailKind, InvitationRefusal, InvitationState, MembershipChangeKind, Role
from network.people.links import is_token_of
from network.people.models import Invitation, Membership, MembershipChange, Organisation, User
from network.people.rules import roles_of
from network.people.signals import member_invited

from . import mails

KEEP_DAYS = 90  # after an invitation has expired


class InvitationRefused(Exception):
    """An invitation cannot be made, sent or accepted; `reason` says why."""

    def __init__(self, reason: InvitationRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def invite(
    by: Membership, organisation: Organisation, *, key: uuid.UUID, role: Role, email: str, name: str, language: str
) -> Invitation:
    """Invite `email` to `organisation`: the office of `by` or a partner it looks after. The mail goes out after commit.

    `key` becomes the invitation's uuid, so a form that is sent twice invites once. Raises InvitationRefused.
    """
    office = by.organisation
    # Two colleagues who invite the same person wait for each other here.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    done = Invitation.objects.for_office(office).filter(uuid=key).first()
    if done:
        return done
    email = email.lower()
    _check_new(office, organisation, role, email)
    invitation = Invitation.objects.create(
        uuid=key,
        office=office,
        organisation=organisation,
        role=role,
        email=email,
        name=name,
        language=language,
        invited_by=by,
        invited_at=clock.now(),
        **_term(),
    )
    mails.queue(AccountMailKind.INVITATION, invitation=invitation)
    member_invited.send(sender=Invitation, invitation=invitation)
    return invitation


def _check_new(office: Organisation, organisation: Organisation, role: Role, email: str) -> None:
    if not Organisation.objects.looked_after_by(office).valid().filter(pk=organisation.pk).exists():
        raise InvitationRefused(InvitationRefusal.ORGANISATION_ENDED)
    if role not in roles_of(organisation):
        raise InvitationRefused(InvitationRefusal.WRONG_ROLE)
    if Membership.objects.active().filter(organisation=organisation, user__email__iexact=email).exists():
        raise InvitationRefused(InvitationRefusal.ALREADY_MEMBER)
    unanswered = Invitation.objects.unanswered().filter(organisation=organisation, email=email)
    unanswered.filter(expires_at__lte=clock.now()).update(revoked_at=clock.now())
    if unanswered.exists():
        raise InvitationRefused(InvitationRefusal.ALREADY_INVITED)


def _term() -> dict:
    expires_at = clock.now() + timedelta(days=settings.INVITATION_DAYS)
    return {"expires_at": expires_at, "delete_after_on": clock.local(expires_at).date() + timedelta(days=KEEP_DAYS)}


@transaction.atomic
def send_again(invitation: Invitation, *, version: int) -> Invitation:
    """Send a new link that is valid from now on; older ones no longer work.

    Raises StaleVersion if somebody else was quicker, InvitationRefused if it was accepted or taken back.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    _refuse_ended(invitation)
    bump_version(invitation, version)
    for field, value in _term().items():
        setattr(invitation, field, value)
    invitation.save(update_fields=["version", "expires_at", "delete_after_on"])
    mails.queue(AccountMailKind.INVITATION, invitation=invitation)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation) -> None:
    """Take an invitation back; doing it again changes nothing. Raises InvitationRefused if it was accepted."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.state == InvitationState.USED:
        raise InvitationRefused(InvitationRefusal.USED)
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])


def _refuse_ended(invitation: Invitation) -> None:
    if invitation.state == InvitationState.USED:
        raise InvitationRefused(InvitationRefusal.USED)
    if invitation.state == InvitationState.REVOKED:
        raise InvitationRefused(InvitationRefusal.REVOKED)


def open_invitation(invitation_uuid: uuid.UUID, token: str, *, lock: bool = False) -> Invitation:
    """The invitation behind a link. Raises InvitationRefused with the reason why it cannot be accepted (any more).

    Only who has the newest link learns more than that it is not valid.
    """
    invitations = Invitation.objects.select_related("organisation", "office")
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.filter(uuid=invitation_uuid).first()
    if invitation is None or not is_token_of(invitation, token):
        raise InvitationRefused(InvitationRefusal.NOT_VALID)
    _refuse_ended(invitation)
    if invitation.state == InvitationState.EXPIRED:
        raise InvitationRefused(InvitationRefusal.EXPIRED)
    if not Organisation.objects.valid().filter(pk=invitation.organisation_id).exists():
        raise InvitationRefused(InvitationRefusal.ORGANISATION_ENDED)
    return invitation


def check_person(invitation: Invitation, user: User | None) -> None:
    """Raise InvitationRefused unless `user` (None: nobody is signed in) may accept `invitation`."""
    if user is not None and user.email.lower() != invitation.email:
        raise InvitationRefused(InvitationRefusal.OTHER_PERSON)
    account = user or User.objects.filter(email__iexact=invitation.email).first()
    if account is None:
        return
    if not account.is_active:
        raise InvitationRefused(InvitationRefusal.ACCOUNT_CLOSED)
    if user is None:
        raise InvitationRefused(InvitationRefusal.SIGN_IN)
    if Membership.objects.active().filter(organisation=invitation.organisation, user=user).exists():
        raise InvitationRefused(InvitationRefusal.ALREADY_MEMBER)


@transaction.atomic
def accept(
    invitation_uuid: uuid.UUID, token: str, user: User | None, *, name: str = "", password: str = ""
) -> Membership:
    """Make `user` a member; without one an account is made with `name` and `password`. Raises InvitationRefused.

    Of two that accept at the same time one waits for the other and is refused.
    """
    invitation = open_invitation(invitation_uuid, token, lock=True)
    check_person(invitation, user)
    if user is None:
        user = User.objects.create_user(invitation.email, password, name=name, language=invitation.language)
    recording.add(user=user.pk)
    membership = Membership.objects.create(
        user=user, organisation=invitation.organisation, role=invitation.role, started_at=clock.now()
    )
    invitation.used_at, invitation.membership = clock.now(), membership
    invitation.save(update_fields=["used_at", "membership"])
    MembershipChange.objects.create(
        office=invitation.office,
        membership=membership,
        kind=MembershipChangeKind.JOINED,
        role_after=membership.role,
        author_id=invitation.invited_by_id,
        changed_at=clock.now(),
    )
    return membership
