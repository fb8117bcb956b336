"""The virus scanner: what is said to it, what it says, and that nothing is handed out before."""

import socket
import struct
import threading

import pytest
from django.core.files.storage import storages

from cases.files.enums import TimelineKind
from cases.files.models import TimelineEntry
from gruendungswerkstatt.documents import scanning, services, tasks
from gruendungswerkstatt.documents.enums import RequestState, ReturnReason, ScanState
from gruendungswerkstatt.documents.scanning import ScannerError, is_infected
from tests.factories.documents import DocumentRequestFactory, checked

VIRUS = b"ein Virus"


class Scanner:
    """Speaks clamd's side of INSTREAM; says what `answer` says, or looks for VIRUS."""

    def __init__(self, path: str):
        self.answer: bytes | None = None
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(path)
        self._listening.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack("!L", said.read(4))[0]:
                    content += said.read(length)
                found = b"stream: Win.Test FOUND\0" if VIRUS in content else b"stream: OK\0"
                connection.sendall(found if self.answer is None else self.answer)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)


@pytest.fixture
def scanner(settings, tmp_path):
    path = str(tmp_path / "clamd.ctl")
    settings.CLAMAV_ADDRESS = ("unix", path)
    found = Scanner(path)
    yield found
    found.close()


@pytest.fixture
def asked(db):
    return DocumentRequestFactory()


def receive(asked, content: bytes):
    [document] = services.receive(asked, [checked(content, "Datei Nour.jpg")]).kept
    return document


def test_a_large_file_goes_over_in_pieces(scanner):
    assert not is_infected([b"x" * scanning.PIECE] * 40)
    assert is_infected([b"x" * 10, VIRUS])


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"\xff" * 9, b"stream: ERROR\0"])
def test_what_is_no_answer_is_not_clean(scanner, answer):
    scanner.answer = answer
    with pytest.raises(ScannerError):
        is_infected([b"abc"])


def test_no_scanner_at_the_address_is_not_clean(settings, tmp_path):
    settings.CLAMAV_ADDRESS = ("unix", str(tmp_path / "nobody"))
    with pytest.raises(ScannerError):
        is_infected([b"abc"])
    settings.CLAMAV_ADDRESS = ("tcp", ("127.0.0.1", 9))
    with pytest.raises(ScannerError):
        is_infected([b"abc"])


def test_a_file_waits_until_it_is_clean(scanner, asked):
    document = receive(asked, b"sauber")
    assert (document.scan_state, document.is_handed_out) == (ScanState.WAITING, False)
    tasks.scan(document.pk)
    document.refresh_from_db()
    assert (document.scan_state, document.is_handed_out) == (ScanState.CLEAN, True)
    tasks.scan(document.pk)


def test_it_waits_on_while_the_scanner_is_down(scanner, asked):
    scanner.answer = b""
    document = receive(asked, b"sauber")
    tasks.scan(document.pk)
    document.refresh_from_db()
    assert not document.is_handed_out
    scanner.answer = None
    tasks.scan_waiting()
    document.refresh_from_db()
    assert document.is_handed_out


def test_what_came_before_there_was_a_scanner_is_scanned_and_held_back_meanwhile(asked, scanner, settings):
    address, settings.CLAMAV_ADDRESS = settings.CLAMAV_ADDRESS, None
    document = receive(asked, b"sauber")
    tasks.scan_waiting()
    assert document.is_handed_out
    settings.CLAMAV_ADDRESS = address
    assert not document.is_handed_out
    tasks.scan_waiting()
    document.refresh_from_db()
    assert document.scan_state == ScanState.CLEAN


def test_an_infected_file_is_gone_and_both_sides_are_told(scanner, asked, django_capture_on_commit_callbacks):
    document = receive(asked, VIRUS)
    name = document.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        tasks.scan(document.pk)
        tasks.scan(document.pk)
    document.refresh_from_db()
    asked.refresh_from_db()
    assert (document.scan_state, document.original_name, document.is_handed_out) == (ScanState.INFECTED, "", False)
    assert not storages["documents"].exists(name)
    assert (asked.state, asked.reason) == (RequestState.SENT_BACK, ReturnReason.INFECTED)
    assert TimelineEntry.objects.filter(kind=TimelineKind.DOCUMENT_INFECTED).count() == 1


def test_a_task_is_enqueued_for_each_file(scanner, asked, monkeypatch):
    sent = []
    monkeypatch.setattr(services.queue, "enqueue", lambda name, *ids: sent.append((name, ids)))
    document = receive(asked, b"sauber")
    assert sent == [("documents.scan", (document.pk,))]
