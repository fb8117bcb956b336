"""The port the portal listens on, looked at before anything is started."""

import errno
import os
import socket

from .basics import VAR_DIR, Refusal
from .locks import Lock

HOST = "127.0.0.1"
RUN_LOCK = VAR_DIR / "locks" / "run"


def read_port() -> int:
    """The port from PORT, 8000 by default. Raises Refusal for anything that is not a port."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(f"PORT={text!r} is not a port: give a number from 1 to 65535, for example PORT=8001 make run.")
    return int(text)


def require_free(port: int) -> None:
    """Raise Refusal if this checkout's portal runs already or another program listens on `port`."""
    running = Lock(RUN_LOCK)
    if running.is_held():
        raise Refusal(f"The portal of this checkout runs already ({running.note()}): end it there with Ctrl-C first.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal(
                    f"Port {port} is in use by another program: end that one, or take another port with "
                    f"PORT={port + 1 if port < 65535 else 8000} make run."
                ) from error
            if error.errno == errno.EACCES:
                raise Refusal(
                    f"Port {port} is not open to you: take one from 1024 on, for example PORT=8000 make run."
                ) from error
            raise
