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
    """`kind` as in `kinds()`, "" for all; `file` one person's; days of the office's calendar, both inside."""

    kind: str = ""
    file: File | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Changes:
    """A page of changes and the cursors for `pagination` ("" where there is no further page)."""

    rows: list[Change]
    older: str = ""
    newer: str = ""


def kinds() -> dict[str, type[Event]]:
    """Every kind of row that has a history, by its code in addresses."""
    return {model.pgh_tracked_model._meta.label_lower: model for model in event_models()}


def changes_of(office: Organisation, filters: Filters, cursor: str = "", size: int = PAGE_SIZE) -> Changes:
    """One page of the office's changes, at most two queries. A cursor that cannot be read shows the newest."""
    after = _read(cursor)
    parts = [_part(code, model, office, filters, after)[: size + 1] for code, model in _wanted(filters)]
    if not parts:
        return Changes([])
    first, *others = parts
    # A single query may not be ordered again after it was cut; a union has to be.
    union = first.union(*others, all=True).order_by("-pgh_created_at", "-pgh_kind", "-pgh_id") if others else first
    found = [_change(*row) for row in union[: size + 1]]
    rows = found[:size]
    older = _write(rows[-1]) if len(found) > size else ""
    return Changes(_named(office, rows), older)


def _wanted(filters: Filters) -> Iterator[tuple[str, type[Event]]]:
    for code, model in kinds().items():
        if filters.kind in ("", code) and (filters.file is None or heart_of(model)):
            yield code, model


def _part(code: str, model: type[Event], office: Organisation, filters: Filters, after: tuple | None) -> QuerySet:
    """Events of one table in the order of the page, as tuples that all tables share."""
    # Columns of a union have to be the same in every part, and no table may have them as its own.
    return (
        QuerySet(model)
        .filter(_of_office(model, office), _inside(model, filters), _beyond(code, after))
        .annotate(pgh_kind=Value(code), pgh_after=_columns(model))
        .order_by("-pgh_created_at", "-pgh_id")
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


def _beyond(code: str, after: tuple | None) -> Q:
    """What comes after the last change of the page before: (moment, kind, key), all descending."""
    if after is None:
        return Q()
    at, kind, key = after
    if code < kind:
        return Q(pgh_created_at__lte=at)
    if code > kind:
        return Q(pgh_created_at__lt=at)
    return Q(pgh_created_at__lt=at) | Q(pgh_created_at=at, pgh_id__lt=key)


def _write(change: Change) -> str:
    return _signer.sign_object([change.at.isoformat(), change.model.pgh_tracked_model._meta.label_lower, change.pgh_id])


def _read(cursor: str) -> tuple[datetime, str, int] | None:
    try:
        at, kind, key = _signer.unsign_object(cursor)
    except (BadSignature, UnicodeError):
        return None
    return datetime.fromisoformat(at), kind, key


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
