"""History of changes: which models keep one, and what a row of it holds (docs/adr/0008-history.md).

A model is tracked with one line, `@history.track()` above the class, or `history.track()(Model)` in `translation.py`
below its `@register`, where modeltranslation has added the language columns. From then on PostgreSQL itself writes a
row into the model's event table for every row that is inserted, changed or deleted, whoever does it and however.
"""

from collections.abc import Callable, Collection
from functools import reduce
from operator import or_
from typing import Any

import pghistory
import pghistory.models
import pghistory.trigger
import pgtrigger
import psycopg
from django.apps import apps
from django.db import models

# A version says nothing that the other columns do not say.
NEVER_KEPT = frozenset({"version"})
# Columns that say whose a row is: erasing the owner takes the row's history along, also where the row went before.
OWNERS = ("case", "founder", "submission")


class Event(pghistory.models.Event):
    """A row as it was after an insert or a change, or before it was deleted.

    `pgh_before` holds the earlier values of those columns that a change touched, so that every event can be read
    alone. `pgh_context` says who, where or which task; events of one request share `pgh_context_id`.
    """

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_before = models.JSONField(null=True)

    class Meta:
        abstract = True


class _Trigger(pghistory.trigger.Event):
    """Writes the events of a whole statement with one INSERT.

    pghistory's own trigger for statements also writes every context into a table of its own, which has no office and
    would outlive the events when a person is erased; and it keeps no earlier values.
    """

    def get_func(self, model: type[models.Model]) -> pgtrigger.Func:
        row = "old_values" if self.row == pghistory.Old else "new_values"
        values = {field.column: f'{row}."{field.column}"' for field in kept_fields(self.event_model)}
        values |= {
            "pgh_obj_id": f'{row}."{model._meta.pk.column}"',
            "pgh_created_at": "CLOCK_TIMESTAMP()",  # NOW() would be the same for a whole transaction
            "pgh_label": f"'{self.label}'",
            "pgh_context": "NULLIF(CURRENT_SETTING('pghistory.context_metadata', TRUE), '')::JSONB",
            "pgh_context_id": "NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), '')::UUID",
        }
        source = f"cond_{row}"
        if self.label == _Changed.label:
            source = "cond_joined_values"
            values["pgh_before"] = _before(kept_fields(self.event_model))
        columns = ", ".join(f'"{column}"' for column in values)
        return pgtrigger.Func(
            f'INSERT INTO "{self.event_model._meta.db_table}" ({columns}) '  # noqa: S608 (names come from models)
            f"SELECT {', '.join(values.values())} FROM {{{source}}}; RETURN NULL;"
        )


def _before(fields: Collection[models.Field]) -> str:
    """SQL for the earlier values of those columns that differ, as an object."""
    kept = ", ".join(f"'{field.column}'" for field in fields)
    return (
        "(SELECT jsonb_object_agg(before.key, before.value) "  # noqa: S608 (names come from models)
        "FROM jsonb_each(to_jsonb(old_values)) AS before "
        "JOIN jsonb_each(to_jsonb(new_values)) AS after ON after.key = before.key "
        f"WHERE before.value IS DISTINCT FROM after.value AND before.key IN ({kept}))"
    )


class _StatementEvent(pghistory.RowEvent):
    level = pgtrigger.Statement

    def add_event_trigger(self, event_model: type[Event]) -> None:
        trigger = _Trigger(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=self.level,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class _Inserted(_StatementEvent, pghistory.InsertEvent):
    pass


class _Changed(_StatementEvent, pghistory.UpdateEvent):
    pass


class _Began(_StatementEvent, pghistory.UpdateEvent):
    """A change that makes a row one to be kept: what it was before is nobody's business."""

    label = "begin"


class _Deleted(_StatementEvent, pghistory.DeleteEvent):
    pass


def track(*, exclude: Collection[str] = (), unless: dict[str, Any] | None = None) -> Callable[[type], type]:
    """Keep the history of a model: a decorator for the class, or `track()(Model)` where it is complete.

    `exclude` names secrets and what is derived from other columns: never kept, and no event if nothing else changed.
    A row with the values of `unless` has no history; the change that takes it out of them is its first event, without
    earlier values. ValueError if the model has no such fields.
    """

    def decorate(model: type[models.Model]) -> type[models.Model]:
        pk = model._meta.pk.name
        names = [f.name for f in model._meta.concrete_fields]
        kept = [name for name in names if name != pk and name not in {*exclude, *NEVER_KEPT}]
        if unknown := {*exclude, *(unless or ())} - set(names):
            raise ValueError(f"{model.__name__} has no {sorted(unknown)}")
        pghistory.create_event_model(
            model,
            *_trackers(kept, unless),
            fields=kept,
            model_name=f"{model.__name__}Event",
            base_model=Event,
            obj_field=pghistory.ObjForeignKey(related_name="+"),
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            meta={"indexes": _indexes(kept)},
            abstract=False,
        )
        return model

    return decorate


def _trackers(kept: list[str], unless: dict[str, Any] | None) -> list[pghistory.Tracker]:
    changed = reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in kept))
    if not unless:
        return [_Inserted(), _Changed(condition=changed), _Deleted()]
    old = ~pgtrigger.Q(**{f"old__{name}": value for name, value in unless.items()})
    new = ~pgtrigger.Q(**{f"new__{name}": value for name, value in unless.items()})
    return [
        _Inserted(condition=new),
        _Began(condition=~old & new),
        _Changed(condition=old & new & changed),
        _Deleted(condition=old),
    ]


def _indexes(kept: list[str]) -> list[models.Index]:
    """What the viewer and erasure look for: one row's history, an office's newest events, all of one file."""
    by_office = ["office"] if "office" in kept else []
    return [
        models.Index(fields=["pgh_obj", "pgh_id"]),
        models.Index(fields=[*by_office, "-pgh_created_at", "-pgh_id"]),
        *(models.Index(fields=[owner]) for owner in OWNERS if owner in kept),
    ]


def kept_fields(event_model: type[Event]) -> list[models.Field]:
    """Columns of the tracked row that its events keep."""
    return [field for field in event_model._meta.concrete_fields if not field.name.startswith("pgh_")]


def event_models() -> list[type[Event]]:
    """Every event table's model."""
    return [model for model in apps.get_models() if issubclass(model, Event)]


def owners_in(event_model: type[Event]) -> dict[str, type[models.Model]]:
    """The columns of OWNERS that events of this table have, with the models they point to."""
    return {field.name: field.related_model for field in kept_fields(event_model) if field.name in OWNERS}


def leading_to(model: type[models.Model]) -> list[tuple[type[Event], str]]:
    """Event tables that tell of rows of `model` or of what belongs to them, each with the column that says so."""
    found = []
    for event in event_models():
        found += [(event, "pgh_obj")] if event.pgh_tracked_model is model else []
        found += [(event, column) for column, owner in owners_in(event).items() if owner is model]
    return found


def silence(connection: psycopg.Connection) -> None:
    """Let what is written through `connection` leave no events until it is closed; for invented rows only."""
    names = [trigger.get_pgid(model) for model, trigger in pgtrigger.registered() if isinstance(trigger, _Trigger)]
    connection.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [f"{{{','.join(names)}}}"])
