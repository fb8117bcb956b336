"""A backup is a folder: the database as pg_dump writes it, people's files, and a manifest to compare a restore with.

    20261122T031500Z/database.dump   20261122T031500Z/documents.tar   20261122T031500Z/manifest.json

The row counts of the manifest belong to the very snapshot that was dumped. Files in a bucket are left to the bucket's
own versions.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, storages
from django.db import connection, transaction

from . import clock

DUMP, FILES, MANIFEST = "database.dump", "documents.tar", "manifest.json"
# How a connection of ours is told to PostgreSQL's programs.
LIBPQ = ("host", "port", "user", "password", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey")


class BackupError(Exception):
    """Why there is no backup, or why it was not restored; one line."""


def back_up(target: Path) -> Path:
    """Write a backup into a new folder below `target`, readable by this account only; returns that folder.

    It gets its name when it is whole: what still ends in `.part` is none. Raises BackupError.
    """
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    unfinished, folder = target / f"{stamp}.part", target / stamp
    os.umask(0o077)
    unfinished.mkdir(parents=True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            counts = count_rows(cursor)
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                 f"--file={unfinished / DUMP}")  # fmt: skip
        if (files := _documents()) is not None:
            with tarfile.open(unfinished / FILES, "w") as archive:
                archive.add(files, arcname=".")
        digests = {path.name: _digest(path) for path in sorted(unfinished.iterdir())}
        (unfinished / MANIFEST).write_text(json.dumps({"rows": counts, "sha256": digests}, indent=1))
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def restore(folder: Path, *, replace: bool = False) -> dict[str, int]:
    """Bring back what `back_up` wrote into `folder`, in one transaction; returns the rows per table.

    The database has to be empty, or `replace` gives up what is in it. Files are put beside those that are there.
    Raises BackupError if the backup is damaged, the database is not empty, or less came back than was in it.
    """
    manifest = _read(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0]:
            if not replace:
                raise BackupError("The database is not empty: name an empty one, or give up what is in it (--replace)")
            cursor.execute("SET lock_timeout = '10s'")
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
    connection.close()
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(folder / DUMP))
    if (folder / FILES).exists():
        files = _documents(make=True)
        if files is None:
            raise BackupError("The backup has files, but DOCUMENTS_URL names a bucket: put them there by hand")
        with tarfile.open(folder / FILES) as archive:
            archive.extractall(files, filter="data")
    with connection.cursor() as cursor:
        counts = count_rows(cursor)
        cursor.execute("ANALYZE")
    if counts != manifest["rows"]:
        odd = sorted(name for name in counts | manifest["rows"] if counts.get(name) != manifest["rows"].get(name))
        raise BackupError(f"Not everything came back: {', '.join(odd)}")
    return counts


def count_rows(cursor: Any) -> dict[str, int]:
    """Rows of every table in schema public."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    counts = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  (the catalogue's)
        counts[name] = cursor.fetchone()[0]
    return counts


def _read(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        damaged = [name for name, digest in manifest["sha256"].items() if _digest(folder / name) != digest]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"{folder} holds no whole backup") from error
    if damaged:
        raise BackupError(f"{folder} is damaged: {', '.join(damaged)}")
    return manifest


def _documents(*, make: bool = False) -> Path | None:
    """The folder of people's files, if they lie in one and it is there."""
    storage = storages["documents"]
    if not isinstance(storage, FileSystemStorage):
        return None
    folder = Path(storage.location)
    if make:
        folder.mkdir(parents=True, exist_ok=True)
    return folder if folder.is_dir() else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the present connection's database; the password goes by the environment."""
    parameters = connection.get_connection_params()
    names = {"dbname": "PGDATABASE"} | {name: f"PG{name.upper()}" for name in LIBPQ}
    environment = os.environ | {names[name]: str(value) for name, value in parameters.items() if name in names}
    command = [program, "--no-password", f"--dbname={parameters['dbname']}", *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not there: install PostgreSQL's client programs") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} failed: {said[0] if said else done.returncode}")
