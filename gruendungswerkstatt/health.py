"""Is the portal well? `/livez` for whoever restarts it, `/healthz` for whoever watches it."""

from datetime import timedelta

import psycopg
from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.selectors import worker_last_beat_at

OK = "ok"
TIMEOUT = 2  # seconds per service
WORKER_FRESH = timedelta(seconds=60)


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers. Asks nobody else, so that a database that is down restarts no web process."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 if database, broker and worker are well, else 503; ``checks`` names what is missing, without details."""
    database = _database()
    checks = {
        "database": database,
        "broker": _broker(),
        "worker": _worker() if database == OK else "unknown, the database does not say",
    }
    well = all(state == OK for state in checks.values())
    return JsonResponse({"status": OK if well else "down", "checks": checks}, status=200 if well else 503)


def _database() -> str:
    """Asked over a connection of its own: one that is kept open may hang on a server that has gone."""
    try:
        with psycopg.connect(**connection.get_connection_params() | {"connect_timeout": TIMEOUT}) as probe:
            probe.execute("SELECT 1")
    except psycopg.Error:
        return "does not answer"
    return OK


def _broker() -> str:
    try:
        with current_app.connection_for_write(
            connect_timeout=TIMEOUT,  # AMQP
            transport_options={"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT},  # Redis, Valkey
        ) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=TIMEOUT)
    except OperationalError:
        return "does not answer"
    return OK


def _worker() -> str:
    """By the row that its heartbeat task writes: beat, broker and worker all had a part in that."""
    try:
        last = worker_last_beat_at()
    except DatabaseError:
        return "unknown, the database does not say"
    if last is None:
        return "has not shown itself yet"
    return OK if clock.now() - last <= WORKER_FRESH else "has not shown itself for a minute"
