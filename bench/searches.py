"""How long a search by name takes in a spelling that nobody typed in, beside the list without a search."""

import time
from collections.abc import Callable
from statistics import quantiles

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from .client import Client
from .pages import session_of
from .server import serving

# Whom they mean is invented in another spelling (gruendungswerkstatt/demo/bulk/names.py), or not at all.
SPELLINGS = (
    *("Ahmed Alhassan", "Kovalchuk", "Oxana Shevchenko", "Serin Xelilo", "Dervish", "محمد العلي", "Mohamed"),
    *("Mahmud", "Andriy", "Tkachenko", "Husseini", "Khalil"),
)
ROUNDS = 10
WANTED_RATIO = 5


def run(size: int) -> str:
    """Ask for each spelling and for the plain list in turns, so that other work on the machine makes both slower."""
    with override("de"):
        listed = reverse("cases:case_list")
    plain: list[float] = []
    searched: list[float] = []
    with serving("bench.settings_portal") as port:
        client = Client(port, "de", session_of("advisor"))
        paths = [f"{listed}?{urlencode({'q': spelling})}" for spelling in SPELLINGS]
        finding = sum(b"/cases/0" in client.ask(path, compressed=False).body for path in paths)
        for _round in range(ROUNDS):
            for path in paths:
                plain.append(_seconds(lambda: client.ask(listed)))
                searched.append(_seconds(lambda path=path: client.ask(path)))
    before, after = _p95(plain), _p95(searched)
    return (
        f"Search by name in {len(SPELLINGS)} spellings among {size:,} cases: p95 {after * 1000:.1f} ms, the list alone"
        f" {before * 1000:.1f} ms: **{after / before:.1f} times** (wanted: at most {WANTED_RATIO});"
        f" {finding} of them find somebody"
    )


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _p95(waits: list[float]) -> float:
    return quantiles(waits, n=20)[-1]
