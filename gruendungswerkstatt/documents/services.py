"""Asking for documents, taking files, answering. Each is one transaction.

The case's timeline is the business of the room above (cases.files.documents), which calls these.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from gruendungswerkstatt.audit.retention import delete_after_in_database
from gruendungswerkstatt.common import clock, queue
from gruendungswerkstatt.common.abstract import bump_version
from network.people.models import Membership

from . import files
from .enums import DocumentRefusal, FileRefusal, RequestState, ReturnReason, ScanState
from .inspection import Checked
from .models import Document, DocumentRequest
from .rules import MOST_BYTES_OF_ONE, MOST_FILES
from .selectors import used_by

DOCUMENT = "document"  # the retention class
SCAN = queue.task_name("documents.scan")


class DocumentRefused(Exception):
    """It cannot be done like this; `reason` says why."""

    def __init__(self, reason: DocumentRefusal):
        super().__init__(reason.value)
        self.reason = reason


@dataclass
class Received:
    """What became of the files of one sending: kept now or kept already, and those there was no room for, by name."""

    kept: list[Document] = field(default_factory=list)
    repeated: int = 0
    refused: list[tuple[str, FileRefusal]] = field(default_factory=list)


@transaction.atomic
def ask(office_id: int, subject_uuid: uuid.UUID, by: Membership, kind: str, note: str = "") -> DocumentRequest:
    """Ask the person of a case for a document; the founder reads `note` on the status page."""
    return DocumentRequest.objects.create(
        office_id=office_id, subject_uuid=subject_uuid, kind=kind, note=note, asked_by=by
    )


@transaction.atomic
def receive(request: DocumentRequest, given: Sequence[Checked], by: Membership | None = None) -> Received:
    """Keep files that were checked for what was asked for; `by` is None for the founder.

    A file that is there already is not kept twice. Beyond MOST_FILES and MOST_BYTES_OF_ONE of one person the rest is
    refused. Raises DocumentRefused(IN_ORDER).
    """
    current = _alone(request)
    if not current.takes_files:
        raise DocumentRefused(DocumentRefusal.IN_ORDER)
    count, size = used_by(current.subject_uuid)
    known = set(Document.objects.filter(request=current).exclude(digest="").values_list("digest", flat=True))
    result, new = Received(), []
    for checked in given:
        if checked.digest in known:
            result.repeated += 1
        elif count >= MOST_FILES or size + checked.size > MOST_BYTES_OF_ONE:
            result.refused.append((checked.name, FileRefusal.NO_ROOM))
        else:
            count, size = count + 1, size + checked.size
            known.add(checked.digest)
            new.append(checked)
    result.kept = _keep(current, new, by)
    if result.kept:
        bump_version(current)
        current.state, current.received_at = RequestState.RECEIVED, clock.now()
        current.reason = current.reason_words = ""
        current.save(update_fields=["state", "received_at", "reason", "reason_words", "version"])
    return result


def _keep(request: DocumentRequest, given: Sequence[Checked], by: Membership | None) -> list[Document]:
    state = ScanState.WAITING if settings.CLAMAV_ADDRESS else ScanState.NOT_SCANNED
    kept = Document.objects.bulk_create(
        Document(
            office_id=request.office_id,
            request=request,
            subject_uuid=request.subject_uuid,
            stored_as=files.store(checked),
            original_name=checked.name,
            content_type=checked.content_type,
            size=checked.size,
            digest=checked.digest,
            received_from=by,
            scan_state=state,
            delete_after_on=delete_after_in_database(request.office_id, DOCUMENT),
        )
        for checked in given
    )
    if state == ScanState.WAITING:
        for document in kept:
            queue.enqueue(SCAN, document.pk)
    return kept


@transaction.atomic
def accept(request: DocumentRequest, *, version: int) -> DocumentRequest:
    """The document was seen and is in order. Raises DocumentRefused(NOTHING_SENT), StaleVersion."""
    current = _alone(request)
    _refuse_unsent(current)
    bump_version(current, version)
    current.state, current.reason, current.reason_words = RequestState.ACCEPTED, "", ""
    current.save(update_fields=["state", "reason", "reason_words", "version"])
    return current


@transaction.atomic
def send_back(request: DocumentRequest, reason: str, words: str = "", *, version: int) -> DocumentRequest:
    """Ask for it once more, for a reason the founder is told. Raises DocumentRefused, StaleVersion."""
    current = _alone(request)
    _refuse_unsent(current)
    if reason == ReturnReason.OTHER and not words:
        raise DocumentRefused(DocumentRefusal.REASON_MISSING)
    bump_version(current, version)
    current.state, current.reason, current.reason_words = RequestState.SENT_BACK, reason, words
    current.save(update_fields=["state", "reason", "reason_words", "version"])
    return current


@transaction.atomic
def withdraw(request: DocumentRequest, *, version: int) -> None:
    """Not ask for it any more; only while no file is there. Raises DocumentRefused(HAS_FILES), StaleVersion."""
    current = _alone(request)
    if Document.objects.filter(request=current, deleted_at=None).exists():
        raise DocumentRefused(DocumentRefusal.HAS_FILES)
    bump_version(current, version)
    current.delete()


@transaction.atomic
def delete_file(document: Document) -> bool:
    """Delete the content of a file at once (rule 17); the row stays without its name. Returns whether it was there."""
    current = Document.objects.select_for_update().get(pk=document.pk)
    if current.deleted_at is not None:
        return False
    take_content(current)
    current.save(update_fields=["stored_as", "original_name", "digest", "deleted_at"])
    return True


def take_content(document: Document) -> None:
    """Take name and content from a locked row, which is then to be saved."""
    files.delete_after_commit([document.stored_as])
    document.stored_as = document.original_name = document.digest = ""
    document.deleted_at = clock.now()


def _alone(request: DocumentRequest) -> DocumentRequest:
    """The request as it is now; nobody else changes documents of this person in this transaction."""
    rows = DocumentRequest.objects.select_for_update().filter(subject_uuid=request.subject_uuid).order_by("pk")
    for row in rows:
        if row.pk == request.pk:
            return row
    raise DocumentRefused(DocumentRefusal.WITHDRAWN)


def _refuse_unsent(request: DocumentRequest) -> None:
    if request.state == RequestState.ASKED:
        raise DocumentRefused(DocumentRefusal.NOTHING_SENT)
