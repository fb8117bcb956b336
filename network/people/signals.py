"""What the people room tells the rooms above it."""

from django.dispatch import Signal

# Sent by services.invitations.invite inside its transaction, once per invitation, with `invitation`; not when it is
# sent again. A receiver writes rows that stand or fall with the invitation, and enqueues tasks after commit. The
# secret of the link is not among what a receiver gets.
member_invited = Signal()
