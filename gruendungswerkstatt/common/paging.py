"""Keyset pages: the next page starts after the last row that was shown, so page 500 costs what page 1 costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Ordering:
    """One named sort: `fields` as in order_by ("-opened_at", "id"); the last one is unique, none nullable."""

    code: str
    label: Any
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursors of its neighbours ("" where there is none)."""

    rows: Sequence[Any]
    newer: str
    older: str


def _signer(fields: Sequence[str]) -> Signer:
    """Cursors are signed for their sort: whatever else stands in the address never reaches the database."""
    return Signer(salt=f"paging:{','.join(fields)}")


def _encode(direction: str, row: Any, fields: Sequence[str]) -> str:
    values = [_plain(_follow(row, name.lstrip("-"))) for name in fields]
    return _signer(fields).sign_object([direction, *values])


def _follow(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat()


def _decode(cursor: str, fields: Sequence[str]) -> tuple[str, list[Any]] | None:
    """Direction and values of a cursor; None for anything that was not made here for this sort."""
    try:
        direction, *values = _signer(fields).unsign_object(cursor)
    except (BadSignature, UnicodeError):
        return None
    return direction, values


def _beyond(fields: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after `values` in the order of `fields`.

    The bound of the first field alone says no more, but lets PostgreSQL begin there in an index: with the alternatives
    only it would read all pages before this one.
    """
    condition = Q()
    equal = Q()
    for name, value in zip(fields, values, strict=True):
        field, descending = name.lstrip("-"), name.startswith("-")
        condition |= equal & Q(**{f"{field}__{'lt' if descending else 'gt'}": value})
        equal &= Q(**{field: value})
    first = fields[0]
    return Q(**{f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}": values[0]}) & condition


def _turned(fields: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in fields]


def paginate(queryset: QuerySet, ordering: Ordering, cursor: str = "", size: int = 50) -> Page:
    """One page of `queryset` with one query. A cursor that cannot be read shows the first page."""
    fields = ordering.fields
    decoded = _decode(cursor, fields) if cursor else None
    backwards = decoded is not None and decoded[0] == "newer"
    order = _turned(fields) if backwards else list(fields)
    page = queryset.order_by(*(F(n[1:]).desc() if n.startswith("-") else F(n).asc() for n in order))
    if decoded:
        page = page.filter(_beyond(order, decoded[1]))
    rows = list(page[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page(rows, "", "")
    return Page(
        rows=rows,
        newer=_encode("newer", rows[0], fields) if (more if backwards else decoded is not None) else "",
        older=_encode("older", rows[-1], fields) if (backwards or more) else "",
    )
