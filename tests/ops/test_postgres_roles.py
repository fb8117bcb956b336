"""The script that a new database's container runs: two roles, and only the owner may make tables."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from gruendungswerkstatt.embedded.postgres import ADMIN

from .test_backup import _programs

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
NAME, OWNER, PORTAL = "roles_of_gruendungswerkstatt", "gw_new_owner", "gw_new_portal"


@pytest.fixture
def fresh(tmp_path):
    """An empty database of the embedded server's administrator, the script has run on it; yields how to connect."""
    host = settings.DATABASES_PORTAL["OPTIONS"].get("host") or settings.DATABASES_PORTAL["HOST"]
    login = {"host": host, "port": settings.DATABASES_PORTAL["PORT"] or 5432}
    try:
        admin = psycopg.connect(**login, user=ADMIN, dbname="postgres", autocommit=True)
    except psycopg.OperationalError:
        pytest.skip("the server's administrator is not ours to be")
    for secret, role in (("database_owner_url", OWNER), ("database_url", PORTAL)):
        (tmp_path / secret).write_text(f"postgresql://{role}:{role}0password@postgres:5432/{NAME}\n")
    path = os.pathsep.join([str(_programs()), "/usr/bin", "/bin"])
    environment = {
        "PATH": path, "SECRETS": str(tmp_path), "POSTGRES_DB": NAME, "PGHOST": host, "PGPORT": str(login["port"]),
        "PGUSER": ADMIN,
    }  # fmt: skip
    try:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        done = subprocess.run(  # noqa: S603
            [shutil.which("bash"), ROOT / "deploy/postgres-roles.sh"], env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        yield lambda role: psycopg.connect(**login, dbname=NAME, user=role, password=f"{role}0password")
    finally:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
        for role in (OWNER, PORTAL):
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
        admin.close()


def test_the_owner_makes_tables_and_the_portal_does_not(fresh):
    with fresh(OWNER) as owner:
        owner.execute("CREATE EXTENSION pg_trgm")
        owner.execute("CREATE TABLE row_of_mine (id int)")
    with fresh(PORTAL) as portal, pytest.raises(psycopg.errors.InsufficientPrivilege):
        portal.execute("CREATE TABLE public.mine (id int)")
    with fresh(PORTAL) as portal:
        assert portal.execute("SHOW timezone").fetchone() == ("UTC",)
        assert portal.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
