"""Everything the portal would write to its log, as it would be written."""

import logging

import pytest

from gruendungswerkstatt.common.logs import JsonFormatter

SPEAKING = ("", "django", "django.server", "gunicorn.error", "celery", "celery.app.trace")


@pytest.fixture
def written():
    """A list that collects the log lines of the test, at the level of production."""
    lines = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Collector(level=logging.INFO)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(lambda record: not hasattr(record, "collected") and not setattr(record, "collected", True))
    loggers = [logging.getLogger(name) for name in SPEAKING]
    for logger in loggers:
        logger.addHandler(handler)
    yield lines
    for logger in loggers:
        logger.removeHandler(handler)
