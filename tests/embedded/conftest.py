"""The launcher under test runs as people run it: as a command, with a var/ of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gruendungswerkstatt.embedded import services
from gruendungswerkstatt.embedded.instance import Instance
from prepare.basics import BASE_DIR

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "VAR_DIR", "PORT", "DEMO", "SECRET_KEY", "EMAIL_URL")


@dataclass
class Launcher:
    var_dir: Path
    started: list[subprocess.Popen] = field(default_factory=list)

    def environment(self, **variables: str) -> dict[str, str]:
        """None of what the running tests have set for themselves."""
        inherited = {name: value for name, value in os.environ.items() if name not in (*OURS, "DJANGO_SETTINGS_MODULE")}
        return inherited | {"VAR_DIR": str(self.var_dir), "PYTHONWARNINGS": ""} | variables

    def __call__(self, *words: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            self._command(words), cwd=BASE_DIR, env=self.environment(**variables), capture_output=True, text=True,
            timeout=120,
        )  # fmt: skip

    def start(self, *words: str, **variables: str) -> subprocess.Popen:
        process = subprocess.Popen(
            self._command(words), cwd=BASE_DIR, env=self.environment(**variables), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.started.append(process)
        return process

    @staticmethod
    def _command(words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "gruendungswerkstatt.embedded", *words]

    def processes(self) -> list[int]:
        """Keepers, servers and the portal of this var/, by what stands in their environment or their command."""
        homes = (self.var_dir, self.var_dir / "test")
        marks = [str(self.var_dir).encode(), *(str(Instance(home).socket_dir).encode() for home in homes)]
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and entry.name != str(os.getpid()):
                try:
                    seen = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                    is_living = (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
                except OSError:
                    continue
                if is_living and any(mark in seen for mark in marks):
                    found.append(int(entry.name))
        return found

    def has_ended_all(self, seconds: float = 5) -> bool:
        """Whether nothing of it is left, give or take the moment in which a process goes."""
        deadline = time.monotonic() + seconds
        while left := self.processes():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return not left


@pytest.fixture
def launcher() -> Iterator[Launcher]:
    """A launcher with a var/ whose path has a space, an umlaut and is longer than a socket's may be."""
    if not Path("/proc").is_dir():
        pytest.skip("looks at processes through /proc")
    folder = Path(tempfile.mkdtemp(prefix="Gründung "))
    folder.chmod(0o755)  # unlike pytest's own, which are closed to others as the portal's usually are not
    launcher = Launcher(folder / ("x" * 100) / "var")
    yield launcher
    for process in launcher.started:
        process.kill()
        process.wait()
        process.stdout.close()
    services.end_pinned(Instance(launcher.var_dir))
    ended = launcher.has_ended_all()
    for pid in launcher.processes():
        os.kill(pid, signal.SIGKILL)
    for home in (launcher.var_dir, launcher.var_dir / "test"):
        services.erase(Instance(home))
    shutil.rmtree(folder)
    assert ended, "The launcher left processes behind"


def until(happened: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]
