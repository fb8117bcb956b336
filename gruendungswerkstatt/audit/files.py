"""What a person's file is, told by the room above that keeps it: the viewer of changes shows one file at a time."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import models

from gruendungswerkstatt.common.history import Event, event_models
from network.people.models import Organisation

Keys = Mapping[type[models.Model], Collection[int]]


@dataclass(frozen=True)
class File:
    """One file: its UUID as a look names it, its reference number, primary keys of the rows at its heart.

    `subjects` are the UUIDs by which looks at it were noted, as far as its own room knows.
    """

    uuid: uuid.UUID
    reference: str
    keys: Keys
    subjects: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class Register:
    """How files are found. `hearts` are the models that make one, the first of them the file itself.

    `find` looks for a reference number in an office; `references` names the file of rows: {(model, key): number}.
    Both ask the database once.
    """

    hearts: tuple[type[models.Model], ...]
    find: Callable[[Organisation, str], File | None]
    references: Callable[[Organisation, Keys], Mapping[tuple[type[models.Model], int], str]]


_registers: list[Register] = []
# Rooms above whose rows are looked at by themselves: they tell the UUIDs of those that belong to a file.
Subjects = Callable[[Organisation, File], Iterable[uuid.UUID]]
_subjects: list[Subjects] = []


def register(found: Register) -> None:
    """Called once, by the room that keeps the files."""
    _registers[:] = [found]


def seen_also_as(subjects: Subjects) -> None:
    """Let looks at further rows count as looks at the file they belong to."""
    _subjects.append(subjects)


def subjects_of(office: Organisation, file: File) -> list[uuid.UUID]:
    """Everything by which looks at `file` were noted."""
    return [*file.subjects, *(subject for subjects in _subjects for subject in subjects(office, file))]


def registered() -> Register:
    """The register of files. Raises LookupError if no room brought one."""
    if not _registers:
        raise LookupError("No room keeps files")
    return _registers[0]


def heart_of(event_model: type[Event]) -> tuple[str, type[models.Model]] | None:
    """How events of a model lead to a file: a column and the heart it points to; None for what belongs to nobody."""
    hearts = registered().hearts
    if event_model.pgh_tracked_model in hearts:
        return "pgh_obj", event_model.pgh_tracked_model
    for heart in hearts:
        for field in event_model._meta.concrete_fields:
            if field.is_relation and field.related_model is heart:
                return field.name, heart
    return None


def personal_models() -> set[type[Event]]:
    """Event models that tell of a person."""
    return {model for model in event_models() if heart_of(model)}
