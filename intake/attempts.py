"""Slows down who tries codes: so many wrong ones for a reference number from one address, then a pause.

Kept in the cache all processes share, not in the database: it costs nothing, and a code of 40 bits is not guessed at a
few hundred tries an hour, nor while the cache does not answer and nothing is counted. Counting per reference number
keeps a shelter behind one address working.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

MOST = 10
PAUSE_SECONDS = 15 * 60


def _key(reference: str, address: str) -> str:
    # Neither number nor address stands in the cache as such.
    digest = hmac.new(settings.CODE_KEY.encode(), f"{reference}:{address}".encode(), hashlib.sha256).hexdigest()
    return f"intake.attempts.{digest}"


def is_exhausted(reference: str, address: str) -> bool:
    """Whether `address` has to wait before trying `reference` again."""
    return cache.get(_key(reference, address), 0) >= MOST


def count_failure(reference: str, address: str) -> None:
    """Remember a wrong code; the pause begins with the first one."""
    key = _key(reference, address)
    if not cache.add(key, 1, PAUSE_SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two calls
            cache.set(key, 1, PAUSE_SECONDS)


def forget(reference: str, address: str) -> None:
    """The right code was given."""
    cache.delete(_key(reference, address))
