"""Keys that leave the house: UUIDv7, ordered by time and not to be guessed."""

import uuid

from uuid_utils.compat import uuid7


def new_uuid() -> uuid.UUID:
    """A new UUID version 7 (RFC 9562)."""
    return uuid7()
