"""Documents in words, for the office and for the founder."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import DocumentKind, RequestState, ScanState
from .models import Document, DocumentRequest
from .selectors import is_wanted
from .services import Received

# What waits for whoever reads it stands out.
_FOR_OFFICE = {
    RequestState.ASKED: "info",
    RequestState.RECEIVED: "warning",
    RequestState.ACCEPTED: "success",
    RequestState.SENT_BACK: "info",
}
_FOR_FOUNDER = {
    RequestState.ASKED: "warning",
    RequestState.RECEIVED: "info",
    RequestState.ACCEPTED: "success",
    RequestState.SENT_BACK: "warning",
}
_SCAN = {
    ScanState.NOT_SCANNED: "warning",
    ScanState.WAITING: "info",
    ScanState.CLEAN: "success",
    ScanState.INFECTED: "danger",
}


@dataclass(frozen=True)
class AskedRow:
    """A document that was asked for: `badge` says how far it is, `is_wanted` that it is the founder's turn.

    `kind` and `state` are words; so is `files`, how many came, "" where the request was looked up without them.
    """

    asked: DocumentRequest
    badge: str
    is_wanted: bool
    kind: Any
    state: Any
    files: str


@dataclass(frozen=True)
class FileRow:
    """A file: `badge` says what the scanner said."""

    document: Document
    badge: str
    sender: str


def office_rows(requests: Iterable[DocumentRequest]) -> list[AskedRow]:
    """`requests` as the office sees them."""
    return [_row(request, _FOR_OFFICE) for request in requests]


def founder_rows(requests: Iterable[DocumentRequest]) -> list[AskedRow]:
    """`requests` as the founder sees them; those where it is their turn first."""
    return sorted((_row(request, _FOR_FOUNDER) for request in requests), key=lambda row: not row.is_wanted)


def _row(request: DocumentRequest, badges: dict[RequestState, str]) -> AskedRow:
    count = getattr(request, "file_count", None)
    files = "" if count is None else ngettext("%(n)s file", "%(n)s files", count) % {"n": count}
    state = RequestState(request.state)
    return AskedRow(request, badges[state], is_wanted(request), DocumentKind(request.kind).label, state.label, files)


def file_rows(documents: Iterable[Document]) -> list[FileRow]:
    """`documents` (selectors.documents_of) for the list; the sender is somebody of the office, or the founder."""
    return [
        FileRow(
            document,
            _SCAN[ScanState(document.scan_state)],
            document.received_from.user.name if document.received_from else "",
        )
        for document in documents
    ]


def received_words(received: Received) -> str:
    """What the page says after a sending; "" if nothing of it was taken."""
    if not received.kept:
        return _("We have got this already.") if received.repeated else ""
    kept, repeated = len(received.kept), received.repeated
    words = ngettext("We have got %(n)s file.", "We have got %(n)s files.", kept) % {"n": kept}
    if not repeated:
        return words
    known = ngettext("%(n)s file we had already.", "%(n)s files we had already.", repeated) % {"n": repeated}
    return f"{words} {known}"
