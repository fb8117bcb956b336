"""Who is signed in, and as what."""

import uuid

from .models import Membership, Municipality, Organisation, User

SESSION_KEY = "membership_uuid"


def current_membership(user: User, session) -> Membership | None:
    """The membership `user` acts in: the one chosen in this session, else the oldest active one; None for strangers."""
    if not user.is_authenticated:
        return None
    found = list(active_memberships(user))
    chosen = session.get(SESSION_KEY)
    return next((m for m in found if str(m.uuid) == chosen), found[0] if found else None)


def active_memberships(user: User):
    """All memberships `user` can act in, with their organisations, oldest first."""
    memberships = Membership.objects.active().filter(user=user)
    return memberships.select_related("organisation", "user").order_by("started_at", "id")


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
