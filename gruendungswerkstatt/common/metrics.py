"""Counts of answered requests, for Prometheus. Labels are names in our code and never come from an address.

Web processes are several: where PROMETHEUS_MULTIPROC_DIR is set (gunicorn.conf.py does) each counts in a file of its
own and whoever is asked adds them up. The files are named by the worker's place and not by its process number, so that
a worker which is replaced after some thousand requests goes on counting where the one before it ended.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, multiprocess, values

NO_VIEW = "none"  # static files, unknown addresses
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

_place = "main"


def be_worker(place: int) -> None:
    """From now on this process counts as the worker at `place`; two at once never have the same one."""
    global _place
    _place = f"worker-{place}"


if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: _place)

registry = CollectorRegistry()
REQUESTS = Counter("portal_requests", "Answered requests.", ("view", "method", "status"), registry=registry)
SECONDS = Histogram("portal_request_seconds", "Time to answer.", ("view", "method"), buckets=BUCKETS, registry=registry)


def observe(view: str, method: str, status: int, seconds: float) -> str:
    """Count one answered request; returns its method, "other" for one that is none of HTTP's."""
    method = method if method in METHODS else "other"
    REQUESTS.labels(view, method, str(status)).inc()
    SECONDS.labels(view, method).observe(seconds)
    return method


def of_all_processes() -> CollectorRegistry:
    """A registry with the counts of every web process, to which more may be added."""
    found = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(found)
    else:
        found.register(registry)
    return found
