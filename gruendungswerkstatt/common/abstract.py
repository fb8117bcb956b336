"""Abstract bases of models; they make no table of their own."""

from django.db import models

from .ids import new_uuid


class Identified(models.Model):
    """A row with a UUIDv7 for addresses and other systems; the bigint key stays inside."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row that people edit: saving needs the version that was read, so that nobody overwrites unseen changes."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


def is_version(text: str) -> bool:
    """Whether what came from a form can be a version: a few digits. Python refuses to read thousands of them."""
    return text.isdecimal() and len(text) <= 9


class StaleVersion(Exception):
    """Somebody else changed the row since it was read."""


def bump_version(row: Versioned, seen: int | None = None) -> None:
    """Raise the version of a locked `row` by one; StaleVersion if `seen`, the one the person read, is not current."""
    if seen is not None and seen != row.version:
        raise StaleVersion
    row.version += 1
