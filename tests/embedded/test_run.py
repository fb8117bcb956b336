"""`make run` refuses in one line before it starts anything, and ends all that it started."""

import json
import os
import shutil
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from .conftest import Launcher, until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refusal(done) -> str:
    assert done.returncode == 1, done.stdout
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80", "٨٠٨٠", "8000.0"])
def test_a_wrong_port_is_named(launcher, port):
    line = refusal(launcher("run", PORT=port))
    assert line.startswith(f"PORT={port!r} is not a port")
    assert launcher.has_ended_all()


def test_a_port_in_use_is_said_before_anything_starts(launcher, taken_port):
    line = refusal(launcher("run", PORT=str(taken_port)))
    assert line.startswith(f"Port {taken_port} is in use")
    assert not (launcher.var_dir / "postgres").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("DEMO", "jein"),
        ("EMAIL_URL", "carrier-pigeon://x"),
        ("DATABASE_URL", "mysql://a:b@localhost/x"),
    ],
)
def test_a_wrong_variable_is_named_in_one_line(launcher, name, value):
    done = launcher("run", PORT=str(free_port()), **{name: value})
    assert refusal(done).startswith(f"Configuration error: {name}")
    assert launcher.has_ended_all()


@pytest.fixture
def portal(launcher):
    """The whole portal on a free port, ready."""
    shutil.copytree(settings.VAR_DIR / "assets", launcher.var_dir / "assets")
    return start_portal(launcher)


def start_portal(launcher: Launcher):
    port = free_port()
    process = launcher.start("run", PORT=str(port))
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C ends everything" in line:
            break
    else:
        pytest.fail("".join(lines))
    process.address, process.said = f"http://127.0.0.1:{port}", "".join(lines)
    return process


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  (our own http address)
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.long
def test_the_portal_serves_is_well_and_ends_on_ctrl_c(launcher, portal):
    for said in ("/ar/", "/de/", "/en/", "/de/network/", "/de/accounts/login/", "team lead", "advisor", "partner"):
        assert said in portal.said
    assert get(f"{portal.address}/livez") == (200, "ok")
    assert get(f"{portal.address}/ar/")[0] == 200
    until(lambda: get(f"{portal.address}/healthz")[0] == 200)
    assert json.loads(get(f"{portal.address}/healthz")[1])["checks"] == {
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
    }
    second = launcher("run", PORT=str(free_port()))
    assert "runs already" in refusal(second)
    portal.send_signal(signal.SIGINT)
    portal.communicate(timeout=60)
    assert portal.returncode == 0
    assert launcher.has_ended_all()


@pytest.mark.long
def test_after_kill_9_nothing_survives_and_the_next_start_works(launcher, portal):
    portal.kill()
    portal.communicate()
    assert launcher.has_ended_all(30)
    again = start_portal(launcher)
    assert get(f"{again.address}/livez")[0] == 200
    again.terminate()
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert launcher.has_ended_all()


@pytest.mark.long
def test_a_process_that_dies_is_started_again_and_said_so(launcher, portal):
    recorded = json.loads((launcher.var_dir / "leftovers.json").read_text())
    web = min(map(int, recorded))
    os.kill(web, signal.SIGKILL)
    assert "web was killed by signal 9 and is started again in 1 s" in portal.stdout.readline()
    until(lambda: livez(portal.address), 30)
    portal.send_signal(signal.SIGINT)
    portal.communicate(timeout=60)
    assert launcher.has_ended_all()


@pytest.mark.long
def test_healthz_names_the_broker_that_hangs(launcher, portal):
    until(lambda: get(f"{portal.address}/healthz")[0] == 200)
    (valkey,) = (pid for pid in launcher.processes() if b"valkey-server" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(valkey, signal.SIGSTOP)
    try:
        status, body = get(f"{portal.address}/healthz")
        assert (status, json.loads(body)["checks"]["broker"]) == (503, "does not answer")
        assert get(f"{portal.address}/livez")[0] == 200
    finally:
        os.kill(valkey, signal.SIGCONT)
    until(lambda: get(f"{portal.address}/healthz")[0] == 200)


@pytest.mark.long
def test_a_service_that_is_given_up_ends_the_portal_with_one_line(launcher, portal):
    os.kill(int((launcher.var_dir / "locks" / "valkey.keeper").read_text()), signal.SIGKILL)
    said, _ = portal.communicate(timeout=60)
    assert portal.returncode == 1
    assert said.splitlines()[-1].startswith("Valkey has ended")
    assert launcher.has_ended_all()


def livez(address: str) -> bool:
    try:
        return get(f"{address}/livez")[0] == 200
    except OSError:
        return False
