"""Receipts and cards: ordered, kept, read, deleted. They lie in STORAGES["documents"], named by the enquiry's uuid.

There is no row about a file: it is there or it is not, and it can be made again from the enquiry at any time.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from gruendungswerkstatt.common import queue

FOLDER = "papers"
MAKE = queue.task_name("intake.make_papers")


class Kind(StrEnum):
    """What is made of every enquiry that was sent."""

    RECEIPT = "receipt"
    CARD = "card"


def order(submission_uuid: uuid.UUID) -> None:
    """Have the papers of an enquiry made, after commit and by a worker. Ordering twice makes them once."""
    queue.enqueue(MAKE, submission_uuid)


def order_anew(submission_uuid: uuid.UUID) -> None:
    """Have them made again after a change, and show the old ones no more; both after commit."""
    erase_with([submission_uuid])
    order(submission_uuid)


def read(submission_uuid: uuid.UUID, kind: Kind) -> bytes | None:
    """The PDF; None if it was not made (yet)."""
    try:
        with storages["documents"].open(_name(submission_uuid, kind)) as file:
            return file.read()
    except FileNotFoundError:
        return None


def lacking(submission_uuid: uuid.UUID) -> list[Kind]:
    """Which papers of an enquiry are not there."""
    return [kind for kind in Kind if not storages["documents"].exists(_name(submission_uuid, kind))]


def keep(submission_uuid: uuid.UUID, kind: Kind, content: bytes) -> None:
    """Put a PDF where `read` finds it. Whoever calls holds the enquiry's row, so that no two do it at once."""
    name = _name(submission_uuid, kind)
    storage = storages["documents"]
    if not storage.exists(name):
        storage.save(name, ContentFile(content))


def forget(submission_uuids: Iterable[uuid.UUID]) -> None:
    """Delete the papers of enquiries that are gone, or have to be made anew."""
    for submission_uuid in submission_uuids:
        for kind in Kind:
            storages["documents"].delete(_name(submission_uuid, kind))


def erase_with(submission_uuids: Iterable[uuid.UUID]) -> None:
    """Delete the papers of enquiries once the running transaction, which deletes their rows, is committed."""
    # A storage that does not answer must not undo what the database has done; making.sweep tries again.
    transaction.on_commit(partial(forget, list(submission_uuids)), robust=True)


def kept() -> Iterator[uuid.UUID]:
    """The enquiries that papers are kept of."""
    try:
        _folders, names = storages["documents"].listdir(FOLDER)
    except FileNotFoundError:
        return
    found = set()
    for name in names:
        with suppress(ValueError):
            found.add(uuid.UUID(name.partition(".")[0]))
    yield from found


def _name(submission_uuid: uuid.UUID, kind: Kind) -> str:
    return f"{FOLDER}/{submission_uuid}.{kind}.pdf"
