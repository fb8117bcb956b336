"""/livez asks nobody; /healthz says what is missing, quickly, and never breaks itself."""

import socket
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connections

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.models import Heartbeat
from gruendungswerkstatt.messaging.selectors import WORKER

pytestmark = pytest.mark.django_db


@pytest.fixture
def beating():
    return Heartbeat.objects.create(name=WORKER, beat_at=clock.now())


def test_livez_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_all_is_well(client, beating):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"database": "ok", "broker": "ok", "worker": "ok"}}
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_worker_that_never_came_is_missing(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "broker": "ok", "worker": "has not shown itself yet"}


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (61, 503)])
def test_a_heartbeat_is_fresh_for_a_minute(client, beating, seconds, status):
    with clock.frozen(beating.beat_at + timedelta(seconds=seconds)):
        assert client.get("/healthz").status_code == status


@pytest.fixture
def silent_port():
    """A port that takes connections and never says a word, as a server does that hangs."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "is gone"])
def test_a_database_that_does_not_answer_is_said_within_seconds(client, monkeypatch, silent_port, hangs):
    port = silent_port if hangs else 1
    wrapper = connections["default"]
    parameters = wrapper.get_connection_params() | {"host": "127.0.0.1", "port": port}
    monkeypatch.setattr(wrapper, "get_connection_params", lambda: parameters)
    started = time.monotonic()
    answer = client.get("/healthz")
    assert time.monotonic() - started < 4
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "does not answer"
    assert answer.json()["checks"]["worker"] == "unknown, the database does not say"


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "is gone"])
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_a_broker_that_does_not_answer_is_said_within_seconds(client, beating, monkeypatch, silent_port, scheme, hangs):
    port = silent_port if hangs else 1
    real = current_app.connection_for_write
    monkeypatch.setattr(
        current_app._get_current_object(),
        "connection_for_write",
        lambda **options: real(url=f"{scheme}://127.0.0.1:{port}//", **options),
    )
    started = time.monotonic()
    answer = client.get("/healthz")
    assert time.monotonic() - started < 4
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "broker": "does not answer", "worker": "ok"}
