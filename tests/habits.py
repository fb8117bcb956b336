"""Habits that hold themselves: what every test is watched for without asking for it. Used by conftest.py."""

import random
import socket
from collections import Counter
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet
from django.test import Client

OF_LIBRARIES = "/accounts/"  # signing in and second factors: drawn by django-allauth, which asks as it likes
MOST_ALIKE = 3  # queries of one shape that a page may ask; more grow with its rows


class RepeatedQueries(AssertionError):
    """A page asked the database for the same thing twice, or once per row."""


def shuffle_unordered(monkeypatch, seed: str) -> None:
    """Let query sets without an order come in another one than the table's. `seed` makes it the same every time."""
    fetch_all = QuerySet._fetch_all
    chance = random.Random(seed)

    def fetch(self):
        is_new = self._result_cache is None
        fetch_all(self)
        if is_new and not self.ordered and not self.query.is_sliced and len(self._result_cache) > 1:
            chance.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch)


def refuse_repeated_queries(monkeypatch) -> None:
    """Let pages asked for by the test client fail when they ask the database for the same thing again.

    Only pages that are read: after a form that was refused things are rightly looked at anew.
    """
    request = Client.request

    def watched(self, **environ):
        if environ.get("REQUEST_METHOD") != "GET" or OF_LIBRARIES in environ["PATH_INFO"]:
            return request(self, **environ)
        with _watching() as asked:
            response = request(self, **environ)
        complaints = _repeated(asked)
        if complaints:
            raise RepeatedQueries("\n".join([environ["PATH_INFO"], *complaints]))
        return response

    monkeypatch.setattr(Client, "request", watched)


@contextmanager
def _watching():
    asked: list[tuple[str, str]] = []

    def note(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "FOR UPDATE" not in sql:
            asked.append((sql, repr(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def _repeated(asked: list[tuple[str, str]]) -> list[str]:
    twice = [f"{times} times the same: {sql} {params}" for (sql, params), times in Counter(asked).items() if times > 1]
    alike = Counter(sql for sql, _params in set(asked))
    return twice + [f"{times} of one shape: {sql}" for sql, times in alike.items() if times > MOST_ALIKE]


def stay_on_loopback(monkeypatch) -> None:
    """Let every connection that would leave the machine fail."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test wanted to leave the machine: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
