"""Slows down who tries codes and PINs: so many wrong ones, then a pause.

Kept in the cache all processes share, not in the database. A code of 40 bits is not guessed at a few tries a minute,
nor while the cache does not answer and nothing is counted. A PIN is short: it is counted before it is compared, from
everywhere together too, and not compared at all while nothing can be counted. Counting per person and address keeps a
shelter behind one address working; every pause ends by itself, so nobody is locked out for good by somebody else.
"""

import hashlib
import hmac
import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from gruendungswerkstatt.common import clock

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
MOST = 10
PAUSE_SECONDS = 15 * MINUTE
PIN_MOST_HERE = 5
# From whatever addresses: with the fewest digits a PIN may have, 50 tries a day find it after months, not nights.
PIN_MOST_AN_HOUR = 20
PIN_MOST_A_DAY = 50


class Paused(Exception):
    """Too many wrong tries; the next one is looked at in `seconds`."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds

    @property
    def minutes(self) -> int:
        """The pause as people are told it: full minutes, one at least."""
        return max(1, math.ceil(self.seconds / MINUTE))


@dataclass(frozen=True)
class Tries:
    """Wrong tries at one thing: after `most` of them a pause lasts until `seconds` after the first one are over."""

    key: str
    most: int
    seconds: int

    def refuse(self) -> None:
        """Raises Paused while there is a pause."""
        if cache.get(self.key, 0) >= self.most:
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
        self.refuse()
        counted = self.count()
        if not counted:
            raise Paused(MINUTE)
        if counted > self.most:
            raise Paused(self._left())

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


def at_code(reference: str, address: str) -> Tries:
    """Tries at the code of `reference` from `address`."""
    return Tries(_key("code", reference, address), MOST, PAUSE_SECONDS)


def at_pin(submission_uuid: uuid.UUID, pin_hash: str, address: str) -> tuple[Tries, ...]:
    """Tries at the PIN of a submission, from `address` and from everywhere. A new PIN starts new counts."""
    pin = f"{submission_uuid}:{pin_hash}"
    return (
        Tries(_key("pin here", pin, address), PIN_MOST_HERE, 15 * MINUTE),
        Tries(_key("pin an hour", pin), PIN_MOST_AN_HOUR, HOUR),
        Tries(_key("pin a day", pin), PIN_MOST_A_DAY, DAY),
    )


def claim(tries: Iterable[Tries]) -> None:
    """Take a try of each of `tries`, in their order. Raises Paused; a refused one takes nothing of those after it."""
    for each in tries:
        each.claim()


def give_back(here: Tries, *everywhere: Tries) -> None:
    """The claimed try was right: this address begins anew, wrong tries from others stay counted."""
    here.forget()
    for each in everywhere:
        each.give_back()


def _key(*parts: str) -> str:
    # Neither number, PIN's hash nor address stands in the cache as such.
    digest = hmac.new(settings.CODE_KEY.encode(), ":".join(parts).encode(), hashlib.sha256).hexdigest()
    return f"intake.attempts.{digest}"
