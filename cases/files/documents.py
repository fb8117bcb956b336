"""Documents of a case, with a line in its timeline for everything that becomes of them."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gruendungswerkstatt.documents import services
from gruendungswerkstatt.documents.inspection import Checked
from gruendungswerkstatt.documents.models import Document, DocumentRequest
from gruendungswerkstatt.documents.services import Received
from gruendungswerkstatt.documents.signals import document_infected
from network.people.models import Membership

from .enums import TimelineKind
from .models import Case
from .rules import WORKED_ON
from .services import record


def takes_documents(case: Case) -> bool:
    """Whether documents of the case can be asked for and sent: not any more when it has ended."""
    return case.state in WORKED_ON


@transaction.atomic
def ask(case: Case, by: Membership, kind: str, note: str = "") -> DocumentRequest:
    """Ask the founder of `case` for a document."""
    request = services.ask(case.office_id, case.uuid, by, kind, note)
    _tell(case, TimelineKind.DOCUMENT_ASKED, request, by, text=note)
    return request


@transaction.atomic
def receive(case: Case, request: DocumentRequest, given: Sequence[Checked], by: Membership | None = None) -> Received:
    """Keep files that the founder (`by` is None) or the desk sent. Raises DocumentRefused."""
    received = services.receive(request, given, by)
    if received.kept:
        _tell(case, TimelineKind.DOCUMENT_RECEIVED, request, by, count=len(received.kept))
    return received


@transaction.atomic
def accept(case: Case, request: DocumentRequest, by: Membership, *, version: int) -> None:
    """The document is in order. Raises DocumentRefused, StaleVersion."""
    services.accept(request, version=version)
    _tell(case, TimelineKind.DOCUMENT_ACCEPTED, request, by)


@transaction.atomic
def send_back(
    case: Case, request: DocumentRequest, by: Membership, reason: str, words: str = "", *, version: int
) -> None:
    """Ask once more, for a reason that the founder reads. Raises DocumentRefused, StaleVersion."""
    services.send_back(request, reason, words, version=version)
    _tell(case, TimelineKind.DOCUMENT_SENT_BACK, request, by, text=words, reason=reason)


@transaction.atomic
def withdraw(case: Case, request: DocumentRequest, by: Membership, *, version: int) -> None:
    """The document is not needed any more. Raises DocumentRefused, StaleVersion."""
    services.withdraw(request, version=version)
    _tell(case, TimelineKind.DOCUMENT_WITHDRAWN, request, by)


@transaction.atomic
def delete_file(case: Case, document: Document, by: Membership) -> None:
    """Delete a file at once, with a line that says so (rule 17). Deleting it twice is one line."""
    if services.delete_file(document):
        _tell(case, TimelineKind.DOCUMENT_DELETED, document.request, by)


def _tell(
    case: Case, kind: TimelineKind, request: DocumentRequest, by: Membership | None, *, text: str = "", **params: Any
) -> None:
    record(case, kind, by, params={"document": str(request.kind), **params}, text=text)


def _infected(sender: type[DocumentRequest], request: DocumentRequest, **kwargs: Any) -> None:
    case = Case.objects.for_office(request.office_id).filter(uuid=request.subject_uuid).first()
    if case is not None:
        _tell(case, TimelineKind.DOCUMENT_INFECTED, request, None)


def register() -> None:
    """Hear from the room of documents what it finds by itself."""
    document_infected.connect(_infected, dispatch_uid="cases.files.documents")
