"""Addresses of many rows: one is made for each name, and filled with the UUIDs of every row."""

from functools import lru_cache
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language


def row_url(name: str, *uuids: UUID) -> str:
    """As `reverse(name, args=uuids)`, for a tenth of the cost. `name` takes nothing but UUIDs."""
    address = _address(name, len(uuids), get_language(), get_urlconf(), get_script_prefix())
    return address % tuple(map(str, uuids))


@lru_cache(maxsize=512)
def _address(name: str, count: int, *_where: str | None) -> str:
    """The address with %s in place of UUIDs. What it depends on besides the name only keeps the kept ones apart."""
    places = [UUID(int=number) for number in range(count)]
    address = reverse(name, args=places).replace("%", "%%")
    for place in places:
        address = address.replace(str(place), "%s")
    return address
