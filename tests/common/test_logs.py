"""Log lines say what happened and nothing of people."""

import json
import logging

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


def test_a_query_string_in_a_foreign_message_is_cut():
    assert "Xelîlo" not in line("django.server", "GET /de/cases/list/?q=Xelîlo 200")["text"]


def test_an_error_shows_its_kind_and_place_but_not_its_text():
    try:
        raise ValueError("duplicate key (name)=(Şêrîn Xelîlo)")
    except ValueError:
        import sys

        record = logging.getLogger("x").makeRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    written = JsonFormatter().format(record)
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "Xelîlo" not in written
