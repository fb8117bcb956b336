"""Labelled pairs for the matching: how they are made, kept and split. `README.md` beside it says why so.

`python -m tests.cases.files.matching.pairs` writes pairs.jsonl anew from names.txt; the same names give the same file.
"""

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cases.files.matching import Record

HERE = Path(__file__).parent
NAMES, PAIRS = HERE / "names.txt", HERE / "pairs.jsonl"
SEED = 27
PERSONS_EACH = 36
VARIANTS_EACH = 4
TOWNS = ("bergkamen", "boenen", "kamen", "luenen", "schwerte", "selm", "unna", "werne")
SPOKEN = {
    "ar": ("ar",), "kmr": ("kmr", "ar"), "ckb": ("ckb", "ar"), "fa": ("fa", "prs"), "tr": ("tr",), "uk": ("uk", "ru"),
    "ti": ("ti",),
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody invented. Names are places in `spellings`; `key` never changes and decides the half."""

    key: str
    people: str
    gender: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    town: str
    phone: str
    email: str
    born_on: date

    @property
    def half(self) -> str:
        """ "fit" or "held": by the person, so that nobody is in both."""
        return half_of(self.key)


def half_of(key: str) -> str:
    return ("fit", "held")[hashlib.sha256(key.encode()).digest()[0] % 2]


def spellings() -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """{(people, "m" | "f" | "s"): [spellings of a name]} of names.txt."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, *written = line.split("|")
            people, kind = head.split()
            found.setdefault((people, kind), []).append(tuple(written))
    return found


def persons(chance: random.Random) -> list[Person]:
    names = spellings()
    found, seen = [], set()
    for people in SPOKEN:
        made = 0
        while made < PERSONS_EACH:
            gender = chance.choice("mf")
            given, family = chance.choice(names[people, gender]), chance.choice(names[people, "s"])
            if (given[0], family[0]) in seen:
                continue
            seen.add((given[0], family[0]))
            made += 1
            number = len(found)
            born_on = date(chance.randrange(1962, 2005), chance.randrange(1, 13), chance.randrange(1, 28))
            found.append(
                Person(
                    f"{people}-{made:02}-{given[0]}-{family[0]}",
                    people,
                    gender,
                    given,
                    family,
                    chance.choice(TOWNS),
                    f"+49171392{number:04}",
                    f"person{number}@example.org",
                    born_on.replace(month=1, day=1) if chance.random() < 0.3 else born_on,
                )
            )
    return found


def written(chance: random.Random, person: Person, *, as_own: bool = False) -> str:
    """The name as one clerk or telephone writes it."""
    if as_own:
        return f"{person.given[0]} {person.family[0]}"
    in_own = chance.random() < 0.25
    given = person.given[0] if in_own else chance.choice(person.given[1:])
    family = person.family[0] if in_own else chance.choice(person.family[1:])
    return f"{family} {given}" if chance.random() < 0.12 else f"{given} {family}"


def record(chance: random.Random, person: Person, *, name: str = "", is_file: bool) -> Record:
    """What an enquiry (no date of birth, never asked) or a file (sometimes one) knows of a person."""
    has_phone, has_email = chance.random() < 0.9, chance.random() < 0.35
    has_birth = is_file and chance.random() < 0.6
    return Record(
        names=(name or written(chance, person),),
        phone=person.phone if has_phone or not has_email else "",
        email=person.email if has_email else "",
        municipality=person.town,
        languages=frozenset(chance.sample(SPOKEN[person.people], chance.randrange(1, len(SPOKEN[person.people]) + 1)))
        | (frozenset({"de"}) if chance.random() < 0.3 else frozenset()),
        born_on=person.born_on if has_birth else None,
        born_precision="day" if has_birth else "",
        is_phone_shared=chance.random() < 0.15,
    )


def swapped(day: date) -> date:
    return day.replace(day=day.month, month=day.day) if day.day <= 12 else day


def same(chance: random.Random, person: Person) -> Iterator[tuple[str, Record, Record]]:
    """(kind, one, other): pairs about `person`."""
    for number in range(VARIANTS_EACH):
        kind = chance.choices(
            ("spelling", "script", "new phone", "moved", "one name", "born twice"), (40, 20, 12, 8, 8, 12)
        )[0]
        one = record(chance, person, is_file=False)
        other = record(chance, person, is_file=True)
        if kind == "script":
            one = replace(one, names=(written(chance, person, as_own=True),))
        elif kind == "new phone":
            one = replace(one, phone=f"+4917139{50000 + number:05}", email=person.email)
            other = replace(other, email=person.email if chance.random() < 0.7 else "")
        elif kind == "moved":
            one = replace(one, municipality=chance.choice(TOWNS), phone=person.phone)
            other = replace(other, phone=person.phone)
        elif kind == "one name":
            one = replace(one, names=(chance.choice(person.given),), phone=person.phone)
            other = replace(other, phone=person.phone)
        elif kind == "born twice":  # two files of one office
            one = replace(one, born_on=swapped(person.born_on), born_precision="day")
            other = replace(other, born_on=person.born_on, born_precision="day")
        yield kind, one, other


def different(chance: random.Random, person: Person, others: list[Person]) -> Iterator[tuple[str, Record, Record]]:
    """Hard negatives: what a family, a shelter and an office's calendar make alike. `others` are of the same half."""
    names = spellings()
    gender = chance.choice("mf")
    given = chance.choice([name for name in names[person.people, gender] if name != person.given])
    sibling = replace(
        person, given=given, gender=gender, email=f"kin-{person.email}",
        born_on=person.born_on.replace(year=person.born_on.year + chance.choice((-5, -3, 2, 4))),
    )  # fmt: skip
    file = record(chance, person, is_file=True)
    kin = record(chance, sibling, is_file=False)
    yield "sibling, shared phone", replace(kin, phone=person.phone), replace(file, phone=person.phone)
    twin = replace(sibling, born_on=person.born_on)
    yield (
        "twin, shared phone and e-mail",
        *(
            replace(one, phone=person.phone, email=person.email, born_on=person.born_on, born_precision="day")
            for one in (record(chance, twin, is_file=True), file)
        ),
    )
    neighbour = chance.choice([p for p in others if p.people == person.people and p.given != person.given])
    yield (
        "shelter, shared phone",
        *(
            replace(one, phone=person.phone, municipality=person.town, is_phone_shared=chance.random() < 0.5)
            for one in (record(chance, neighbour, is_file=False), file)
        ),
    )
    new_year = date(person.born_on.year, 1, 1)
    yield (
        "1 January",
        *(
            replace(one, municipality=person.town, born_on=new_year, born_precision="day")
            for one in (record(chance, neighbour, is_file=True), file)
        ),
    )
    namesake = replace(
        person, town=chance.choice([town for town in TOWNS if town != person.town]),
        phone=f"+49160{hash_of(person):07}",
        email=f"other-{person.email}", born_on=date(2005 - (person.born_on.year - 1962), 5, 17),
    )  # fmt: skip
    yield "namesake elsewhere", record(chance, namesake, is_file=False), replace(file, phone=person.phone)
    nearby = replace(namesake, town=person.town)
    yield "namesake in town", record(chance, nearby, is_file=False), replace(file, phone=person.phone)
    father = f"{person.given[1]} {person.family[1]}"
    son = f"{given[1]} {person.given[1]} {person.family[1]}"
    yield (
        "father and child",
        *(
            replace(one, names=(name,), phone=person.phone, municipality=person.town, is_phone_shared=True)
            for one, name in ((kin, son), (replace(file, born_on=None, born_precision=""), father))
        ),
    )


def hash_of(person: Person) -> int:
    return int.from_bytes(hashlib.sha256(person.key.encode()).digest()[:3], "big") % 10_000_000


def make() -> Iterator[dict]:
    """All pairs as rows of the file."""
    chance = random.Random(SEED)
    everybody = persons(chance)
    for person in everybody:
        for kind, one, other in same(chance, person):
            yield as_row(person, kind, True, one, other)
        others = [other for other in everybody if other.half == person.half]
        for kind, one, other in different(chance, person, others):
            if chance.random() < 0.6:
                yield as_row(person, kind, False, one, other)


def as_row(person: Person, kind: str, is_same: bool, one: Record, other: Record) -> dict:
    return {"person": person.key, "kind": kind, "same": is_same, "one": _plain(one), "other": _plain(other)}


def _plain(record: Record) -> dict:
    values = {**vars(record), "names": list(record.names), "languages": sorted(record.languages)}
    values["born_on"] = record.born_on.isoformat() if record.born_on else None
    return {key: value for key, value in values.items() if value}


def _record(plain: dict) -> Record:
    born_on = plain.get("born_on")
    values = {**plain, "names": tuple(plain["names"]), "languages": frozenset(plain.get("languages", ()))}
    return Record(**values | {"born_on": date.fromisoformat(born_on) if born_on else None})


@dataclass(frozen=True)
class Pair:
    half: str
    kind: str
    is_same: bool
    one: Record
    other: Record


def lines() -> Iterator[str]:
    """The file as it is made."""
    return (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in make())


def load() -> list[Pair]:
    """The pairs of the file."""
    rows = map(json.loads, PAIRS.read_text(encoding="utf-8").splitlines())
    return [
        Pair(half_of(row["person"]), row["kind"], row["same"], _record(row["one"]), _record(row["other"]))
        for row in rows
    ]


if __name__ == "__main__":
    PAIRS.write_text("\n".join(lines()) + "\n", encoding="utf-8")
