"""Who is writing: facts that travel in front of every writing statement to the triggers of the history.

pghistory's own context does the same, but in front of savepoints too, and it fails on composed SQL.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

WRITING = ("INSERT ", "UPDATE ", "DELETE ", "MERGE ")
# Local to the transaction: the next one to get this connection, from PgBouncer or from Django, does not inherit it.
_PREFIX = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true); "

_recording: ContextVar["_Recording | None"] = ContextVar("recording", default=None)


class _Recording:
    """Facts about one piece of work, and the wrapper of Django's connection that hands them over."""

    def __init__(self, facts: dict[str, Any]):
        self.id = str(uuid.uuid4())
        self.facts = facts

    def __call__(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        if many or not isinstance(sql, str) or not sql.startswith(WRITING) or isinstance(params, dict):
            return execute(sql, params, many, context)
        cursor = execute(_PREFIX + sql, (self.id, json.dumps(self.facts), *(params or ())), many, context)
        while cursor.nextset():  # the answer that counts is that of the last statement
            pass
        return cursor


@contextmanager
def recorded(**facts: Any) -> Iterator[None]:
    """Let all that is written in the block belong together and be explained by `facts` (values fit for JSON).

    A block inside another adds its facts to that one.
    """
    if _recording.get():
        add(**facts)
        yield
        return
    recording = _Recording(facts)
    token = _recording.set(recording)
    try:
        with connection.execute_wrapper(recording):
            yield
    finally:
        _recording.reset(token)


def add(**facts: Any) -> None:
    """Explain what is written from now on in the running block; outside of one nothing happens."""
    if recording := _recording.get():
        recording.facts |= facts
