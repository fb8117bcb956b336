"""Erasing: which rooms take part, in which order, and how a row goes together with its history (Art. 17 GDPR).

A room that holds something about people registers one function in `AppConfig.ready`. Apps are listed from the ground
up, erasing goes the other way round: each room deletes its own rows and leaves the uuids of what it deleted to the
rooms below, which know their subjects by uuid only (messages, who looked, form tokens).
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction

from . import history


@dataclass
class Erasure:
    """One erasing under way: the rows it is about, and what has gone so far.

    `uuids` are those of the deleted rows, `counts` says how many rows of which model went. With `is_dry_run` rooms
    go the same way and nothing is deleted.
    """

    is_dry_run: bool = False
    uuids: set[uuid.UUID] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    _keys: dict[type[models.Model], set[int]] = field(default_factory=dict)

    def include(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Rows of `model` that are to go, with everything that hangs on them."""
        self._keys.setdefault(model, set()).update(keys)

    def keys(self, model: type[models.Model]) -> set[int]:
        """Which rows of `model` are to go."""
        return self._keys.get(model, set())

    def delete(self, rows: models.QuerySet) -> None:
        """Delete `rows` with their history; rooms below learn their uuids."""
        has_uuid = any(column.name == "uuid" for column in rows.model._meta.fields)
        found = list(rows.values_list("pk", "uuid" if has_uuid else "pk"))
        if not found:
            return
        keys = [key for key, _uuid in found]
        if has_uuid:
            self.uuids.update(row_uuid for _key, row_uuid in found)
        self.counts[rows.model._meta.model_name] += len(keys)
        if not self.is_dry_run:
            rows.model._base_manager.filter(pk__in=keys).delete()
        self.forget(rows.model, keys)

    def forget(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Delete the history of rows of `model`; rooms below learn the uuids of what only the history still told of."""
        if not self.is_dry_run:
            self.uuids.update(forget_history(model, keys))


Eraser = Callable[[Erasure], None]

_rooms: dict[str, Eraser] = {}


def register(room: str, eraser: Eraser) -> None:
    """Let `room` (an app's label) take part. Raises ValueError if it does already."""
    if room in _rooms:
        raise ValueError(f"Room {room!r} erases already")
    _rooms[room] = eraser


def rooms() -> list[str]:
    """Labels of the rooms that erase, the uppermost first."""
    ground_up = [config.label for config in apps.get_app_configs() if config.label in _rooms]
    return ground_up[::-1]


def carry_out(erasure: Erasure) -> Counter[str]:
    """Let every room erase, in one transaction. Returns how many rows of which model went."""
    with transaction.atomic():
        for room in rooms():
            _rooms[room](erasure)
    return erasure.counts


def forget_history(model: type[models.Model], keys: Iterable[int]) -> set[uuid.UUID]:
    """Delete the history of rows of `model`, and of what belonged to them or they to and was deleted long before.

    Belongs after the deletion of the rows, which writes history itself. Returns the uuids that the history held.
    """
    uuids: set[uuid.UUID] = set()
    forgotten: dict[type[models.Model], set[int]] = {}
    waiting = [(model, set(keys))]
    while waiting:
        owner, gone = waiting.pop()
        forgotten.setdefault(owner, set()).update(gone)
        for event, column in history.leading_to(owner):
            events = event.objects.filter(**{f"{column}__in": gone})
            found = _told_by(event, events)
            events.delete()
            uuids |= found.pop("uuid", set())
            for tracked, told in found.items():
                if new := _deleted(tracked, told - forgotten.get(tracked, set())):
                    waiting.append((tracked, new))
    return uuids


def _told_by(event: type[history.Event], events: models.QuerySet) -> dict[type[models.Model] | str, set]:
    """Keys of the rows that `events` are about or name as their owners, by model, and their uuids."""
    columns = history.owners_in(event) | {"pgh_obj": event.pgh_tracked_model}
    if any(field.name == "uuid" for field in history.kept_fields(event)):
        columns["uuid"] = "uuid"
    values = list(events.values_list(*columns).distinct())
    told = zip(columns.values(), zip(*values, strict=True), strict=True) if values else ()
    return {what: {value for value in column if value is not None} for what, column in told}


def _deleted(model: type[models.Model], keys: set[int]) -> set[int]:
    """Those of `keys` that have no row. What is still there belongs to somebody else by now, and keeps its history."""
    return keys - set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
