"""Acting as one of one's memberships."""

from network.people.models import Membership, User
from network.people.selectors import SESSION_KEY, memberships_of


def choose_membership(session, user: User, membership_uuid: str) -> Membership | None:
    """Let `user` act as this active membership of theirs for the rest of the session; None if it is none."""
    chosen = next((m for m in memberships_of(user) if str(m.uuid) == membership_uuid), None)
    if chosen:
        session[SESSION_KEY] = str(chosen.uuid)
    return chosen
