"""What the people room tells the rooms above it."""

from dataclasses import dataclass

from django.dispatch import Signal

# Sent by services.invitations.invite inside its transaction, once per invitation, with `invitation`; not when it is
# sent again. A receiver writes rows that stand or fall with the invitation, and enqueues tasks after commit. The
# secret of the link is not among what a receiver gets.
member_invited = Signal()


@dataclass(frozen=True)
class LeftBehind:
    """What lies under the name of a member: in words, with the page where `link` leads; "" where there is none."""

    words: str
    url: str = ""
    link: str = ""


# Sent by pages about a member, whose membership ends, changes or has ended, with `member` and the membership `reader`
# who looks. A receiver gives a LeftBehind, or None if nothing waits; it says no more than the reader may know.
member_looked_at = Signal()
