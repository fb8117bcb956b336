"""Writing rows with COPY: one sheet per table, every column of the model filled."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql
from psycopg.types.json import Jsonb


class Sheet:
    """Collects rows of `model`. `given` names the fields every row brings, in order ("office" is "office_id").

    All others get their default. A field that has none, or one that must differ from row to row, has to be given:
    ValueError tells which.
    """

    def __init__(self, model: type[Model], *given: str):
        self.model = model
        self.rows: list[tuple] = []
        fields = {field.attname: field for field in model._meta.concrete_fields}
        fields.pop("id", None) if "id" not in given else None
        if unknown := set(given) - set(fields):
            raise ValueError(f"{model.__name__} has no {sorted(unknown)}")
        constants = {name: _constant(field) for name, field in fields.items() if name not in given}
        self._columns = [fields[name].column for name in (*given, *constants)]
        self._constants = tuple(constants.values())

    def add(self, *values: Any) -> None:
        """One more row, in the order of `given`; dicts stand for JSON."""
        self.rows.append(values)

    def write(self, cursor) -> None:
        """COPY all rows into the table. `cursor` is psycopg's."""
        constants = self._constants
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, self._columns))
        )
        with cursor.copy(statement) as copy:
            for row in self.rows:
                copy.write_row(row + constants)


def _constant(field: models.Field) -> Any:
    default = field.default
    if default is NOT_PROVIDED:
        if field.null:
            return None
        if field.empty_strings_allowed and field.blank:
            return ""
    elif default in (list, dict):
        return [] if default is list else Jsonb({})
    elif not callable(default):
        return default
    raise ValueError(f"{field.model.__name__}.{field.attname} has to be given")


def reserve(cursor, model: type[Model], amount: int) -> Sequence[int]:
    """Primary keys that nobody else will get."""
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [model._meta.db_table, amount],
    )
    return [key for (key,) in cursor.fetchall()]
