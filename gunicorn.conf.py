"""How gunicorn serves the portal: found by itself in the folder it is started in, and used by `make run` too.

It stands behind a proxy that ends TLS and buffers: slow clients are the proxy's business. Sizes come from the
environment; docs/operations.md has the formula.
"""

import os
import shutil
import tempfile
from itertools import count

import gunicorn.http.wsgi

from gruendungswerkstatt.common.logs import logging_config
from gruendungswerkstatt.settings.complaints import ends_in_one_line
from gruendungswerkstatt.settings.environment import is_number, read, read_text

wsgi_app = "gruendungswerkstatt.wsgi:application"
with ends_in_one_line():
    bind = read("str", "WEB_BIND", "127.0.0.1:8000", hint="address and port, for example 0.0.0.0:8000")
    # Python runs on one core per process; threads wait for the database in the meantime.
    workers = read("int", "WEB_WORKERS", max(2, os.cpu_count() or 1), hint="processes, one per core", valid=is_number)
    threads = read("int", "WEB_THREADS", 4, hint="threads per process, each with its connection", valid=is_number)
    _counts = bool(read_text("METRICS_TOKEN", secret=True))
worker_class = "gthread"
preload_app = True  # one copy of the code in memory for all workers

timeout = 30  # of a worker that gives no sign of life
graceful_timeout = 20
keepalive = 75  # longer than the proxy's, so that it is not us who close a connection it is about to use
max_requests, max_requests_jitter = 5000, 500  # what leaks in a library is given back, never by all at once
backlog = 512
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (a heartbeat file, not ours to name)

limit_request_line = 8190  # the most there is: a search in Arabic is long once it is encoded
limit_request_fields = 60
control_socket_disable = True
# Whether a request came over TLS is Django's question (BEHIND_PROXY); here nobody's headers are believed.
forwarded_allow_ips = ""

accesslog = None  # it has addresses and query strings; the portal writes a line of its own per request
logconfig_dict = logging_config()
gunicorn.http.wsgi.SERVER = "portal"  # the header Server is of no use to honest people

_counts_apart = _counts and "PROMETHEUS_MULTIPROC_DIR" not in os.environ
if _counts_apart:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="portal-metrics-")


def pre_fork(server, worker) -> None:
    """Give the new worker the first place that is free: /metrics goes on counting where the one before it ended."""
    taken = {other.place for other in server.WORKERS.values() if hasattr(other, "place")}
    worker.place = next(place for place in count() if place not in taken)


def post_fork(server, worker) -> None:
    from gruendungswerkstatt.common import metrics

    metrics.be_worker(worker.place)


def on_exit(server) -> None:
    if _counts_apart:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
