"""Why nobody was signed in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """What the person reads; `services` and `answers` say when."""

    CANCELLED = "cancelled", _("You ended the sign-in there. You can try again or sign in with your password.")
    TOO_LATE = "too_late", _("The sign-in took too long or was begun in another window. Please try again.")
    UNREACHABLE = "unreachable", _("The service where you sign in does not answer now. Please try again later.")
    UNPROVEN = "unproven", _("We could not be sure that the answer is real. Please try again.")
    EMAIL_UNVERIFIED = (
        "email_unverified",
        _("Your e-mail address is not confirmed there. Please confirm it there first, then try again."),
    )
    ADDRESS_TAKEN = (
        "address_taken",
        _("An account with your e-mail address belongs to somebody else. Please ask your team lead."),
    )
    CLOSED = "closed", _("This account is closed. Please ask your team lead.")
    NO_ROLE = "no_role", _("You have no access to this portal yet. Please ask your team lead.")


class Refused(Exception):
    """Nobody is signed in, for this reason."""

    def __init__(self, reason: Reason):
        super().__init__(reason.value)
        self.reason = reason
