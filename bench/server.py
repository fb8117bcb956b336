"""gunicorn with one worker and one thread, so that every cost of a request is found in one process."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from prepare.basics import BASE_DIR, VAR_DIR

from .probe import PATH

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30


@contextlib.contextmanager
def serving(settings: str) -> Iterator[int]:
    """Serve the project with these settings ("bench.settings_portal") for the block; yields the port."""
    port = _free_port()
    log = VAR_DIR / "log" / f"{settings}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()", "--bind", f"{HOST}:{port}",
        "--workers", "1", "--threads", "1", "--worker-class", "gthread", "--log-level", "warning",
        "--no-control-socket", "--limit-request-line", "8190", "--keep-alive", "300",
    ]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings}, cwd=BASE_DIR, stdout=output, stderr=output
        )
        try:
            _wait(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}{PATH}", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"The server to be measured does not answer: see {log}.")
            time.sleep(0.05)
