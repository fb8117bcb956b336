"""How rows come from one case to another one so that exactly that can be taken back.

Every change of a merge is an entry {"model", "was", "is", "keys"}: these rows had the columns `was` and have the
columns `is` since; `is` None: they were made by the merge. Taking it back touches only rows that still are as the merge
left them, so what somebody changed since stays.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from network.people.models import Membership

from .models import Case, Founder

Columns = Mapping[str, Any]


@dataclass
class Merging:
    """One merge by somebody, or without `by` a preview of one: `source` is emptied into `target`.

    `counts` says how many rows of which model ("app.Model") move, `twins` how many stay because the same is there
    already.
    """

    source: Case
    target: Case
    by: Membership | None = None  # None: a preview
    changes: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    twins: Counter[str] = field(default_factory=Counter)

    @property
    def is_preview(self) -> bool:
        """Whether rows are only counted."""
        return self.by is None

    @property
    def is_of_two_founders(self) -> bool:
        """Whether two rows stand for the person; one founder may have had two cases."""
        return self.source.founder_id != self.target.founder_id

    @property
    def founders(self) -> tuple[Founder, Founder]:
        """Whose rows are moved, and to whom."""
        return self.source.founder, self.target.founder

    def move(self, rows: models.QuerySet, was: Columns, now: Columns) -> None:
        """Give `rows`, all of which have the columns `was`, the columns `now`; columns of keys by their attname."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if not keys:
            return
        self.counts[rows.model._meta.label] += len(keys)
        self._note(rows.model, keys, was, now)
        if not self.is_preview:
            rows.model._base_manager.filter(pk__in=keys).update(**now)

    def move_of_case(self, rows: models.QuerySet) -> None:
        """Those of `rows` that belong to the case."""
        self.move(rows.filter(case=self.source), {"case_id": self.source.pk}, {"case_id": self.target.pk})

    def leave_twins(self, rows: models.QuerySet) -> None:
        """Count rows that stay with the empty case, because the same is in the other one already."""
        if number := rows.count():
            self.twins[rows.model._meta.label] += number

    def change(self, row: models.Model, **columns: Any) -> None:
        """Give one row other values, with its other columns as they are; what is the same is left out."""
        now = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if not now or self.is_preview:
            return
        self._note(type(row), [row.pk], {name: getattr(row, name) for name in now}, now)
        for name, value in now.items():
            setattr(row, name, value)
        type(row)._base_manager.filter(pk=row.pk).update(**now)

    def made(self, row: models.Model) -> None:
        """Remember a row that only the merge made."""
        self._note(type(row), [row.pk], {}, None)

    def keys_of(self, model: type[models.Model]) -> list[int]:
        """Which rows of `model` have moved so far."""
        label = model._meta.label
        return [key for entry in self.changes if entry["model"] == label for key in entry["keys"]]

    def _note(self, model: type[models.Model], keys: list[int], was: Columns, now: Columns | None) -> None:
        entry = {"model": model._meta.label, "was": _plain(was), "is": None if now is None else _plain(now)}
        self.changes.append({**entry, "keys": keys})


def take_back(changes: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Undo entries of a merge, the last one first; returns how many rows of which model are back."""
    back: Counter[str] = Counter()
    for entry in reversed(list(changes)):
        rows = apps.get_model(entry["model"])._base_manager.filter(pk__in=entry["keys"])
        if entry["is"] is None:
            rows.delete()
        else:
            back[entry["model"]] += rows.filter(**entry["is"]).update(**entry["was"])
    return back


def _plain(columns: Columns) -> dict[str, Any]:
    return {name: _as_json(value) for name, value in columns.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
