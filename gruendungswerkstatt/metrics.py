"""`/metrics` for Prometheus, behind a token: requests of all web processes, and what the database says of the rest.

Numbers only: nothing here tells one person or one office from another.
"""

import hmac
import logging
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gruendungswerkstatt.audit.selectors import last_nightly_erasure_at
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.metrics import of_all_processes
from gruendungswerkstatt.messaging.selectors import backlog, worker_last_beat_at
from intake.selectors import count_drafts

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Text in Prometheus' format for who brings METRICS_TOKEN as a bearer token, 404 for everybody else."""
    given = request.headers.get("Authorization", "").encode()
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise Http404
    registry = of_all_processes()
    registry.register(PortalCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class PortalCollector(Collector):
    """Gauges out of the database, asked anew each time; with a database that is down only `portal_database_up`."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = list(_from_database())
        except DatabaseError:
            logger.warning("The database does not say how it is", exc_info=True)
            found = []
        yield GaugeMetricFamily("portal_database_up", "1 if the database answers.", value=bool(found))
        yield from found


def _from_database() -> Iterator[Metric]:
    now = clock.now()
    messages = backlog()
    yield GaugeMetricFamily("portal_messages_due", "Messages that should be sent now.", value=messages.due)
    yield _age("portal_messages_oldest_due", "the longest a due message has waited", messages.oldest_due_at, now)
    yield GaugeMetricFamily("portal_messages_failed", "Failed messages in the ledger.", value=messages.failed)
    yield GaugeMetricFamily("portal_drafts", "Enquiries begun and not sent.", value=count_drafts())
    yield _age("portal_worker_heartbeat", "since the worker's last heartbeat", worker_last_beat_at(), now)
    yield _age("portal_erasure", "since the nightly erasing of the office behind most", last_nightly_erasure_at(), now)
    yield from _connections()


def _age(name: str, what: str, moment: datetime | None, now: datetime) -> Metric:
    """Seconds from `moment` to `now`; without a moment the gauge has no value, which an alert can ask for."""
    gauge = GaugeMetricFamily(f"{name}_age_seconds", f"Seconds: {what}.")
    if moment is not None:
        gauge.add_metric([], max((now - moment).total_seconds(), 0))
    return gauge


def _connections() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numbackends, current_setting('max_connections')::int FROM pg_stat_database"
            " WHERE datname = current_database()"
        )
        used, most = cursor.fetchone()
    yield GaugeMetricFamily("portal_database_connections", "Open connections to the database.", value=used)
    yield GaugeMetricFamily("portal_database_connections_max", "Connections the server allows.", value=most)
