"""Log lines as JSON with an allow-list of fields: what is not named here cannot leak, query strings least of all."""

import json
import logging
from datetime import UTC, datetime

ALLOWED = ("task", "message_uuid", "status_code", "kind", "channel", "attempt", "count", "seconds")
# Loggers whose message text is written by our own code or says nothing of people.
TRUSTED_TEXT = ("gruendungswerkstatt", "network", "intake", "cases", "celery.beat", "celery.worker", "gunicorn")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time, level, logger, text (a foreign one without its arguments), allowed extras."""

    def format(self, record: logging.LogRecord) -> str:
        trusted = record.name.startswith(TRUSTED_TEXT)
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            # A foreign logger's arguments may hold addresses with names or codes: its pattern alone is kept.
            "text": record.getMessage() if trusted else str(record.msg).partition("?")[0],
        }
        line |= {name: getattr(record, name) for name in ALLOWED if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            # The kind and place of an error, never its message: databases quote the offending row in it.
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(traceback, most: int = 12) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-most:]
