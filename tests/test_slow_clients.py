"""A few clients that send letter by letter do not keep the others waiting: against gunicorn as the portal runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.long
# One less than a process has threads, so that all of them may meet the same process. gunicorn waits for the rest of a
# request as long as it takes; against more slow clients than these stands the proxy, which waits for whole requests.
SLOW = 3
PATIENCE = 10  # seconds, on a busy machine


@pytest.fixture
def portal():
    """The address of a portal served by gunicorn.conf.py with two processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "2",
        "WEB_THREADS": "4",
        "DJANGO_SETTINGS_MODULE": "gruendungswerkstatt.settings.test",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"], cwd=ROOT, env=environment
    )
    try:
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def answers(port: int) -> float:
    """Seconds until the portal has said that it lives."""
    begun = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=20) as response:
        assert response.status == 200
    return time.monotonic() - begun


def waits_for(port: int, process: subprocess.Popen) -> None:
    for _try in range(600):
        assert process.poll() is None, "gunicorn did not start"
        try:
            answers(port)
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("gunicorn did not answer within a minute")


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET /livez HTT",
        b"GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /de/accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 4000\r\n\r\nlogin=",
        b"",
    ],
    ids=["request line", "headers", "body", "nothing"],
)
def test_slow_clients_do_not_hold_up_others(portal, beginning):
    port, process = portal
    waits_for(port, process)
    slow = [socket.create_connection(("127.0.0.1", port)) for _client in range(SLOW)]
    try:
        for _round in range(6):
            for client in slow:
                client.sendall(beginning if _round == 0 else b"a" if beginning else b"")
            assert max(answers(port) for _request in range(5)) < PATIENCE
        assert process.poll() is None
    finally:
        for client in slow:
            client.close()
    assert answers(port) < PATIENCE
