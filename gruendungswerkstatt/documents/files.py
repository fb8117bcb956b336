"""The content of documents: storing, deleting, finding what nobody owns. Only names and streams, never paths (ADR 13).

A file is written before its row is committed and deleted after its row was: whatever is killed in between leaves a
file without a row, which `sweep` finds, and never a row without a file.
"""

import logging
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction

from gruendungswerkstatt.common import clock

from .inspection import Checked
from .selectors import names_in_use

logger = logging.getLogger(__name__)

# Longer than any transaction that has written a file and is not committed yet.
ORPHAN_AFTER = timedelta(hours=24)
BATCH = 500
_OURS = re.compile(r"[0-9a-f]{32}")


def storage() -> Storage:
    return storages["documents"]


def store(checked: Checked) -> str:
    """Write the content; the random name it has from now on. If the running transaction fails, `sweep` takes it."""
    checked.content.seek(0)
    return storage().save(secrets.token_hex(16), File(checked.content))


def delete_after_commit(names: Iterable[str]) -> None:
    """Delete these files once the running transaction, which takes their rows away, is committed."""
    transaction.on_commit(partial(_delete, [name for name in names if name]))


def _delete(names: Iterable[str]) -> None:
    for name in names:
        try:
            storage().delete(name)
        except Exception:  # whatever the storage says: the row is gone, the next sweep tries again
            logger.exception("A file could not be deleted, the next sweep tries again")


def sweep() -> int:
    """Delete what lies in the storage for a day and belongs to no row. Returns how many; twice does no harm."""
    count = 0
    _folders, found = storage().listdir("")
    ours = [name for name in found if _OURS.fullmatch(name)]
    for start in range(0, len(ours), BATCH):
        names = ours[start : start + BATCH]
        for name in set(names) - names_in_use(names):
            with suppress(FileNotFoundError):
                if storage().get_modified_time(name) < clock.now() - ORPHAN_AFTER:
                    storage().delete(name)
                    count += 1
    return count
