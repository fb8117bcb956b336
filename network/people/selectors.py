"""Who is signed in, and as what."""

import uuid

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from .models import Membership, Municipality, Organisation, User

SESSION_KEY = "membership_uuid"


def memberships_of(user: User) -> list[Membership]:
    """Active memberships of `user` with their organisations, oldest first; each knows `has_second_factor`."""
    second_factor = Authenticator.objects.filter(user=OuterRef("user"))
    memberships = Membership.objects.active().filter(user=user).select_related("organisation", "user")
    return list(memberships.annotate(has_second_factor=Exists(second_factor)).order_by("started_at", "id"))


def current_membership(user: User, session) -> Membership | None:
    """The membership `user` acts in: the one chosen in this session, else the oldest active one; None for strangers.

    It knows whether the person `has_others` to change to.
    """
    if not user.is_authenticated:
        return None
    found = memberships_of(user)
    if not found:
        return None
    chosen = session.get(SESSION_KEY)
    current = next((m for m in found if str(m.uuid) == chosen), found[0])
    current.has_others = len(found) > 1
    return current


def office_staff(office: Organisation):
    """Active advisors and team leads of `office` with their users, by name."""
    return Membership.objects.of_office_staff(office).select_related("user").order_by("user__name", "id")


def staff_member(office: Organisation, membership_uuid: uuid.UUID) -> Membership | None:
    """One active advisor or team lead of `office`."""
    return office_staff(office).filter(uuid=membership_uuid).first()


def municipality(code: str) -> Municipality | None:
    """A municipality with its responsible office."""
    return Municipality.objects.select_related("office").filter(code=code).first()


def partner_organisations(office: Organisation):
    """Living organisations that `office` can refer to."""
    return Organisation.objects.partners_of(office).order_by("code")
