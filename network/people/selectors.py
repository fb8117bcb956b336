"""Who is signed in, and as what."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import JSONObject, Lower

from gruendungswerkstatt.common import clock

from .models import Invitation, Leave, Membership, MembershipChange, Municipality, Organisation, User

SESSION_KEY = "membership_uuid"
FORMER_FOR = timedelta(days=365)  # how long somebody who left stands in the list
# Recovery codes help somebody who has one of these; alone they are a second password.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def memberships_of(user: User) -> list[Membership]:
    """Active memberships of `user` with their organisations, oldest first.

    Each knows `has_second_factor`, and in `away` the colleagues who are away today and whose deputy it is
    (`covered_by`).
    """
    if not user.is_active:
        return []
    found = list(_active_memberships().filter(user=user).annotate(away=_away_today()))
    for membership in found:
        membership.user = user  # asked for with every page: not a second time
    return found


@cache  # asked with every page: putting it together costs more than asking
def _active_memberships() -> QuerySet:
    memberships = Membership.objects.filter(ended_at=None).select_related("organisation")
    return _with_second_factor(memberships).order_by("started_at", "id")


@dataclass(frozen=True)
class Absent:
    """A colleague who is away until `ends_on`; `pk` is the membership's key."""

    pk: int
    name: str
    ends_on: date


def covered_by(member: Membership) -> tuple[Absent, ...]:
    """Whose deputy `member`, who is signed in, is today."""
    return tuple(Absent(row["pk"], row["name"], date.fromisoformat(row["ends_on"])) for row in member.away)


def _away_today() -> ArraySubquery:
    today = clock.today()
    found = Leave.objects.counting().filter(deputy=OuterRef("pk"), starts_on__lte=today, ends_on__gte=today)
    row = JSONObject(pk="membership", name="membership__user__name", ends_on="ends_on")
    return ArraySubquery(found.order_by("ends_on", "id").values(row=row))


def leaves_of(member: Membership) -> list[Leave]:
    """Present and coming leaves of a member, with their deputies; `has_left` if one does not work here any more."""
    found = (
        Leave.objects.for_office(member.organisation_id)
        .counting()
        .filter(membership=member, ends_on__gte=clock.today())
    )
    rows = list(found.select_related("deputy__user", "deputy__organisation").order_by("starts_on", "id"))
    for row in rows:
        row.has_left = row.deputy.ended_at is not None or not row.deputy.is_office_staff
    return rows


def leave_for_office(office: Organisation, leave_uuid: uuid.UUID) -> Leave | None:
    """A leave of one of the office's members; None if it is not theirs."""
    return Leave.objects.for_office(office).select_related("membership__user").filter(uuid=leave_uuid).first()


def _with_second_factor(memberships: QuerySet) -> QuerySet:
    second_factor = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    return memberships.annotate(has_second_factor=Exists(second_factor))


def current_membership(user: User, session) -> Membership | None:
    """The membership `user` acts in: the one chosen in this session, else the oldest active one; None for strangers.

    It knows `all_of_person` and so whether the person `has_others` to change to.
    """
    if not user.is_authenticated:
        return None
    found = memberships_of(user)
    if not found:
        return None
    chosen = session.get(SESSION_KEY)
    current = next((m for m in found if str(m.uuid) == chosen), found[0])
    current.all_of_person, current.has_others = found, len(found) > 1
    return current


def office_staff(office: Organisation):
    """Active advisors and team leads of `office` with their users, by name."""
    return Membership.objects.of_office_staff(office).select_related("user").order_by("user__name", "id")


def staff_names(office: Organisation) -> tuple[tuple[int, str, str], ...]:
    """(key, uuid, name) of the active advisors and team leads of `office`, by name: what a choice needs."""
    found = office_staff(office).select_related(None).values_list("pk", "uuid", "user__name")
    return tuple((pk, str(uuid), name) for pk, uuid, name in found)


def staff_member(office: Organisation, membership_uuid: uuid.UUID) -> Membership | None:
    """One active advisor or team lead of `office`."""
    return office_staff(office).filter(uuid=membership_uuid).first()


def municipality(code: str) -> Municipality | None:
    """A municipality with its responsible office."""
    return Municipality.objects.select_related("office").filter(code=code).first()


def partner_organisations(office: Organisation):
    """Living organisations that `office` can refer to."""
    return Organisation.objects.partners_of(office).order_by("code")


def organisations_looked_after(office: Organisation) -> list[Organisation]:
    """`office` first, then the living partners whose members it invites, by name."""
    own_first = Case(When(pk=office.pk, then=Value(0)), default=Value(1))
    return list(Organisation.objects.looked_after_by(office).valid().order_by(own_first, Lower("name"), "id"))


def members_for_office(office: Organisation) -> list[Membership]:
    """Active members of `office` and of the partners it looks after; each knows `has_second_factor`."""
    own_first = Case(When(organisation=office, then=Value(0)), default=Value(1))
    members = Membership.objects.active().looked_after_by(office).select_related("organisation", "user")
    order = (own_first, Lower("organisation__name"), "organisation_id", Lower("user__name"), "id")
    return list(_with_second_factor(members).order_by(*order))


def former_members(office: Organisation) -> list[Membership]:
    """Who left in the last year and did not come back, last gone first."""
    members = Membership.objects.looked_after_by(office).select_related("organisation", "user")
    back = Membership.objects.active().filter(user=OuterRef("user"), organisation=OuterRef("organisation"))
    gone = members.filter(~Exists(back), ended_at__gte=clock.now() - FORMER_FOR)
    return list(gone.order_by("-ended_at", "-id"))


def member_for_office(office: Organisation, membership_uuid: uuid.UUID) -> Membership | None:
    """One of them, or one whose membership ended; knows `has_second_factor`."""
    members = Membership.objects.looked_after_by(office).select_related("organisation", "user")
    return _with_second_factor(members).filter(uuid=membership_uuid).first()


def changes_of(member: Membership) -> list[MembershipChange]:
    """What happened to a membership, newest first."""
    return list(member.changes.select_related("author__user").order_by("-changed_at", "-id"))


def invitations_for_office(office: Organisation) -> list[Invitation]:
    """Invitations of `office` that were neither accepted nor taken back, newest first."""
    invitations = Invitation.objects.for_office(office).unanswered().select_related("organisation")
    return list(invitations.order_by("-invited_at", "-id"))


def invitation_for_office(office: Organisation, invitation_uuid: uuid.UUID) -> Invitation | None:
    """One invitation of `office`, whatever became of it."""
    return Invitation.objects.for_office(office).select_related("organisation").filter(uuid=invitation_uuid).first()


def office_now(office: Organisation) -> Organisation:
    """`office` as it is saved now."""
    return Organisation.objects.offices().get(pk=office.pk)
