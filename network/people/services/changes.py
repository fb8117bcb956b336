"""The written record of what happens to memberships, whoever or whatever changes them."""

from gruendungswerkstatt.common import clock
from network.people.enums import MembershipChangeKind
from network.people.models import Membership, MembershipChange


def record(member: Membership, kind: MembershipChangeKind, by: Membership | None = None, **roles: str) -> None:
    """Write down what happened to `member`, through `by` or, without one, through the identity provider.

    The line belongs to the office that looks after the member; of an organisation nobody looks after none is kept.
    """
    organisation = member.organisation
    office_id = (
        by.organisation_id if by else organisation.pk if organisation.is_office else organisation.looked_after_by_id
    )
    if office_id:
        MembershipChange.objects.create(
            office_id=office_id, membership=member, kind=kind, author=by, changed_at=clock.now(), **roles
        )
