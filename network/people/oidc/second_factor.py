"""A second factor that the identity provider has asked for, so that ours need not be."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest

SESSION_KEY = "second_factor_elsewhere"


@contextmanager
def vouch(request: HttpRequest, has_second_factor: bool) -> Iterator[None]:
    """Inside, a sign-in skips our second factor if the provider had one; the session remembers it afterwards."""
    request.is_vouched_for = has_second_factor
    yield
    if request.user.is_authenticated:  # not while our own second factor is still to come
        request.session[SESSION_KEY] = has_second_factor


def is_signed_in_elsewhere(request: HttpRequest) -> bool:
    """Whether this session came from the identity provider, which may let its browser in again without asking."""
    return SESSION_KEY in request.session


def is_vouched_for(request: HttpRequest) -> bool:
    """Whether this sign-in, or the one this session came from, had its second factor elsewhere."""
    return getattr(request, "is_vouched_for", False) or request.session.get(SESSION_KEY, False)
