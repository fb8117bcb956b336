"""Keeps the portal's processes alive: says when one dies, starts it again with growing gaps, ends all together."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from prepare.basics import BASE_DIR, Refusal, say

from .leftovers import Leftovers
from .processes import end, last_line, spawn

# A process that lived this long was well; its earlier deaths are forgotten.
STEADY_SECONDS = 30
MOST_RAPID_DEATHS = 5
LONGEST_GAP = 16
# Asked politely, asked to drop its work, killed: all in all a few seconds, as somebody waits at the terminal.
ENDING = ((signal.SIGTERM, 4), (signal.SIGQUIT, 1))


@dataclass
class Child:
    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen | None = None
    started: float = 0
    rapid_deaths: int = 0
    next_start: float = 0


class Supervisor:
    def __init__(self, env: Mapping[str, str], log_dir: Path, leftovers: Leftovers):
        self.env = env
        self.log_dir = log_dir
        self.leftovers = leftovers
        self.children: list[Child] = []

    def add(self, name: str, *command: str) -> None:
        log = self.log_dir / f"{name}.log"
        log.write_bytes(b"")  # one run's worth
        self.children.append(Child(name, command, log))

    def look(self) -> None:
        """Start what is due and notice who died. Raises Refusal when one dies again and again."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._mourn(child, now)
            if child.process is None and now >= child.next_start:
                child.process = spawn(child.command, log=child.log, cwd=BASE_DIR, env=self.env)
                child.started = now
                self.leftovers.record(child.process.pid)

    def watch(self, is_over: Callable[[], bool | None]) -> None:
        """Look until `is_over()` is true or raises."""
        while not is_over():
            self.look()
            time.sleep(0.2)

    def end(self) -> None:
        """End all together, within some seconds."""
        end([child.process for child in self.children if child.process is not None], *ENDING)
        self.leftovers.forget()

    def _mourn(self, child: Child, now: float) -> None:
        code = child.process.returncode
        child.process = None
        if now - child.started > STEADY_SECONDS:
            child.rapid_deaths = 0
        child.rapid_deaths += 1
        how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        if child.rapid_deaths >= MOST_RAPID_DEATHS:
            raise Refusal(
                f"{child.name} {how} {child.rapid_deaths} times in a row, everything is ended: "
                f"{last_line(child.log)} (see {child.log})"
            )
        gap = min(2 ** (child.rapid_deaths - 1), LONGEST_GAP)
        child.next_start = now + gap
        say(f"{child.name} {how} and is started again in {gap} s (see {child.log})")
