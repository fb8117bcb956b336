"""Locks of the operating system on files under var/: they end with their process, so none can be stale."""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from .basics import Refusal


class Lock:
    """One lock file; `note` in it tells others who holds it."""

    def __init__(self, path: Path):
        self.path = path
        self._file: int | None = None

    def acquire(self, *, shared: bool = False, seconds: float = 0, note: str = "") -> bool:
        """Take the lock, waiting up to `seconds`; False when someone else kept it. Raises Refusal without flock."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    self.release()
                    return False
                time.sleep(0.05)
            except OSError as error:
                self.release()
                if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                    raise Refusal(
                        f"{self.path.parent} lies on a file system without locks: set VAR_DIR to a local folder."
                    ) from error
                raise
            else:
                break
        if not shared:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, note.encode(), 0)
        return True

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def is_held(self) -> bool:
        """Whether any process, this one included, holds the lock."""
        if self._file is not None:
            return True
        if not self.path.exists():
            return False
        probe = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(probe, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(probe)
        return False

    def note(self) -> str:
        """What the holder wrote; only meaningful while `is_held()`."""
        try:
            return self.path.read_text()
        except FileNotFoundError:
            return ""

    @contextlib.contextmanager
    def held(self, *, seconds: float, otherwise: str) -> Iterator[None]:
        """Hold the lock alone for the block; raises Refusal with `otherwise` when it is not free in time."""
        if not self.acquire(seconds=seconds):
            raise Refusal(otherwise)
        try:
            yield
        finally:
            self.release()
