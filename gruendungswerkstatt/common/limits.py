"""Slows down who tries too often: so many tries, then a pause that ends by itself. One mechanism for every room.

Kept in the cache that all processes share, not in the database. Counts are made of what is tried *and* the address it
comes from, so that a shelter, a library or an office behind one address keeps working and nobody is locked out by
somebody elsewhere; only where a secret is short or an address costs nothing there is a count from everywhere too, or
one per address that is far above what many people together do. A demonstration counts nothing.

`Paused` may be raised in any view: `PauseMiddleware` answers with the page 429 in the language, says when to come back
and keeps what was typed. django-allauth's own limits (settings.ACCOUNT_RATE_LIMITS) lead to the same page.
"""

import hashlib
import hmac
import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from . import clock

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
View = Callable[..., HttpResponse]


class Paused(Exception):
    """Too many tries; the next one is looked at in `seconds`."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds

    @property
    def minutes(self) -> int:
        """The pause as people are told it: full minutes, one at least."""
        return max(1, math.ceil(self.seconds / MINUTE))


@dataclass(frozen=True)
class Tries:
    """Tries at one thing: after `most` of them a pause lasts until `seconds` after the first one are over."""

    key: str
    most: int
    seconds: int

    def refuse(self) -> None:
        """Raises Paused while there is a pause."""
        if not settings.DEMO and cache.get(self.key, 0) >= self.most:
            raise Paused(self._left())

    def count(self) -> int:
        """Remember a try; the time runs from the first one. Gives how many there are, 0 if nothing is remembered."""
        if cache.add(self.key, 1, self.seconds):
            cache.set(self._end, clock.now().timestamp() + self.seconds, self.seconds)
            return cache.get(self.key, 0)
        try:
            return cache.incr(self.key)
        except ValueError:  # it ran out between the two calls
            return self.count()

    def claim(self) -> None:
        """Take one of the tries that are left, before it is known whether it is wrong. Raises Paused."""
        if settings.DEMO:
            return
        self.refuse()
        counted = self.count()
        if not counted:
            raise Paused(MINUTE)
        if counted > self.most:
            raise Paused(self._left())

    def spend(self) -> None:
        """Take one of the tries that are left, right or wrong; without a cache the door stays open. Raises Paused."""
        self.refuse()
        self.count()

    def exceed(self) -> bool:
        """Take a try whether or not one is left, and refuse nothing: whether there was none left."""
        return not settings.DEMO and self.count() > self.most

    def give_back(self) -> None:
        """The claimed try was right."""
        try:
            cache.decr(self.key)
        except ValueError:  # it ran out, or nothing is remembered
            return

    def forget(self) -> None:
        """Begin anew."""
        cache.delete_many([self.key, self._end])

    @property
    def _end(self) -> str:
        return f"{self.key}.end"

    def _left(self) -> int:
        return max(1, math.ceil(cache.get(self._end, 0) - clock.now().timestamp()))


def key(*parts: str) -> str:
    """A key for the cache in which none of `parts` can be read; IPv6 addresses among them count as their /64."""
    text = "\x00".join(_network(part) for part in parts)
    return f"tries.{hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()}"


def limited(name: str, *, most: int, seconds: int) -> Callable[[View], View]:
    """A view that one address may send a form to `most` times in `seconds`. For forms that anybody can send."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "POST":
                Tries(key(name, request.META["REMOTE_ADDR"]), most, seconds).spend()
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def _network(part: str) -> str:
    """One person may have all addresses of an IPv6 /64 (RFC 4291, 2.5.4; RIPE-690)."""
    try:
        address = ipaddress.ip_address(part)
    except ValueError:
        return part
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else part
