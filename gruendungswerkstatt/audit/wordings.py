"""How the history words what an event only has as a key or a code; told by the rooms that know (in AppConfig.ready)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

# Names of rows by their keys, with one query; rows that are gone are left out.
Namer = Callable[[Collection[int]], Mapping[int, str]]
Keys = Mapping[type[models.Model], Collection[int]]


@dataclass(frozen=True)
class Part:
    """One entry of a column that holds many, as an enquiry's answers: its label and its value in words."""

    label: str
    words: str
    is_own_text: bool


Unpack = Callable[[Mapping[str, Any]], Mapping[str, Part]]

_namers: dict[type[models.Model], Namer] = {}
_codes: dict[tuple[str, str], Callable[[str], Any]] = {}
_unpackers: dict[tuple[str, str], Unpack] = {}


def name_rows(model: type[models.Model], namer: Namer) -> None:
    """Let columns that point to `model` be shown by what `namer` calls its rows."""
    _namers[model] = namer


def name_codes(kind: str, column: str, label: Callable[[str], Any]) -> None:
    """Let codes in `column` of rows of `kind` ("app.model") be shown by their label."""
    _codes[kind, column] = label


def unpack_column(kind: str, column: str, unpack: Unpack) -> None:
    """Let the JSON in `column` of rows of `kind` be shown entry by entry, in the order of `unpack`."""
    _unpackers[kind, column] = unpack


def is_named(model: type[models.Model] | None) -> bool:
    """Whether rows of `model` have a name that can be shown; whatever else is pointed to has a history of its own."""
    return model in _namers


def names_of(keys: Keys) -> dict[tuple[type[models.Model], int], str]:
    """Names of the rows that `keys` point to: one query for each model."""
    return {
        (model, key): name for model, wanted in keys.items() if wanted for key, name in _namers[model](wanted).items()
    }


def label_of_code(kind: str, column: str, value: Any) -> str:
    """The label of a code, or the value as it is where nobody knows it."""
    label = _codes.get((kind, column))
    return str(label(value) if label else value)


def parts_of(kind: str, column: str, value: Mapping[str, Any] | None) -> Mapping[str, Part] | None:
    """The entries of a column that holds many; None for any other column."""
    unpack = _unpackers.get((kind, column))
    return unpack(value or {}) if unpack else None
