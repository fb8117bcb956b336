"""Rows of other tables as a JSON column of a case, for a page that only shows them: no query of their own."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Func, Model, QuerySet
from django.db.models.functions import JSONObject

Row = TypeVar("Row", bound=Model)


def column(rows: QuerySet, fields: Iterable[str], **others: str | Func) -> ArraySubquery:
    """`rows` (ordered, of one case by OuterRef) with `fields`, and `others` by the path to where they stand."""
    paths = {name: name for name in fields} | others
    return ArraySubquery(
        rows.values(data=JSONObject(**{name: F(p) if isinstance(p, str) else p for name, p in paths.items()}))
    )


def read(model: type[Row], columns: Iterable[dict[str, Any]]) -> list[Row]:
    """What `column` gave as objects of `model`. They hold what was asked for and are not to be saved."""
    return [_object(model, data) for data in columns]


def _object(model: type[Row], data: dict[str, Any]) -> Row:
    values, others = {}, {}
    for name, value in data.items():
        try:
            values[name] = model._meta.get_field(name).to_python(value)
        except FieldDoesNotExist:
            others[name] = value
    row = model(**values)
    for name, value in others.items():
        setattr(row, name, value)
    return row
