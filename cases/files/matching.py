"""Whether two records are about one person, and why: pure functions, weights as data (rule 9, ADR 27).

A score is the sum of what speaks for and against it. It only ever leads to a warning that a human reads. Whatever the
sum, `is_likely` wants a name that fits and something else than a date of birth or a language: a telephone, an address,
the town.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .enums import DatePrecision, MatchReason
from .sounds import alikeness, words_of

# Points for what two records have in common; where only one of them says something, there is neither for nor against.
FOR = {
    MatchReason.NAME_SAME: 4.0,
    MatchReason.NAME_ALIKE: 3.5,
    MatchReason.NAME_PART: 3.0,
    MatchReason.NAME_ONE: 1.5,
    MatchReason.EMAIL: 3.5,
    MatchReason.PHONE: 3.0,
    MatchReason.PHONE_SHARED: 2.0,
    MatchReason.TOWN: 1.0,
    MatchReason.LANGUAGE: 0.5,
    MatchReason.BORN_DAY: 2.0,
    MatchReason.BORN_SWAPPED: 1.5,
    MatchReason.BORN_MONTH: 1.0,
}
NAMES = (MatchReason.NAME_SAME, MatchReason.NAME_ALIKE, MatchReason.NAME_PART, MatchReason.NAME_ONE)
# One of them has to be there beside the name.
BESIDE_A_NAME = frozenset({MatchReason.EMAIL, MatchReason.PHONE, MatchReason.PHONE_SHARED, MatchReason.TOWN})
AGAINST = {"email": -0.5, "phone": -1.0, "town": -1.0, "language": -1.0, "born": -4.0}
SINGLE_WORD = -1.0  # both names have one word only: many people share it
THRESHOLD = 5.0  # found on one half of the labelled pairs (tests/cases/files/matching)

WORD_ALIKE = 0.835  # two words are spellings of one another
WORD_SAME = 0.95
NEW_YEAR = (1, 1)  # hundreds of thousands are registered with it: says nothing


@dataclass(frozen=True)
class Record:
    """What is compared of a person. `names` are spellings in any script; phone E.164; municipality and languages codes.

    `born_precision` is a DatePrecision; without one a date of birth is not looked at.
    """

    names: tuple[str, ...]
    phone: str = ""
    email: str = ""
    municipality: str = ""
    languages: frozenset[str] = field(default_factory=frozenset)
    born_on: date | None = None
    born_precision: str = ""
    is_phone_shared: bool = False


@dataclass(frozen=True)
class Match:
    """How much speaks for one person, and the reasons for it, the weightiest first."""

    score: float
    reasons: tuple[MatchReason, ...]

    @property
    def is_likely(self) -> bool:
        """Whether a human should look: enough points, and never a name with nothing but a birthday beside it."""
        found = set(self.reasons)
        return self.score >= THRESHOLD and not found.isdisjoint(NAMES) and not found.isdisjoint(BESIDE_A_NAME)


NOBODY_ALIKE = Match(0.0, ())


def compare(one: Record, other: Record) -> Match:
    """What speaks for `one` and `other` being one person. Names that differ end it: relatives share all the rest."""
    name, is_single = name_reason(one.names, other.names)
    if name is None:
        return NOBODY_ALIKE
    born, is_other = _born(one, other)
    found = [
        (name, SINGLE_WORD if is_single else 0.0),
        _told(one.email.lower(), other.email.lower(), MatchReason.EMAIL, "email"),
        _told(one.phone, other.phone, _phone_reason(one, other), "phone"),
        _told(one.municipality, other.municipality, MatchReason.TOWN, "town"),
        _spoken(one.languages, other.languages),
        (born, AGAINST["born"] if is_other else 0.0),
    ]
    reasons = sorted((reason for reason, _against in found if reason is not None), key=lambda reason: -FOR[reason])
    score = sum(FOR[reason] for reason in reasons) + sum(against for _reason, against in found)
    return Match(round(score, 2), tuple(reasons))


Told = tuple[MatchReason | None, float]


def _told(one: str, other: str, reason: MatchReason, against: str) -> Told:
    """(the reason if both are the same, what speaks against it if they differ); nothing where one is not known."""
    if not one or not other:
        return None, 0.0
    return (reason, 0.0) if one == other else (None, AGAINST[against])


def _spoken(ones: frozenset[str], others: frozenset[str]) -> Told:
    if not ones or not others:
        return None, 0.0
    return (MatchReason.LANGUAGE, 0.0) if ones & others else (None, AGAINST["language"])


def _phone_reason(one: Record, other: Record) -> MatchReason:
    return MatchReason.PHONE_SHARED if one.is_phone_shared or other.is_phone_shared else MatchReason.PHONE


def name_reason(ones: Iterable[str], others: Iterable[str]) -> tuple[MatchReason | None, bool]:
    """How well the best two spellings fit, and whether both are one word; (None, …) if no two do."""
    best: tuple[MatchReason | None, bool] = (None, False)
    other_words = [words for other in others if (words := words_of(other))]
    for one in ones:
        words = words_of(one)
        for against in other_words:
            found = _words_reason(words, against) if words else None
            if found is not None and (best[0] is None or FOR[found] > FOR[best[0]]):
                best = found, len(words) == len(against) == 1
    return best


def _words_reason(a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> MatchReason | None:
    """Each word of the shorter name needs one of its own in the longer name, in whatever order."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    likeness = sorted(
        ((_word(x, y), i, j) for i, x in enumerate(short) for j, y in enumerate(long)), key=lambda found: -found[0]
    )
    pairs: dict[int, tuple[int, float]] = {}
    for alike, i, j in likeness:
        if alike >= WORD_ALIKE and i not in pairs and j not in {place for place, _alike in pairs.values()}:
            pairs[i] = j, alike
    if len(pairs) < len(short):
        return None
    places = [pairs[i][0] for i in range(len(short))]
    if len(short) == len(long):
        same = all(alike >= WORD_SAME for _place, alike in pairs.values())
        return MatchReason.NAME_SAME if same else MatchReason.NAME_ALIKE
    if len(short) == 1:
        return MatchReason.NAME_ONE if places[0] in (0, len(long) - 1) else None
    # "Ahmad Khalil Haddad" is the son of "Khalil Haddad": what follows a first name that is missing.
    return MatchReason.NAME_PART if 0 in places else None


def _word(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return max(alikeness(x, y) for x in one for y in other)


def _born(one: Record, other: Record) -> tuple[MatchReason | None, bool]:
    """What two dates of birth say, and whether they contradict. 1 January and assumed days say nothing."""
    a, b = one.born_on, other.born_on
    known = (one.born_precision, other.born_precision)
    if a is None or b is None or "" in known or DatePrecision.ASSUMED in known:
        return None, False
    if (a.month, a.day) == NEW_YEAR or (b.month, b.day) == NEW_YEAR or DatePrecision.YEAR in known:
        return None, abs(a.year - b.year) > 1
    if known == (DatePrecision.DAY, DatePrecision.DAY):
        if a == b:
            return MatchReason.BORN_DAY, False
        is_swapped = a.year == b.year and (a.month, a.day) == (b.day, b.month)
        return (MatchReason.BORN_SWAPPED, False) if is_swapped else (None, True)
    is_same = (a.year, a.month) == (b.year, b.month)
    return (MatchReason.BORN_MONTH, False) if is_same else (None, True)
