"""How much feedback one address may send: enough for a helper in a shelter, too little to fill a table.

Counted in the cache that all processes share; while it does not answer nothing is counted, and the number of
unanswered messages per office (services.MOST_WAITING) still holds.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

MOST = 10
PERIOD_SECONDS = 60 * 60


def is_exhausted(address: str) -> bool:
    """Count one more message from the network address `address`; whether it is one too many."""
    digest = hmac.new(settings.CODE_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    key = f"content.feedback.{digest}"  # the address itself does not stand in the cache
    if cache.add(key, 1, PERIOD_SECONDS):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it ran out between the two calls
        return False
