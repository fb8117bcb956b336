"""The secret part of an invitation's link: derived, not stored, so that a copy of the database opens nothing."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .models import Invitation

_SALT = "network.people.invitation"


def invitation_path(invitation: Invitation) -> str:
    """Where the link of `invitation` leads, in the active language."""
    return reverse("people:invitation_open", args=[invitation.uuid, _token(invitation, settings.SECRET_KEY)])


def is_token_of(invitation: Invitation, token: str) -> bool:
    """Whether `token` is the newest link's; takes the same time whether it is or not."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(_token(invitation, key).encode(), token.encode()) for key in keys)


def _token(invitation: Invitation, key: str) -> str:
    """HMAC-SHA256 in hex. The version is part of it: sending again makes every older link useless."""
    value = f"{invitation.uuid}:{invitation.version}:{invitation.email}"
    return salted_hmac(_SALT, value, secret=key, algorithm="sha256").hexdigest()
