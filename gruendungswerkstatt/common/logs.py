"""Log lines as JSON with an allow-list of fields: what is not named here cannot leak, query strings least of all."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

work_id: ContextVar[str] = ContextVar("work_id", default="")  # of the request or task that is being worked on

ALLOWED = (
    "task", "message_uuid", "status_code", "kind", "channel", "attempt", "count", "seconds", "milliseconds", "view",
    "method", "state",
)  # fmt: skip
# Our own packages: the text of a line is written by us and says nothing of people.
OURS = frozenset({"gruendungswerkstatt", "network", "intake", "cases"})
# Others whose lines are patterns with arguments: the pattern is kept, its arguments may hold addresses with names or
# codes. A line without arguments may have been put together before: nobody can tell.
PATTERNED = ("django.request.", "celery.", "kombu.", "gunicorn.error.")
MOST_PLACES = 12
_ROOT = f"{Path(__file__).parents[2]}/"


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time, level, logger, text, number of the request or task, allowed extras."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "text": _text(record),
        }
        if number := work_id.get():
            line["work_id"] = number
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            # The kind and place of an error, never its message: databases quote the offending row in it.
            line["error"] = _kinds(record.exc_info[1])
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def _text(record: logging.LogRecord) -> str:
    """What may be written of the text; of a logger we know nothing about only where it was called."""
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    if f"{record.name}.".startswith(PATTERNED) and isinstance(record.msg, str) and record.args:
        return record.msg
    return f"{record.module}:{record.lineno}"


def _kinds(error: BaseException) -> str:
    """The error's class and those behind it: "InternalError < UniqueViolation"."""
    kinds = []
    found: BaseException | None = error
    while found is not None and len(kinds) < MOST_PLACES:
        kinds.append(type(found).__name__)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return " < ".join(kinds)


def _places(traceback: Any) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.removeprefix(_ROOT)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-MOST_PLACES:]


def logging_config(level: str = "INFO") -> dict[str, Any]:
    """The same for Django, Celery and gunicorn: everything to standard error, through JsonFormatter."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{__name__}.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # our own line per request has the refusals
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},  # has the query string
            "celery.app.trace": {"level": "WARNING"},  # says less than our own line per task
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},  # would say every ten seconds that it is still there
            "gunicorn.error": {"handlers": ["console"], "level": level, "propagate": False},
            "gunicorn.access": {"handlers": [], "propagate": False},  # has the query string
        },
    }
