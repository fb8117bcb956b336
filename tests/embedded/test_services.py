"""PostgreSQL and Valkey come with the first user and go with the last, whatever happens in between."""

import json
import os
import signal
import stat
from pathlib import Path

import psycopg
import pytest

from gruendungswerkstatt.embedded.instance import Instance

from .conftest import Launcher, until

pytestmark = pytest.mark.long

SHOW = 'printf "%s\\n" "$DATABASE_URL" "$DATABASE_OWNER_URL" "$CELERY_BROKER_URL"'


def keeper(launcher: Launcher, name: str) -> int:
    return int((launcher.var_dir / "locks" / f"{name}.keeper").read_text())


def postmaster(launcher: Launcher) -> int:
    return int((launcher.var_dir / "postgres" / "postmaster.pid").read_text().split()[0])


def sleeps(launcher: Launcher) -> bool:
    """Whether the `sleep` that a user runs has begun."""
    return any(command(pid).startswith(b"sleep\0") for pid in launcher.processes())


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def test_exec_starts_services_passes_the_exit_code_on_and_leaves_nothing(launcher):
    done = launcher("exec", "--", "sh", "-c", f"{SHOW}; exit 7")
    assert done.returncode == 7, done.stderr
    portal, owner, broker = done.stdout.split()
    assert portal.startswith("postgresql://gw_portal:")
    assert owner.startswith("postgresql://gw_owner:")
    assert broker.startswith("redis+socket:///tmp/gw-")
    assert launcher.has_ended_all()
    assert not (launcher.var_dir / "services.json").exists()


def test_second_start_keeps_the_data_and_the_secret_key(launcher):
    write = (
        "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_OWNER_URL'], autocommit=True); c.execute({!r})"
    )
    assert launcher("exec", "--", "python", "-c", write.format("CREATE TABLE kept AS SELECT 7")).returncode == 0
    key = (launcher.var_dir / "secret-key").read_text()
    again = launcher("exec", "--", "python", "-c", write.format("SELECT * FROM kept"))
    assert again.returncode == 0, again.stderr
    assert (launcher.var_dir / "secret-key").read_text() == key
    assert stat.S_IMODE((launcher.var_dir / "secret-key").stat().st_mode) == 0o600


def test_up_leaves_services_running_until_down(launcher):
    assert launcher("up").returncode == 0
    published = launcher.var_dir / "services.json"
    assert stat.S_IMODE(published.stat().st_mode) == 0o600
    services = json.loads(published.read_text())
    with psycopg.connect(services["DATABASE_URL"]) as connection:
        role = connection.execute(
            "SELECT current_user, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert role.fetchone() == ("gw_portal", False, False)
        assert connection.execute(
            "SELECT datcollate FROM pg_database WHERE datname = current_database()"
        ).fetchone() == ("C.UTF-8",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine ()")
    assert launcher("exec", "--", "true").returncode == 0
    assert published.exists(), "exec must not end what up started"
    assert "until `down`" in launcher("status").stdout
    assert launcher("down").returncode == 0
    assert not published.exists()
    assert launcher.has_ended_all()


def test_nobody_else_may_connect_as_administrator(launcher):
    launcher("up")
    url = json.loads((launcher.var_dir / "services.json").read_text())["DATABASE_URL"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace("gw_portal:", "gw_portal:wrong"))


def test_the_tests_services_stand_beside_the_portals(launcher):
    launcher("up")
    mine = launcher("exec", "--", "sh", "-c", SHOW).stdout.split()
    other = launcher("exec", "--test", "--", "sh", "-c", SHOW).stdout.split()
    assert len(mine) == len(other) == 3
    assert set(mine).isdisjoint(other)


def test_what_the_environment_names_is_not_started(launcher):
    named = {"DATABASE_URL": "postgresql://a:b@db.example.org/x", "CELERY_BROKER_URL": "redis://mq.example.org"}
    done = launcher("exec", "--", "sh", "-c", SHOW, **named)
    assert done.stdout.split() == list(named.values())
    assert not (launcher.var_dir / "postgres").exists()


@pytest.mark.long
def test_kill_of_the_server_is_mended_and_the_next_start_works(launcher):
    launcher("up")
    before = postmaster(launcher)
    os.kill(before, signal.SIGKILL)
    os.kill(keeper(launcher, "postgres"), signal.SIGKILL)
    done = launcher("exec", "--", "sh", "-c", SHOW)
    assert done.returncode == 0, done.stderr
    assert "gw_portal" in done.stdout


@pytest.mark.long
def test_killed_keepers_take_their_servers_along(launcher):
    launcher("up")
    for name in ("postgres", "valkey"):
        os.kill(keeper(launcher, name), signal.SIGKILL)
    assert launcher.has_ended_all(30)
    assert "does not run" in launcher("status").stdout


@pytest.mark.long
def test_a_killed_user_leaves_nothing_running(launcher):
    user = launcher.start("exec", "--", "sleep", "60")
    until(lambda: sleeps(launcher))
    user.kill()
    user.communicate()
    assert launcher.has_ended_all(30)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_then_the_services(launcher, number):
    user = launcher.start("exec", "--", "sleep", "60")
    until(lambda: sleeps(launcher))
    user.send_signal(number)
    user.communicate(timeout=60)
    assert user.returncode == 128 + number
    assert launcher.has_ended_all()


def test_two_users_share_and_the_last_one_ends_the_services(launcher):
    first = launcher.start("exec", "--", "sleep", "60")
    until(lambda: sleeps(launcher))
    assert launcher("exec", "--", "true").returncode == 0
    assert (launcher.var_dir / "services.json").exists(), "the second user ended what the first one needs"
    refused = launcher("down")
    assert refused.returncode == 1
    assert "still used" in refused.stderr
    first.terminate()
    first.communicate(timeout=60)
    assert launcher.has_ended_all()


def test_data_of_another_version_is_refused_in_one_line(launcher):
    (launcher.var_dir / "postgres").mkdir(parents=True)
    (launcher.var_dir / "postgres" / "PG_VERSION").write_text("14\n")
    assert_one_line(launcher("exec", "--", "true"), "was made by PostgreSQL 14")


def test_a_platform_without_programs_is_told_what_to_install(launcher, tmp_path):
    done = launcher("exec", "--", "true", EMBEDDED_POSTGRES_BIN=str(tmp_path))
    assert_one_line(done, "EMBEDDED_POSTGRES_BIN")


def test_a_file_in_the_way_is_named_in_one_line(launcher):
    launcher.var_dir.parent.mkdir()
    launcher.var_dir.write_text("not a folder")
    assert_one_line(launcher("exec", "--", "true"), str(launcher.var_dir))
    launcher.var_dir.unlink()


def test_a_checkout_closed_to_others_keeps_its_data_outside(launcher):
    """Root's own folder: PostgreSQL runs as nobody there, who cannot walk in."""
    if os.geteuid() != 0:
        pytest.skip("PostgreSQL runs as ourselves")
    launcher.var_dir.mkdir(parents=True)
    launcher.var_dir.parent.chmod(0o700)
    done = launcher("exec", "--", "true")
    assert done.returncode == 0, done.stderr
    outside = Instance(launcher.var_dir).outside
    assert str(outside) in launcher("status").stdout
    assert (outside / "postgres" / "PG_VERSION").exists()
    launcher("erase")
    assert not outside.exists()


def assert_one_line(done, part: str) -> None:
    assert done.returncode == 1
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.long
def test_a_killed_server_is_started_again_with_its_data(launcher):
    launcher("up")
    url = json.loads((launcher.var_dir / "services.json").read_text())["DATABASE_OWNER_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    before = postmaster(launcher)
    os.kill(before, signal.SIGKILL)
    until(lambda: answers(url))
    assert postmaster(launcher) != before
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
