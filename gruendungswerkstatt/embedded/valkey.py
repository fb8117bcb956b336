"""Valkey (or Redis) on a socket, in memory only: what it carries is ids, the truth about messages is in PostgreSQL."""

import signal
import socket
import subprocess
import time

from prepare.basics import Refusal

from .binaries import find_valkey
from .instance import Instance
from .processes import end, last_line, spawn

START_SECONDS = 15


class Valkey:
    """The server of one instance. `start` and `stop` are called by its keeper only."""

    title = "Valkey"
    variables = ("CELERY_BROKER_URL",)

    def __init__(self, instance: Instance):
        self.log = instance.log_dir / "valkey.log"
        self.socket = instance.socket_dir / "valkey.sock"
        self.process: subprocess.Popen | None = None

    def where(self) -> str:
        return "in memory"

    def start(self) -> dict[str, str]:
        """Start the server; the variable that leads to it. Raises Refusal if it does not come up."""
        program = find_valkey()
        self._ask("SHUTDOWN NOSAVE")  # one whose keeper was killed, where the kernel did not end it
        command = [
            program, "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700", "--save", "",
            "--appendonly", "no", "--daemonize", "no",
        ]  # fmt: skip
        self.process = spawn(command, log=self.log, cwd=self.socket.parent)
        deadline = time.monotonic() + START_SECONDS
        while not self._ask("PING").startswith("+PONG"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Refusal(f"Valkey does not start: {last_line(self.log)} (see {self.log})")
            time.sleep(0.02)
        return {"CELERY_BROKER_URL": f"redis+socket://{self.socket}"}

    def stop(self) -> None:
        if self.process is not None:
            end([self.process], (signal.SIGTERM, 5))

    def _ask(self, command: str) -> str:
        """Answer to one inline command; empty if nobody listens."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            try:
                connection.connect(str(self.socket))
                connection.sendall(f"{command}\r\n".encode())
                return connection.recv(200).decode(errors="replace")
            except OSError:
                return ""
