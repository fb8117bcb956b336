"""Who the servers run as. PostgreSQL refuses to run as root; as root it is started as `nobody`."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from prepare.basics import Refusal


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def owns(self, folder: Path) -> None:
        """Make `folder`, for this account alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def server_account() -> Account | None:
    """The account PostgreSQL runs as, None for our own. Raises Refusal where root has nobody to lend."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise Refusal(
            "PostgreSQL does not run as root and this machine has no account `nobody`: start as an ordinary user."
        ) from error
    return Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def is_reachable(path: Path) -> bool:
    """Whether any account may walk down to `path`; folders that do not exist yet are made so by us."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (path, *path.parents) if parent.exists())


def own_folder(path: Path) -> Path:
    """Make `path` in a folder open to all (/tmp), safe from others who put something there first.

    Raises Refusal if it is a link or belongs to someone else.
    """
    path.mkdir(mode=0o711, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Refusal(f"{path} belongs to someone else: remove it, then start again.")
    path.chmod(0o711)
    return path
