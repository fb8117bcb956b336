"""The right place for somebody: neighbouring Jobcenters by name, and the bodies of the network."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from intake.neighbours import NEIGHBOURS
from network.people.models import Organisation
from network.people.selectors import partner_organisations


@dataclass(frozen=True)
class Place:
    """A body that may be responsible. `where`: for whom, of a neighbour; how to reach it, as far as it is known.

    `german` is the name that is written down, `name` the one in the reader's language.
    """

    key: str
    name: str
    german: str
    where: Any = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


def neighbours() -> list[Place]:
    """Jobcenters around: names only, numbers and addresses change and are found by the name."""
    return [Place(slugify(name), name, name, where) for where, name in NEIGHBOURS]


def bodies(office: Organisation) -> list[Place]:
    """Living bodies of the network, by name."""
    return sorted((_body(one) for one in partner_organisations(office)), key=lambda place: place.name)


def place_by_key(office: Organisation, key: str) -> Place | None:
    """One of them; None if there is no such place any more."""
    return next((place for place in (*neighbours(), *bodies(office)) if place.key == key), None)


def _body(one: Organisation) -> Place:
    town = f"{one.postal_code} {one.place}".strip()
    return Place(
        str(one.uuid),
        one.name,
        one.name_de or one.name,
        address="\n".join(part for part in (one.street, town) if part),
        phone=one.phone,
        email=one.email,
        website=one.website,
    )
