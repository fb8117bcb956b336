"""Messages that became files because nothing is set up to send them (demonstration): they go with their row."""

import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .channels.email import message_id

# What Django's file backend writes below each mail.
_END_OF_MAIL = b"-" * 79 + b"\n"


def forget(message_uuids: Iterable[uuid.UUID]) -> None:
    """Remove what was written for these messages, once the running transaction is committed."""
    found = list(message_uuids)
    if found and (settings.SMS_DIR or _mail_dir()):
        transaction.on_commit(lambda: _remove(found))


def _mail_dir() -> Path | None:
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(folder) if folder else None


def _remove(message_uuids: list[uuid.UUID]) -> None:
    if settings.SMS_DIR:
        for one in message_uuids:
            (Path(settings.SMS_DIR) / f"{one}.sms.txt").unlink(missing_ok=True)
    folder = _mail_dir()
    marks = [message_id(one).encode() for one in message_uuids]
    for path in folder.glob("*.log") if folder else ():
        _take_out(path, marks)


def _take_out(path: Path, marks: list[bytes]) -> None:
    """Write the file anew without the mails that carry one of `marks`; one without any is removed."""
    written = path.read_bytes()
    if not any(mark in written for mark in marks):
        return
    mails = [mail for mail in written.split(_END_OF_MAIL) if mail]
    left = [mail for mail in mails if not any(mark in mail for mark in marks)]
    if left:
        path.write_bytes(b"".join(mail + _END_OF_MAIL for mail in left))
    else:
        path.unlink(missing_ok=True)
