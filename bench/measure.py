"""What a request costs: CPU of Python and of PostgreSQL, waiting, queries, bytes."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .client import Client

WARM_UP = 5
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Of one request on average; times in milliseconds, `size` in bytes as transferred (compressed)."""

    python: float
    postgres: float
    p50: float
    p95: float
    size: int = 0
    queries: int = 0
    planning: float = 0
    executing: float = 0

    @property
    def cpu(self) -> float:
        return self.python + self.postgres


def cost_of_page(client: Client, path: str, times: int) -> Cost:
    """Ask for `path` so many `times`. Raises SystemExit if it does not answer 200."""
    for _ in range(WARM_UP):
        answer = client.ask(path)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}.")
    found = client.ask(path, explain=True).explained
    costs = cost_of(client, lambda: client.ask(path), times)
    return Cost(
        **vars(costs)
        | {
            "size": answer.size,
            "queries": int(found.get("queries", 0)),
            "planning": found.get("planning", 0.0),
            "executing": found.get("executing", 0.0),
        }
    )


def cost_of(client: Client, act: Callable[[], object], times: int, requests: int = 1) -> Cost:
    """Do `act`, which asks `requests` times, so many `times`; the cost of one request."""
    python, backend = client.used()
    postgres = cpu_seconds(backend)
    waits = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        waits.append((time.perf_counter() - started) / requests)
    python_after, backend_after = client.used()
    if backend_after != backend:
        raise SystemExit("The server changed its database connection while it was measured.")
    asked = times * requests
    return Cost(
        python=(python_after - python) / asked * 1000,
        postgres=(cpu_seconds(backend) - postgres) / asked * 1000,
        p50=statistics.median(waits) * 1000,
        p95=statistics.quantiles(waits, n=20)[-1] * 1000 if len(waits) > 1 else waits[0] * 1000,
    )


def cpu_seconds(process: int | None) -> float:
    """CPU a PostgreSQL backend has used; 0 where it cannot be seen (a server elsewhere, another system)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
