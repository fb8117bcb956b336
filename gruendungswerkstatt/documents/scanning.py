"""Asking a virus scanner (clamd) about each file, if settings.CLAMAV_ADDRESS names one.

Its protocol is small (clamd(8), INSTREAM): the command, pieces with their length in front, an empty piece, one line of
answer. A client of a few lines is easier to trust than one more package.
"""

import logging
import socket
import struct
from collections.abc import Iterable
from contextlib import closing

from django.conf import settings
from django.db import transaction

from gruendungswerkstatt.common.abstract import bump_version

from . import files
from .enums import RequestState, ReturnReason, ScanState
from .models import Document, DocumentRequest
from .selectors import waiting_for_scan
from .services import take_content
from .signals import document_infected

logger = logging.getLogger(__name__)

SECONDS = 60  # of waiting for the scanner
PIECE = 64 * 1024
BATCH = 50


class ScannerError(Exception):
    """The scanner did not say whether a file is clean: it cannot be reached, or could not do its work."""


def is_infected(pieces: Iterable[bytes]) -> bool:
    """Whether clamd finds a virus in the content that `pieces` make up. Raises ScannerError."""
    try:
        with closing(_connect()) as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in pieces:
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
            answer = _answer(connection)
    except OSError as error:
        raise ScannerError("no answer") from error
    if answer == "stream: OK":
        return False
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return True
    raise ScannerError("not scanned")


def _connect() -> socket.socket:
    family, address = settings.CLAMAV_ADDRESS
    if family == "tcp":
        return socket.create_connection(address, SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(SECONDS)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def _answer(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < PIECE:
        if not (more := connection.recv(PIECE)):
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def scan(key: int) -> None:
    """Let the scanner look at document `key`, and write down what it says. Twice does no harm.

    A scanner that does not answer leaves the document waiting; the next beat asks again.
    """
    document = waiting_for_scan().filter(pk=key).first()
    if document is None or not settings.CLAMAV_ADDRESS:
        return
    try:
        with files.storage().open(document.stored_as) as content:
            infected = is_infected(iter(lambda: content.read(PIECE), b""))
    except FileNotFoundError:  # deleted meanwhile
        return
    except ScannerError:
        logger.warning("The virus scanner did not answer, the file waits", exc_info=True)
        return
    if infected:
        _take_away(document)
    else:
        waiting_for_scan().filter(pk=key).update(scan_state=ScanState.CLEAN)


@transaction.atomic
def _take_away(document: Document) -> None:
    """Delete an infected file and send its request back, so that the founder and the office read it."""
    request = DocumentRequest.objects.select_for_update().get(pk=document.request_id)
    current = Document.objects.select_for_update().filter(pk=document.pk, deleted_at=None).first()
    if current is None:
        return
    take_content(current)
    current.scan_state = ScanState.INFECTED
    current.save(update_fields=["stored_as", "original_name", "digest", "deleted_at", "scan_state"])
    request.state, request.reason, request.reason_words = RequestState.SENT_BACK, ReturnReason.INFECTED, ""
    bump_version(request)
    request.save(update_fields=["state", "reason", "reason_words", "version"])
    document_infected.send(sender=DocumentRequest, request=request)


def scan_waiting() -> None:
    """Scan what no task has scanned: its broker was down, its worker was killed, or there was no scanner yet."""
    if settings.CLAMAV_ADDRESS:
        for key in waiting_for_scan().values_list("pk", flat=True)[:BATCH]:
            scan(key)
