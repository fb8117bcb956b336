"""Handing work to Celery: by task name, after commit, with ids only."""

import logging
import uuid

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

_known: set[str] = set()


def task_name(name: str) -> str:
    """Register `name` as one that is enqueued somewhere; tests/common/test_queue.py resolves every one."""
    _known.add(name)
    return name


def known_task_names() -> frozenset[str]:
    """All names that services enqueue."""
    return frozenset(_known)


def enqueue(name: str, *ids: int | str | uuid.UUID) -> None:
    """Send task `name` with `ids` to the broker once the running transaction is committed.

    Rows in the database are the truth: a broker that is down delays work until the next beat, it never loses or
    refuses it, so its error is logged and not raised.
    """
    if name not in _known:
        raise LookupError(f"Task {name!r} is not registered with task_name()")
    arguments = [str(i) if isinstance(i, uuid.UUID) else i for i in ids]

    def send() -> None:
        try:
            current_app.send_task(name, args=arguments, retry=False)
        except OperationalError:
            logger.warning("Broker unreachable, the next beat will find the work", extra={"task": name})

    transaction.on_commit(send)
