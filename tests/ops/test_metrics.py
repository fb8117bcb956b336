"""/metrics counts without telling anybody from anybody, and only for who has the token."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError
from prometheus_client.parser import text_string_to_metric_families

from gruendungswerkstatt.audit.models import ErasureCause, ErasureRun
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.enums import MessageState
from gruendungswerkstatt.messaging.models import Heartbeat
from gruendungswerkstatt.messaging.selectors import WORKER
from tests.factories.intake import SubmissionFactory
from tests.factories.messaging import MessageFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
TOKEN = "b3Rk7Yw1Zk9Xc3Vb6Nq8Lj2Hg5Fd0SaQ"


@pytest.fixture
def scrape(client, settings):
    """The samples as {(name, *values of the labels in alphabetical order): value}."""
    settings.METRICS_TOKEN = TOKEN

    def run() -> dict:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.content.decode())
        return {
            (s.name, *(value for _, value in sorted(s.labels.items()))): s.value
            for family in families
            for s in family.samples
        }

    return run


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Bearer wrong", TOKEN, f"Basic {TOKEN}", f"bearer {TOKEN}x"]
)
def test_without_the_token_there_is_no_such_page(client, settings, given):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_without_a_token_in_the_settings_nobody_gets_it(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_requests_are_counted_by_view_and_never_by_address(client, scrape):
    before = scrape()
    client.get("/de/")
    client.get("/ar/?q=Xelilo")
    client.get("/de/status/Xelilo/")
    client.generic("SHERIN", "/de/")
    after = scrape()
    counted = {key: value - before.get(key, 0) for key, value in after.items() if key[0] == "portal_requests_total"}
    assert counted["portal_requests_total", "GET", "200", "home"] == 2
    assert counted["portal_requests_total", "GET", "404", "none"] == 1
    assert counted["portal_requests_total", "other", "405", "home"] == 1
    assert "Xelilo" not in str(after)
    assert "SHERIN" not in str(after)
    seconds = ("portal_request_seconds_count", "GET", "home")
    assert after[seconds] - before.get(seconds, 0) == 2


def test_the_database_says_what_waits(scrape):
    now = clock.now()
    MessageFactory(due_at=now - timedelta(minutes=10), not_after_at=now + timedelta(days=1))
    MessageFactory(due_at=now + timedelta(days=1), not_after_at=now + timedelta(days=2))
    MessageFactory(state=MessageState.FAILED)
    SubmissionFactory(draft=True)
    Heartbeat.objects.create(name=WORKER, beat_at=now - timedelta(seconds=30))
    for hours in (1, 25):
        ErasureRun.objects.create(
            office=OrganisationFactory(office=True),
            cause=ErasureCause.NIGHT,
            finished_at=now - timedelta(hours=hours),
            delete_after_on=now.date(),
        )
    with clock.frozen(now):
        found = scrape()
    assert found["portal_database_up",] == 1
    assert found["portal_messages_due",] == 1
    assert found["portal_messages_oldest_due_age_seconds",] == pytest.approx(600)
    assert found["portal_messages_failed",] == 1
    assert found["portal_drafts",] == 1
    assert found["portal_worker_heartbeat_age_seconds",] == pytest.approx(30)
    assert found["portal_erasure_age_seconds",] == pytest.approx(25 * 3600)
    assert 1 <= found["portal_database_connections",] <= found["portal_database_connections_max",]


def test_what_never_happened_has_no_age(scrape):
    found = scrape()
    assert ("portal_worker_heartbeat_age_seconds",) not in found
    assert found["portal_messages_due",] == 0


def test_a_database_that_is_down_is_a_number_and_not_an_error(scrape, monkeypatch):
    def fails():
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("gruendungswerkstatt.metrics.backlog", fails)
    found = scrape()
    assert found["portal_database_up",] == 0
    assert ("portal_messages_due",) not in found


COUNTING = """
import json, sys
from gruendungswerkstatt.common import metrics
for place in json.loads(sys.argv[1]):
    metrics.be_worker(place)
    metrics.observe("home", "GET", 200, 0.1)
found = metrics.of_all_processes().get_sample_value
print(found("portal_requests_total", {"view": "home", "method": "GET", "status": "200"}))
"""


def test_all_processes_are_added_up_also_one_that_took_anothers_place(tmp_path):
    def count(*places: int) -> float:
        environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        command = [sys.executable, "-c", COUNTING, json.dumps(places)]
        return float(subprocess.check_output(command, cwd=ROOT, env=environment, text=True))  # noqa: S603

    assert count(0) == 1
    assert count(1, 1) == 3
    assert count(0) == 4
    assert {path.name for path in tmp_path.glob("counter_worker*")} == {
        "counter_worker-0.db",
        "counter_worker-1.db",
    }
