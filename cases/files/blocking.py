"""Which founders a new enquiry is compared with at all: keys that two records of one person have in common.

A key joins how a name sounds with something else, so that neither a frequent name nor a shared telephone leads to
half of the office: a word of the name with the telephone, two words with the municipality, the e-mail address alone.
Kept as numbers: equal ones are found by an index, and nobody reads a telephone number from them.
"""

from collections.abc import Iterable
from hashlib import blake2b
from itertools import combinations

from .sounds import skeletons, words_of

MOST_KEYS = 60
MOST_WORDS_PAIRED = 4


def keys_of(names: Iterable[str], phone: str = "", email: str = "", municipality: str = "") -> set[int]:
    """The keys of a person with these spellings, E.164 number, address and municipality's code; at most MOST_KEYS."""
    found: dict[str, None] = {f"e|{email.lower()}": None} if email else {}
    for name in names:
        words = [sorted(skeletons(readings)) for readings in words_of(name)]
        if phone:
            found |= {f"p|{phone}|{bones}": None for word in words for bones in word}
        if municipality:
            found |= {f"t|{municipality}|{pair}": None for pair in _pairs(words)}
    return {_number(key) for key in list(found)[:MOST_KEYS]}


def _pairs(words: list[list[str]]) -> Iterable[str]:
    """Two words of a name each, in alphabetical order; of a long name its first ones and the last one."""
    paired = words if len(words) <= MOST_WORDS_PAIRED else [*words[: MOST_WORDS_PAIRED - 1], words[-1]]
    for one, other in combinations(paired, 2):
        for bones in one:
            for against in other:
                yield "+".join(sorted((bones, against)))


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
