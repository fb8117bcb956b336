"""PostgreSQL on a socket in a folder of its own: made once, started, waited for, stopped.

No TCP. The locale is C.UTF-8 because under C `show_trgm('شركة')` is empty and search in Arabic is dead.
"""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from prepare.basics import Refusal

from .account import server_account
from .binaries import find_postgres
from .instance import Instance
from .processes import end, last_line, spawn

NAME = "gruendungswerkstatt"
ADMIN, OWNER, PORTAL = "gw_admin", "gw_owner", "gw_portal"
VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL")
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")  # the first is what we mean, the others its names elsewhere
START_SECONDS = 30
NEEDED_BYTES = 100 * 2**20
# What a killed server leaves behind for some seconds: its lock file, and backends that still hold its memory.
PASSING = re.compile(r"lock file|shared memory block|another (server|postmaster)")
# The tests' data is thrown away; a crash may cost it.
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres:
    """The server of one instance. `start` and `stop` are called by its keeper only."""

    title = "PostgreSQL"
    variables = VARIABLES

    def __init__(self, instance: Instance):
        self.instance = instance
        self.account = server_account()
        self.data = instance.server_home / "postgres"
        self.log = instance.log_dir / "postgres.log"
        self.socket_dir = instance.socket_dir / "pg"
        self.process: subprocess.Popen | None = None
        # New ones at every start, so that none has to be kept.
        self._passwords = {role: secrets.token_urlsafe(24) for role in (OWNER, PORTAL)}

    def where(self) -> str:
        return f"data in {self.data}"

    def start(self) -> dict[str, str]:
        """Start the server, make roles and database if need be; the variables that lead to it.

        Raises Refusal with the server's own last words if it does not come up.
        """
        programs, major = find_postgres(self.account, self.instance.outside)
        self._require_space()
        self._make_cluster(programs, major)
        self._make_folder(self.socket_dir)
        self._end_leftover()
        self._start_server(programs)
        self._make_roles()
        return {"DATABASE_URL": self._url(PORTAL), "DATABASE_OWNER_URL": self._url(OWNER)}

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, everything is written."""
        if self.process is not None:
            end([self.process], (signal.SIGINT, 20), (signal.SIGQUIT, 5))

    def _url(self, role: str) -> str:
        return f"postgresql://{role}:{self._passwords[role]}@/{NAME}?host={quote(str(self.socket_dir), safe='')}"

    def _make_folder(self, folder: Path) -> None:
        if self.account:
            self.account.owns(folder)
        else:
            folder.mkdir(mode=0o700, exist_ok=True)

    def _require_space(self) -> None:
        """A server without room for its next log segment hangs instead of saying so."""
        if shutil.disk_usage(self.data.parent).free < NEEDED_BYTES:
            raise Refusal(
                f"The disk with {self.data.parent} is nearly full: free {NEEDED_BYTES // 2**20} MB, "
                "or set VAR_DIR to a folder on another disk."
            )

    def _make_cluster(self, programs: Path, major: int) -> None:
        """initdb into a folder beside, renamed when whole: an interrupted one leaves nothing half made."""
        version = self.data / "PG_VERSION"
        if version.exists():
            made_by = version.read_text().strip()
            if made_by != str(major):
                raise Refusal(
                    f"{self.data} was made by PostgreSQL {made_by}, here is {major}: "
                    f"remove the folder for a fresh start, or set EMBEDDED_POSTGRES_BIN to version {made_by}."
                )
            return
        unfinished = self.data.with_suffix(".new")
        said = ""
        for locale in LOCALES:
            shutil.rmtree(unfinished, ignore_errors=True)
            self._make_folder(unfinished)
            made = self._run(
                programs / "initdb", f"--pgdata={unfinished}", f"--username={ADMIN}", f"--locale={locale}",
                "--encoding=UTF8", "--auth=scram-sha-256", "--auth-local=peer", "--no-instructions",
                *(["--no-sync"] if self.instance.is_test else []),
            )  # fmt: skip
            if made.returncode == 0:
                break
            said = next((line for line in made.stderr.splitlines() if "error" in line or "FATAL" in line), made.stderr)
            if "locale" not in said:
                raise Refusal(f"PostgreSQL's data could not be made in {self.data}: {said.strip()}")
        else:
            raise Refusal(f"PostgreSQL knows no UTF-8 locale on this machine: install C.UTF-8 ({said.strip()}).")
        self._allow(unfinished)
        unfinished.rename(self.data)

    def _allow(self, data: Path) -> None:
        """The administrator is whoever we and the server run as, known by the socket; others give a password."""
        (data / "pg_hba.conf").write_text(f"local all {ADMIN} peer map=launcher\nlocal all all scram-sha-256\n")
        users = {self.account.name, "root"} if self.account else {data.owner()}
        (data / "pg_ident.conf").write_text("".join(f'launcher "{user}" {ADMIN}\n' for user in sorted(users)))

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess:
        account = self.account
        as_account = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", cwd=self.socket_dir.parent,
            env=self._environment(), **as_account,
        )  # fmt: skip

    @staticmethod
    def _environment() -> dict[str, str]:
        """None of the caller's: PGDATA, PGOPTIONS or LC_ALL=C would change what we start."""
        return {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"}

    def _start_server(self, programs: Path) -> None:
        options = ["listen_addresses=", f"unix_socket_directories={self.socket_dir}", "timezone=UTC"]
        options += UNSAFE if self.instance.is_test else ()
        command = [programs / "postgres", "-D", self.data, *(part for option in options for part in ("-c", option))]
        deadline = time.monotonic() + START_SECONDS
        while True:
            self.process = spawn(
                command, log=self.log, cwd=self.data, env=self._environment(), account=self.account,
                when_orphaned=signal.SIGINT,
            )  # fmt: skip
            while self.process.poll() is None:
                if self._answers():
                    return
                if time.monotonic() > deadline:
                    self.stop()
                    raise Refusal(f"PostgreSQL did not answer within {START_SECONDS} seconds: see {self.log}.")
                time.sleep(0.05)
            if time.monotonic() > deadline or not PASSING.search(self._last_words()):
                raise Refusal(f"PostgreSQL does not start: {self._last_words()} (see {self.log})")
            time.sleep(0.5)

    def _last_words(self) -> str:
        """The server's last FATAL line rather than the hint or shutdown notice after it."""
        lines = self.log.read_text(errors="replace").splitlines()[-12:]
        return next((line for line in reversed(lines) if "FATAL" in line), last_line(self.log))

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket_dir), port=5432, dbname=database, user=ADMIN, autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _end_leftover(self) -> None:
        """End a server whose keeper was killed, where the kernel did not: only one that answers on our own socket."""
        if not (self.socket_dir / ".s.PGSQL.5432").exists() or not self._answers():
            return
        leader = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(leader, signal.SIGINT)
        deadline = time.monotonic() + 10
        while self._answers() and time.monotonic() < deadline:
            time.sleep(0.1)

    def _make_roles(self) -> None:
        with self._connect("postgres") as connection:
            known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role, right in ((OWNER, "CREATEDB"), (PORTAL, "NOCREATEDB")):
                if role not in known:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
                connection.execute(
                    sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(
                        sql.Identifier(role), sql.SQL(right), sql.Literal(self._passwords[role])
                    )
                )
            # `seed_bulk` checks the foreign keys of what it invents all at once instead of row by row.
            connection.execute(
                sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(sql.Identifier(OWNER))
            )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER))
                )
