"""Changes as people read them: who, when, where, and before → after of every column in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from gruendungswerkstatt.common.dates import day_short, moment_words
from network.people.enums import Role
from network.people.models import User

from . import wordings
from .changes import Change
from .files import personal_models
from .labels import TITLES, kind_label, shown_fields

ACTIONS = {
    "insert": gettext_lazy("Created"),
    "begin": gettext_lazy("Sent in"),
    "update": gettext_lazy("Changed"),
    "delete": gettext_lazy("Deleted"),
}
INTERFACE_LANGUAGES = frozenset({"language", "notice_language"})  # columns with a code of settings.LANGUAGES


@dataclass(frozen=True)
class Line:
    """One column: what it is called, what stood there, what stands there now. "" is nothing."""

    label: str
    before: str
    after: str
    is_own_text: bool  # somebody's words: shown in their direction, not translated


@dataclass(frozen=True)
class Row:
    """One change. `title` tells which row it was where that is no person's; `names` are the labels of what was touched.

    `lines` are empty where values are not shown.
    """

    kind: Any
    title: str
    action: Any
    label: str
    at: datetime
    who: str
    role: str
    where: str
    reference: str
    names: list[str]
    lines: list[Line]
    has_before: bool


def rows_of(changes: Iterable[Change], *, is_file: bool) -> list[Row]:
    """Changes for the page. What belongs to a person is shown with its values in that person's file only."""
    found = list(changes)
    names = _names_for(found)
    hidden = set() if is_file else personal_models()
    return [_row(change, names, shows_values=change.model not in hidden) for change in found]


def _row(change: Change, names: dict, *, shows_values: bool) -> Row:
    touched = [pair for pair in shown_fields(change.model) if _is_touched(change, pair[0])]
    context = change.context
    return Row(
        kind=kind_label(change.model.pgh_tracked_model._meta.label_lower),
        title=_title(change, names),
        action=ACTIONS.get(change.label, change.label),
        label=change.label,
        at=change.at,
        who=names.get((User, _author(change)), "") or _nobody(context),
        role=str(dict(Role.choices).get(context.get("role"), "")),
        where=context.get("address", ""),
        reference=change.reference,
        names=[label for _field, label in touched],
        lines=[line for pair in touched for line in _lines(change, *pair, names)] if shows_values else [],
        has_before=change.before is not None,
    )


def _author(change: Change) -> int | None:
    """The key of the person who did it. An account that appears on a page where nobody is signed in is their own."""
    author = change.context.get("user")
    if author is None and change.label == "insert" and change.model.pgh_tracked_model is User:
        return change.row_id if change.context.get("address") else None
    return author


def _nobody(context: dict[str, Any]) -> str:
    """Who it was where nobody was signed in."""
    return _("The founder") if context.get("role") == "founder" else _("The portal itself")


def _is_touched(change: Change, field: models.Field) -> bool:
    if change.before is not None:
        return field.column in change.before
    return change.after.get(field.column) not in (None, "", [], {})


def _title(change: Change, names: dict) -> str:
    """Which row it was, from its own columns; "" for what belongs to a person: the file is named instead."""
    kind = change.model.pgh_tracked_model._meta.label_lower
    words = [_own_word(change, kind, column, names) for column in TITLES.get(kind, ())]
    return ", ".join(filter(None, words))


def _own_word(change: Change, kind: str, name: str, names: dict) -> str:
    for column in (f"{name}_{get_language()}", f"{name}_de", name):
        if change.after.get(column):
            return wordings.label_of_code(kind, name, change.after[column])
    field = change.model._meta.get_field(name)
    return _words(field, change.after.get(field.column), names) if field.is_relation else ""


def _lines(change: Change, field: models.Field, label: str, names: dict) -> Iterator[Line]:
    now, before = change.after.get(field.column), (change.before or {}).get(field.column)
    if change.label == "delete":
        before, now = now, None
    kind = change.model.pgh_tracked_model._meta.label_lower
    if (after_parts := wordings.parts_of(kind, field.name, now)) is None:
        yield _line(field, label, _words(field, before, names), _words(field, now, names))
        return
    before_parts = wordings.parts_of(kind, field.name, before) or {}
    for key, part in {**before_parts, **after_parts}.items():
        was, is_now = (parts[key].words if key in parts else "" for parts in (before_parts, after_parts))
        if was != is_now:
            yield Line(part.label, was, is_now, part.is_own_text)


def _line(field: models.Field, label: str, before: str, now: str) -> Line:
    return Line(label, before, now, isinstance(field, models.CharField | models.TextField) and not field.choices)


def _words(field: models.Field, value: Any, names: dict) -> str:
    """A value out of the database's JSON in the words of the page's language."""
    if value in (None, "", [], {}):
        return ""
    if field.is_relation:
        return names.get((field.related_model, value), "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_code_words(field, part) for part in value)
    if isinstance(field, models.DateTimeField):
        return moment_words(parse_datetime(value))
    if isinstance(field, models.DateField):
        return day_short(parse_date(value))
    return _code_words(field, value)


def _code_words(field: models.Field, value: Any) -> str:
    """A code in words: one of the column's own choices, or one that another room knows; anything else as it is."""
    choices = dict(getattr(field, "base_field", field).flatchoices)
    if value in choices:
        return str(choices[value])
    if field.name in INTERFACE_LANGUAGES and value in dict(settings.LANGUAGES):
        return get_language_info(value)["name_translated"]
    kind = field.model.pgh_tracked_model._meta.label_lower
    return wordings.label_of_code(kind, field.name, value)


def _names_for(changes: Iterable[Change]) -> dict[tuple[type[models.Model], int], str]:
    """Names of everybody and every body that the changes point to: one query for each model."""
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for change in changes:
        if author := _author(change):
            wanted[User].add(author)
        for field, _label in shown_fields(change.model):
            if field.is_relation and wordings.is_named(field.related_model):
                values = (change.after.get(field.column), (change.before or {}).get(field.column))
                wanted[field.related_model] |= {value for value in values if value}
    return wordings.names_of(wanted)
