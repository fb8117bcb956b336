"""A child that dies again and again is given up with one line; leftovers are told from strangers."""

import os
import subprocess
import sys

import pytest

from gruendungswerkstatt.embedded import supervisor as module
from gruendungswerkstatt.embedded.leftovers import Leftovers, started_at
from gruendungswerkstatt.embedded.supervisor import Supervisor
from prepare.basics import Refusal


@pytest.fixture
def supervisor(tmp_path):
    supervisor = Supervisor(dict(os.environ), tmp_path, Leftovers(tmp_path / "leftovers.json"))
    yield supervisor
    supervisor.end()


def test_a_child_that_dies_at_once_is_given_up_with_its_last_words(supervisor, monkeypatch, capsys):
    monkeypatch.setattr(module, "LONGEST_GAP", 0.05)
    supervisor.add("web", sys.executable, "-c", "import sys; print('no template'); sys.exit(3)")
    with pytest.raises(Refusal, match=r"web ended with exit code 3 5 times in a row.*no template.*web\.log"):
        supervisor.watch(lambda: False)
    assert capsys.readouterr().out.count("is started again") == module.MOST_RAPID_DEATHS - 1


def test_a_child_that_ignores_sigterm_is_killed(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "ENDING", ((15, 0.5),))
    ready = tmp_path / "ready"
    supervisor.add("stubborn", "/bin/sh", "-c", f"trap '' TERM; touch '{ready}'; while :; do sleep 1; done")
    supervisor.watch(ready.exists)
    process = supervisor.children[0].process
    supervisor.end()
    assert process.returncode == -9


def test_leftovers_are_ended_but_never_a_stranger_with_the_same_number(tmp_path):
    ours = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
    stranger = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
    leftovers = Leftovers(tmp_path / "leftovers.json")
    leftovers.record(ours.pid)
    leftovers.path.write_text(leftovers.path.read_text().replace("}", f', "{stranger.pid}": "long ago"}}'))
    try:
        leftovers.end()
        assert ours.wait(5) != 0
        assert stranger.poll() is None
        assert not leftovers.path.exists()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_process_that_is_gone_has_no_start(tmp_path):
    process = subprocess.Popen(["/bin/sh", "-c", ":"])
    process.wait()
    assert started_at(process.pid) == ""
    assert started_at(os.getpid()) != ""
