"""gunicorn for a measurement: one worker and thread so that every cost is found in one process, or as in real use."""

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
IN_REAL_USE = {"workers": max(2, os.cpu_count() or 1), "threads": 4}  # as `make run` starts it
PATIENCE_SECONDS = 30


@contextlib.contextmanager
def serving(settings: str, *, workers: int = 1, threads: int = 1) -> Iterator[int]:
    """Serve the project with these settings ("bench.settings_portal") for the block; yields the port."""
    port = _free_port()
    log = VAR_DIR / "log" / f"{settings}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()", "--bind", f"{HOST}:{port}",
        "--workers", str(workers), "--threads", str(threads), "--worker-class", "gthread", "--log-level", "warning",
        "--no-control-socket", "--limit-request-line", "8190", "--keep-alive", "300",
        "--max-requests", "0", "--max-requests-jitter", "0",  # a new process would begin to count anew
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


def collect_static(settings: str) -> None:
    """Build style sheets, scripts and pictures as these settings serve them."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(command, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings}, cwd=BASE_DIR)


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
