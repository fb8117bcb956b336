"""The first person of an office: nobody is there yet who could invite them."""

import secrets

from django.db import transaction

from network.people.enums import Role
from network.people.models import Membership, Organisation, User


class AlreadyBegun(Exception):
    """The office has a team lead, who invites others."""


@transaction.atomic
def appoint_first_team_lead(office: Organisation, *, email: str, name: str, language: str = "de") -> Membership:
    """Make `email` the team lead of `office`; they get in by "forgotten password", so no password is ever told.

    Raises AlreadyBegun if somebody leads the office already.
    """
    office = Organisation.objects.select_for_update(no_key=True).get(pk=office.pk)
    if Membership.objects.active().filter(organisation=office, role=Role.TEAM_LEAD).exists():
        raise AlreadyBegun(office.code)
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(
        email, secrets.token_urlsafe(32), name=name, language=language
    )
    return Membership.objects.create(user=user, organisation=office, role=Role.TEAM_LEAD)
