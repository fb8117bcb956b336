"""An instance: one set of services with its own data. The portal and its tests have one each and do not meet."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from prepare.basics import VAR_DIR
from prepare.locks import Lock

from .account import is_reachable, own_folder, server_account


@dataclass(frozen=True)
class Instance:
    home: Path
    is_test: bool = False

    @property
    def services_file(self) -> Path:
        return self.home / "services.json"

    @property
    def log_dir(self) -> Path:
        return self.home / "log"

    def lock(self, name: str) -> Lock:
        return Lock(self.home / "locks" / name)

    @property
    def _hash(self) -> str:
        return hashlib.sha256(f"{os.geteuid()}:{self.home}".encode()).hexdigest()[:12]

    @property
    def socket_dir(self) -> Path:
        """A short folder for sockets: their paths may have 107 bytes, which a checkout's own may well exceed."""
        return Path("/tmp") / f"gw-{self._hash}"  # not tempfile's, which may be long and change

    @property
    def outside(self) -> Path:
        """Stands in for `home` where the servers' account cannot walk down to it (a checkout under /root)."""
        return Path("/var/tmp") / f"gruendungswerkstatt-{self._hash}"

    @property
    def server_home(self) -> Path:
        """Where PostgreSQL keeps its data."""
        return self.home if server_account() is None or is_reachable(self.home) else self.outside

    def make_folders(self) -> None:
        """Make what the servers need. Raises Refusal if others were there first, OSError if it cannot be."""
        self.log_dir.mkdir(parents=True, exist_ok=True)
        own_folder(self.socket_dir)
        if self.server_home == self.outside:
            own_folder(self.outside)


def portal_instance() -> Instance:
    return Instance(VAR_DIR)


def test_instance() -> Instance:
    return Instance(VAR_DIR / "test", is_test=True)
