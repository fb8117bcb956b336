"""The portal under gunicorn with the settings it is really served with."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "b3Rk7Yw1Zk9Xc3Vb6Nq8Lj2Hg5Fd0SaQ"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """(port, log) of a gunicorn of two workers."""
    home = tmp_path_factory.mktemp("served")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"} | {
        "DJANGO_SETTINGS_MODULE": "gruendungswerkstatt.settings.test",
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "2",
        "METRICS_TOKEN": TOKEN,
        "TMPDIR": str(home),
    }
    log = home / "log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=file, stderr=file
        )
    deadline = time.monotonic() + 30
    while True:
        try:
            assert get(port, "/livez").status == 200
            break
        except ConnectionRefusedError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
    yield port, log
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert not list(home.glob("portal-metrics-*")), "the folder of the counts is left behind"


def get(port: int, path: str, **headers: str):
    """A finished answer with its text in `.text`."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": "localhost", **headers})
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def test_the_server_does_not_tell_what_it_is(served):
    answer = get(served[0], "/livez")
    assert answer.getheader("Server") == "portal"
    assert answer.getheader("X-Request-ID")


def test_both_workers_count_together(served):
    port, _ = served

    def counted() -> float:
        text = get(port, "/metrics", Authorization=f"Bearer {TOKEN}").text
        found = re.search(r'portal_requests_total{method="GET",status="200",view="livez"} (\S+)', text)
        return float(found[1])

    before = counted()
    for _ in range(20):
        get(port, "/livez")
    assert counted() == before + 20


def test_the_log_is_json_without_addresses(served):
    port, log = served
    get(port, "/de/Xelilo/?q=Xelilo")
    deadline = time.monotonic() + 5
    while '"status_code": 404' not in log.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    lines = log.read_text().splitlines()
    assert lines
    assert all(line.startswith("{") for line in lines), lines
    assert "Xelilo" not in log.read_text()


def test_a_request_nobody_could_read_is_refused_and_not_logged_in_words(served):
    port, log = served
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(b"GET /Xelilo\r\nXelilo: \x00\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert "Xelilo" not in log.read_text()
