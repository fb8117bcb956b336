"""Log lines say what happened and nothing of people."""

import json
import logging
import sys

import pytest

from gruendungswerkstatt.common.logs import JsonFormatter


def line(logger="intake.services", message="Draft erased", args=(), **extra):
    record = logging.getLogger(logger).makeRecord(logger, logging.INFO, __file__, 1, message, args, None, extra=extra)
    return json.loads(JsonFormatter().format(record))


def test_only_named_fields_are_written():
    written = line(task="intake.erase_expired", name_of_founder="Şêrîn Xelîlo", count=3)
    assert written["task"] == "intake.erase_expired"
    assert written["count"] == 3
    assert "Xelîlo" not in json.dumps(written, ensure_ascii=False)


def test_arguments_of_foreign_loggers_are_left_out():
    written = line("django.request", "Not Found: %s", ("/de/status/?code=A7C-9KM-34T",))
    assert "A7C" not in json.dumps(written)


@pytest.mark.parametrize("logger", ["django.server", "gunicorn.error", "celery.worker", "some.library", "casesother"])
def test_a_foreign_message_that_was_put_together_is_only_a_place(logger):
    assert line(logger, "GET /de/cases/list/?q=Xelîlo 200")["text"] == "test_logs:1"


def test_the_pattern_of_a_known_logger_is_kept():
    assert line("gunicorn.error", "Worker exiting (pid: %s)", (17,))["text"] == "Worker exiting (pid: %s)"


def test_the_kinds_of_errors_behind_an_error_are_named():
    try:
        try:
            raise KeyError("Xelîlo")
        except KeyError as error:
            raise ValueError("Xelîlo") from error
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    written = JsonFormatter().format(record)
    assert json.loads(written)["error"] == "ValueError < KeyError"
    assert "Xelîlo" not in written


def test_an_error_shows_its_kind_and_place_but_not_its_text():
    try:
        raise ValueError("duplicate key (name)=(Şêrîn Xelîlo)")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    written = JsonFormatter().format(record)
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "Xelîlo" not in written
