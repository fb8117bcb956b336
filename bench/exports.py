"""What it costs to take the whole worklist along as a table: does the worker's memory stay small?"""

import time
from pathlib import Path

from django.urls import reverse
from django.utils.translation import override

from cases.desk.services import MOST_EXPORTED

from .client import Client
from .pages import session_of
from .server import serving

WANTED_MB = 50
MB = 1024  # /proc counts in kB


def run(size: int) -> str:
    """Take the table along in each format and tell how much more memory the worker had at its peak than before."""
    told = []
    with serving("bench.settings_portal") as port:
        client = Client(port, "de", session_of("advisor"))
        process = client.process()
        for kind in ("csv", "xlsx"):
            with override("de"):
                path = reverse("cases:case_export", args=[kind])
            client.drain(f"{path}?sector=care&language=ti&phase=start")  # what is loaded once stays loaded
            told.append(_told(kind, client, process, path))
    return f"The table of {min(size, MOST_EXPORTED):,} cases (wanted: at most {WANTED_MB} MB more): {'; '.join(told)}"


def _told(kind: str, client: Client, process: int, path: str) -> str:
    before = _memory(process, "VmRSS")
    _forget_peak(process)
    begun = time.perf_counter()
    status, first, size = client.drain(path)
    elapsed = time.perf_counter() - begun
    if status != 200:
        raise SystemExit(f"{path} answered {status}.")
    grown = (_memory(process, "VmHWM") - before) / MB if before else None
    memory = "memory cannot be seen here" if grown is None else f"**{grown:.1f} MB** of memory more at its peak"
    return f"{kind} {size / 1_000_000:.1f} MB in {elapsed:.1f} s, its first byte after {first:.2f} s, {memory}"


def _memory(process: int, name: str) -> int:
    """kB of a process ("VmRSS" now, "VmHWM" at its peak); 0 where it cannot be seen (another system)."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def _forget_peak(process: int) -> None:
    """From now on the peak counts anew (proc(5), clear_refs); where that is not allowed the peak of before counts."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text("5")
    except OSError:
        return
