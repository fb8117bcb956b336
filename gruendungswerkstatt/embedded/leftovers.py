"""Processes of a launcher that was killed.

On Linux the kernel ends them at once (processes.py); elsewhere the next start does.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


class Leftovers:
    """Process numbers with when they started, in a file: a number alone may be somebody else's by now."""

    def __init__(self, path: Path):
        self.path = path

    def record(self, pid: int) -> None:
        self._write({**self._read(), str(pid): started_at(pid)})

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)

    def end(self) -> None:
        """Kill the recorded groups that still live and were not started by somebody else since."""
        for pid, started in self._read().items():
            if started and started_at(int(pid)) == started:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(int(pid), signal.SIGTERM)
                    time.sleep(1)
                    os.killpg(int(pid), signal.SIGKILL)
        self.forget()

    def _read(self) -> dict[str, str]:
        try:
            return json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def _write(self, known: dict[str, str]) -> None:
        self.path.write_text(json.dumps(known))


def started_at(pid: int) -> str:
    """Something that tells this process from another one with its number; empty if there is none."""
    if sys.platform == "linux":
        try:
            # proc(5): field 22 is the start time in ticks since boot; the name, field 2, may hold spaces
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout.strip()
