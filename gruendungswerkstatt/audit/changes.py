"""The events an office may look at, newest first, from all event tables with one query."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.history import Event, event_models, kept_fields
from network.people.models import Membership, Organisation, User

from .files import File, heart_of, registered

PAGE_SIZE = 30
COLUMNS = (
    *("pgh_kind", "pgh_id", "pgh_obj_id", "pgh_created_at"),
    *("pgh_label", "pgh_before", "pgh_context", "pgh_after"),
)
_signer = Signer(salt="audit.changes")


@dataclass(frozen=True)
class Change:
    """One event. `after` are the row's columns, `before` those that were different, None if there was no before."""

    model: type[Event]
    pgh_id: int
    row_id: int
    at: datetime
    label: str  # insert, begin, update, delete
    before: dict[str, Any] | None
    context: dict[str, Any]
    after: dict[str, Any]
    reference: str = ""  # of the file it belongs to


@dataclass(frozen=True)
class Filters:
    """`kind` as in `kinds()`, "" for all of `among`; `file` one person's; days of the office's calendar, both inside.

    `among` are the only kinds that the reader may see, None: every one.
    """

    kind: str = ""
    among: frozenset[str] | None = None
    file: File | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Changes:
    """A page of changes and the cursors for `pagination` ("" where there is no further page)."""

    rows: list[Change]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page begins: beside the event `key` of `kind`, towards "older" or "newer" ones."""

    direction: str
    at: datetime
    kind: str
    key: int


def kinds() -> dict[str, type[Event]]:
    """Every kind of row that has a history, by its code in addresses."""
    return {model.pgh_tracked_model._meta.label_lower: model for model in event_models()}


def changes_of(office: Organisation, filters: Filters, cursor: str = "", size: int = PAGE_SIZE) -> Changes:
    """One page of the office's changes, at most two queries. A cursor that cannot be read shows the newest."""
    place = _read(cursor)
    backwards = place is not None and place.direction == "newer"
    parts = [_part(code, model, office, filters, place)[: size + 1] for code, model in _wanted(filters)]
    if not parts:
        return Changes([])
    first, *others = parts
    sign = "" if backwards else "-"
    # A single query may not be ordered again after it was cut; a union has to be.
    order = [f"{sign}{column}" for column in ("pgh_created_at", "pgh_kind", "pgh_id")]
    union = first.union(*others, all=True).order_by(*order) if others else first
    found = [_change(*row) for row in union[: size + 1]]
    rows, more = found[:size], len(found) > size
    if backwards:
        rows.reverse()
    if not rows:
        return Changes([])
    return Changes(
        _named(office, rows),
        older=_write("older", rows[-1]) if backwards or more else "",
        newer=_write("newer", rows[0]) if (more if backwards else place) else "",
    )


def _wanted(filters: Filters) -> Iterator[tuple[str, type[Event]]]:
    for code, model in kinds().items():
        may_be_seen = filters.among is None or code in filters.among
        if may_be_seen and filters.kind in ("", code) and (filters.file is None or heart_of(model)):
            yield code, model


def _part(code: str, model: type[Event], office: Organisation, filters: Filters, place: Place | None) -> QuerySet:
    """Events of one table in the order of the page, as tuples that all tables share."""
    sign = "" if place and place.direction == "newer" else "-"
    # Columns of a union have to be the same in every part, and no table may have them as its own.
    return (
        QuerySet(model)
        .filter(_of_office(model, office), _inside(model, filters), _beyond(code, place))
        .annotate(pgh_kind=Value(code), pgh_after=_columns(model))
        .order_by(f"{sign}pgh_created_at", f"{sign}pgh_id")
        .values_list(*COLUMNS)
    )


def _columns(model: type[Event]) -> JSONObject:
    return JSONObject(**{field.column: F(field.attname) for field in kept_fields(model)})


def _of_office(model: type[Event], office: Organisation) -> Q:
    """Rows of the office; its members and they as persons; of the shared directory all."""
    fields = {field.name for field in model._meta.concrete_fields}
    if "office" in fields:
        return Q(office=office)
    if model.pgh_tracked_model is Membership:
        return Q(organisation=office)
    if model.pgh_tracked_model is User:
        return Q(pgh_obj__in=Membership.objects.filter(organisation=office).values("user"))
    return Q()


def _inside(model: type[Event], filters: Filters) -> Q:
    condition = Q()
    if filters.file:
        column, heart = heart_of(model)
        condition &= Q(**{f"{column}__in": filters.file.keys.get(heart, ())})
    if filters.since:
        condition &= Q(pgh_created_at__gte=clock.at(filters.since, 0))
    if filters.until:
        condition &= Q(pgh_created_at__lt=clock.at(filters.until + timedelta(days=1), 0))
    return condition


def _beyond(code: str, place: Place | None) -> Q:
    """What comes after `place` in its direction, by moment, kind, key."""
    if place is None:
        return Q()
    beyond = "gt" if place.direction == "newer" else "lt"
    same_moment = Q(pgh_created_at=place.at)
    if code == place.kind:
        same_moment &= Q(**{f"pgh_id__{beyond}": place.key})
    elif (code > place.kind) is not (beyond == "gt"):
        return Q(**{f"pgh_created_at__{beyond}": place.at})
    return Q(**{f"pgh_created_at__{beyond}": place.at}) | same_moment


def _write(direction: str, change: Change) -> str:
    kind = change.model.pgh_tracked_model._meta.label_lower
    return _signer.sign_object([direction, change.at.isoformat(), kind, change.pgh_id])


def _read(cursor: str) -> Place | None:
    try:
        direction, at, kind, key = _signer.unsign_object(cursor)
    except (BadSignature, UnicodeError):
        return None
    return Place(direction, datetime.fromisoformat(at), kind, key)


def _change(kind: str, pgh_id: int, row_id: int, at: datetime, label: str, before, context, after) -> Change:
    return Change(kinds()[kind], pgh_id, row_id, at, label, before, context or {}, after)


def _named(office: Organisation, rows: list[Change]) -> list[Change]:
    """The changes with the reference number of the file they belong to."""
    keys: dict = {heart: set() for heart in registered().hearts}
    for row in rows:
        if found := _heart_key(row):
            keys[found[0]].add(found[1])
    references = registered().references(office, keys)
    return [replace(row, reference=references.get(_heart_key(row), "")) for row in rows]


def _heart_key(change: Change) -> tuple[type, int] | None:
    found = heart_of(change.model)
    if found is None:
        return None
    column, heart = found
    return heart, change.row_id if column == "pgh_obj" else change.after[f"{column}_id"]
