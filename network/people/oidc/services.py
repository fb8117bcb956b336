"""Who signed in at the identity provider, and what they may do here."""

import logging

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from gruendungswerkstatt.common import clock, recording
from gruendungswerkstatt.common.abstract import bump_version
from network.people.enums import MembershipChangeKind, Role
from network.people.models import GrantedMembership, Identity, Membership, Organisation, User
from network.people.services import changes

from .answers import Claims
from .config import Provider
from .reasons import Reason, Refused

logger = logging.getLogger(__name__)


def person_signing_in(provider: Provider, claims: Claims) -> User:
    """The account of the person, its memberships brought in line with `claims`.

    Found by issuer and subject, the first time by the e-mail address that the provider has verified; made where a role
    is mapped and nobody has that address. Raises Refused (ADDRESS_TAKEN, CLOSED, NO_ROLE); who lost their last role
    loses the membership all the same.
    """
    wanted = _wanted(provider, claims)
    try:
        user = _carry_over(claims, wanted)
    except IntegrityError:  # the same person in two windows for the first time: now the row is there
        user = _carry_over(claims, wanted)
    if not user.memberships.filter(ended_at=None).exists():
        raise Refused(Reason.NO_ROLE)
    return user


def _wanted(provider: Provider, claims: Claims) -> dict[int, Role]:
    """Role by organisation, as the settings map the values of the claim; the first that fits counts."""
    mapped = [(code, Role(role)) for value, code, role in provider.roles if value in claims.values]
    known = {o.code: o for o in Organisation.objects.valid().filter(code__in={code for code, _role in mapped})}
    wanted: dict[int, Role] = {}
    for code, role in mapped:
        if code not in known or known[code].is_office == (role == Role.PARTNER):
            logger.warning("OIDC_ROLES names %s:%s, which no organisation can have", code, role)
        else:
            wanted.setdefault(known[code].pk, role)
    return wanted


@transaction.atomic
def _carry_over(claims: Claims, wanted: dict[int, Role]) -> User:
    identity = _identity(claims, wanted)
    recording.add(user=identity.user_id)
    user = User.objects.select_for_update().get(pk=identity.user_id)  # two sign-ins at once would add twice
    if not user.is_active:
        raise Refused(Reason.CLOSED)
    _grant(identity, user, wanted)
    return user


def _identity(claims: Claims, wanted: dict[int, Role]) -> Identity:
    known = Identity.objects.filter(issuer=claims.issuer, subject=claims.subject).first()
    if known:
        return known
    user = User.objects.filter(email__iexact=claims.email).first()
    if user is None:
        if not wanted:
            raise Refused(Reason.NO_ROLE)
        user = User.objects.create_user(claims.email, name=claims.name or claims.email, language=get_language() or "de")
    elif user.identities.filter(issuer=claims.issuer).exists():
        raise Refused(Reason.ADDRESS_TAKEN)
    elif not wanted and not user.memberships.filter(ended_at=None).exists():
        raise Refused(Reason.NO_ROLE)
    return Identity.objects.create(user=user, issuer=claims.issuer, subject=claims.subject)


def _grant(identity: Identity, user: User, wanted: dict[int, Role]) -> None:
    """Begin, change and end the memberships that follow the claims; those the office gave by hand stay as they are."""
    memberships = Membership.objects.filter(user=user, ended_at=None).select_related("organisation")
    active = {m.organisation_id: m for m in memberships}
    ours = set(GrantedMembership.objects.filter(membership__in=active.values()).values_list("membership_id", flat=True))
    for organisation_id, membership in active.items():
        role = wanted.get(organisation_id)
        if membership.pk in ours and membership.role != role:
            _change(membership, role)
    for organisation_id in wanted.keys() - active.keys():
        begun = Membership.objects.create(user=user, organisation_id=organisation_id, role=wanted[organisation_id])
        GrantedMembership.objects.create(identity=identity, membership=begun)
        changes.record(begun, MembershipChangeKind.JOINED, role_after=begun.role)


def _change(membership: Membership, role: Role | None) -> None:
    """Give the role that the claims say now; None ends the membership."""
    before = membership.role
    bump_version(membership)
    if role is None:
        membership.ended_at = clock.now()
    else:
        membership.role = role
    membership.save(update_fields=["ended_at", "role", "version"])
    if role is None:
        changes.record(membership, MembershipChangeKind.ENDED, role_before=before)
    else:
        changes.record(membership, MembershipChangeKind.ROLE_CHANGED, role_before=before, role_after=role)
