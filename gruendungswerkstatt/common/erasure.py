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
            forget_history(rows.model, keys)


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


def forget_history(model: type[models.Model], keys: Iterable[int]) -> int:
    """Delete the history of rows of `model`, if it keeps one. Returns how many events.

    Belongs after the deletion of the rows, which writes history itself.
    """
    events = set(getattr(model, "pgh_event_models", {}).values())
    found = list(keys)
    return sum(event.objects.filter(pgh_obj__in=found).delete()[0] for event in events)
