"""What those who run an office do to its members. What happened, and through whom, is written down."""

from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.people.enums import SETTINGS_ROLES, MemberRefusal, MembershipChangeKind, Role
from network.people.models import Membership, Organisation
from network.people.rules import roles_of

from . import accounts, changes


class MemberRefused(Exception):
    """A membership cannot be changed like this; `reason` says why."""

    def __init__(self, reason: MemberRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def change_role(member: Membership, by: Membership, role: Role, *, version: int) -> Membership:
    """Give `member` another role. Raises StaleVersion or MemberRefused; the role they have already changes nothing."""
    member = _locked(member)
    if role == member.role:
        return member
    if role not in roles_of(member.organisation):
        raise MemberRefused(MemberRefusal.WRONG_ROLE)
    if role not in SETTINGS_ROLES:
        _check_somebody_runs_it_without(member)
    _check_is_somebody_else(member, by)
    before = member.role
    bump_version(member, version)
    member.role = role
    member.save(update_fields=["role", "version"])
    changes.record(member, MembershipChangeKind.ROLE_CHANGED, by, role_before=before, role_after=role)
    return member


@transaction.atomic
def end_membership(member: Membership, by: Membership, *, version: int) -> Membership:
    """End the membership: access is gone with the next request, authorship stays.

    Whoever has no other membership is signed out everywhere. Raises StaleVersion or MemberRefused.
    """
    member = _locked(member)
    _check_somebody_runs_it_without(member)
    _check_is_somebody_else(member, by)
    bump_version(member, version)
    member.ended_at = clock.now()
    member.save(update_fields=["ended_at", "version"])
    changes.record(member, MembershipChangeKind.ENDED, by, role_before=member.role)
    if not Membership.objects.active().filter(user_id=member.user_id).exists():
        accounts.end_sessions(member.user)
    return member


@transaction.atomic
def reset_second_factor(member: Membership, by: Membership, *, version: int) -> Membership:
    """For somebody who lost it: they have to set up a new one when they sign in next, and are told by mail.

    Raises StaleVersion or MemberRefused.
    """
    member = _locked(member)
    _check_is_somebody_else(member, by)
    bump_version(member, version)
    if not accounts.remove_second_factors(member.user):
        raise MemberRefused(MemberRefusal.NOTHING_TO_RESET)
    member.save(update_fields=["version"])
    changes.record(member, MembershipChangeKind.FACTOR_RESET, by)
    return member


def _locked(member: Membership) -> Membership:
    """`member` as it is now. The organisation is locked first: two who remove each other wait for each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=member.organisation_id)
    members = Membership.objects.select_related("organisation", "user").select_for_update(of=("self",))
    found = members.get(pk=member.pk)
    if found.ended_at:
        raise MemberRefused(MemberRefusal.ENDED)
    return found


def _check_somebody_runs_it_without(member: Membership) -> None:
    if member.runs_office and not Membership.objects.running(member.organisation).exclude(pk=member.pk).exists():
        raise MemberRefused(MemberRefusal.LAST_ONE)


def _check_is_somebody_else(member: Membership, by: Membership) -> None:
    if member.user_id == by.user_id:
        raise MemberRefused(MemberRefusal.ONESELF)
