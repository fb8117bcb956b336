"""How often a founder's code and PIN may be tried, and enquiries be begun (common.limits).

A code of 40 bits is not guessed at a few tries a minute, nor while the cache does not answer and nothing is counted. A
PIN is short: it is counted before it is compared, from everywhere together too, and not compared at all while nothing
can be counted.
"""

import uuid
from collections.abc import Iterable

from gruendungswerkstatt.common.limits import DAY, HOUR, MINUTE, Paused, Tries, key

__all__ = ["Paused", "Tries", "at_beginning", "at_code", "at_lost_code", "at_pin", "claim", "give_back"]

MOST = 10
PAUSE_SECONDS = 15 * MINUTE
BEGINNINGS = 100
LOST_CODES = 20
PIN_MOST_HERE = 5
# From whatever addresses: with the fewest digits a PIN may have, 50 tries a day find it after months, not nights.
PIN_MOST_AN_HOUR = 20
PIN_MOST_A_DAY = 50


def at_beginning(address: str) -> Tries:
    """New enquiries and wishes to be called from `address`: more than a full shelter or workshop sends."""
    return Tries(key("beginning", address), BEGINNINGS, 10 * MINUTE)


def at_code(reference: str, address: str) -> Tries:
    """Tries at the code of `reference` from `address`."""
    return Tries(key("code", reference, address), MOST, PAUSE_SECONDS)


def at_lost_code(address: str) -> Tries:
    """Wishes from `address` to be called about a lost code: more than a shelter has, too few to go through numbers."""
    return Tries(key("lost code", address), LOST_CODES, HOUR)


def at_pin(submission_uuid: uuid.UUID, pin_hash: str, address: str) -> tuple[Tries, ...]:
    """Tries at the PIN of a submission, from `address` and from everywhere. A new PIN starts new counts."""
    pin = f"{submission_uuid}:{pin_hash}"
    return (
        Tries(key("pin here", pin, address), PIN_MOST_HERE, 15 * MINUTE),
        Tries(key("pin an hour", pin), PIN_MOST_AN_HOUR, HOUR),
        Tries(key("pin a day", pin), PIN_MOST_A_DAY, DAY),
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
