"""Starting processes that end with us, and ending them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from .account import Account

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent(signal_number: int, parent: int) -> None:
    """Have the kernel send us `signal_number` when process `parent` ends, however it ends (Linux only).

    Called in the child between fork and exec, after the change of account, which would undo it.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal_number)


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    when_orphaned: int = signal.SIGTERM,
) -> subprocess.Popen:
    """Start a server in a session of its own (the terminal's Ctrl-C is ours to handle), writing to `log`."""
    parent = os.getpid()
    as_account = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=env,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(when_orphaned, parent),
            **as_account,
        )


def end(processes: Sequence[subprocess.Popen], *steps: tuple[int, float]) -> None:
    """Send each step's signal to those that live and wait its seconds; then kill their groups, children and all."""
    for number, seconds in steps:
        deadline = time.monotonic() + seconds
        for process in processes:
            if process.poll() is None:
                process.send_signal(number)
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0, deadline - time.monotonic()))
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def last_line(log: Path) -> str:
    """The last line of a log that says something, for a one-line message."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4096))
            lines = [line.strip() for line in file.read().decode(errors="replace").splitlines()]
    except OSError:
        return ""
    return next((line for line in reversed(lines) if line), "")
