"""A real clamd, with EICAR as the only virus it knows. `make test-long` installs it where CI=true."""

import io
import subprocess
import time

import pikepdf
import pytest

from gruendungswerkstatt.documents import scanning, services, tasks
from gruendungswerkstatt.documents.enums import RequestState, ScanState
from gruendungswerkstatt.documents.inspection import check
from prepare.clamav import MISSING, find_clamd
from tests.factories.documents import DocumentRequestFactory, pdf, photo, sent

pytestmark = [pytest.mark.long, pytest.mark.django_db]

# Taken apart, so that no scanner takes this file for what it looks for.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STARTING = 60  # seconds


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """The scanner on a socket of its own; gives the socket's path."""
    program = find_clamd()
    assert program, MISSING
    home = tmp_path_factory.mktemp("clamd")
    home.chmod(0o755)
    (home / "signatures").mkdir()
    (home / "signatures" / "own.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
    path = home / "clamd.ctl"
    (home / "clamd.conf").write_text(
        f"LocalSocket {path}\nDatabaseDirectory {home / 'signatures'}\nForeground yes\nLogFile {home / 'log'}\n"
        "StreamMaxLength 30M\nUser root\n"
    )
    running = subprocess.Popen([program, f"--config-file={home / 'clamd.conf'}"], stdout=subprocess.DEVNULL)  # noqa: S603
    until = time.monotonic() + STARTING
    while not path.exists() and running.poll() is None and time.monotonic() < until:
        time.sleep(0.2)
    assert path.exists(), (home / "log").read_text() if (home / "log").exists() else "clamd did not start"
    yield str(path)
    running.terminate()
    running.wait(20)


@pytest.fixture(autouse=True)
def _address(clamd, settings):
    settings.CLAMAV_ADDRESS = ("unix", clamd)


def test_it_knows_eicar_and_nothing_else():
    assert scanning.is_infected([EICAR])
    assert scanning.is_infected([b"x" * 100_000, EICAR, b"x" * 100_000])
    assert not scanning.is_infected([photo()])


def infected_pdf() -> bytes:
    """A page in whose content stands what every scanner takes for a virus."""
    document, written = pikepdf.open(io.BytesIO(pdf())), io.BytesIO()
    document.pages[0].Contents = document.make_stream(EICAR + b" " * 200)
    document.save(written, compress_streams=False)
    return written.getvalue()


def test_what_is_clean_is_handed_out_and_eicar_is_gone(django_capture_on_commit_callbacks):
    asked = DocumentRequestFactory()
    given = [check(sent(content)) for content in (photo(), infected_pdf())]
    with django_capture_on_commit_callbacks(execute=True):
        clean, infected = services.receive(asked, given).kept
        assert not clean.is_handed_out
        for document in (clean, infected):
            tasks.scan(document.pk)
    clean.refresh_from_db()
    infected.refresh_from_db()
    asked.refresh_from_db()
    assert (clean.scan_state, clean.is_handed_out) == (ScanState.CLEAN, True)
    assert (infected.scan_state, infected.stored_as, infected.is_handed_out) == (ScanState.INFECTED, "", False)
    assert asked.state == RequestState.SENT_BACK
