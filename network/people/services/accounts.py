"""Passwords, second factors and sessions of one person."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from network.people.enums import AccountMailKind
from network.people.models import User

from . import mails


def end_sessions(user: User) -> None:
    """Sign `user` out everywhere at once: no session that was begun before is taken any more."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)


@transaction.atomic
def request_password_reset(user: User) -> None:
    """Have a link sent to `user` with which a new password can be set, once, for an hour."""
    mails.queue(AccountMailKind.PASSWORD_RESET, user=user)


@transaction.atomic
def remove_second_factors(user: User) -> bool:
    """Take away every second factor and recovery code of `user` and sign them out; False if there was none.

    At the next sign-in a new one has to be set up. The person is told by mail.
    """
    removed, _details = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return False
    end_sessions(user)
    mails.queue(AccountMailKind.FACTOR_RESET, user=user)
    return True
