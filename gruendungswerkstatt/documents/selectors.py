"""Looking for documents: of an office by their case, of a founder by the cases that are theirs."""

import uuid
from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import JSONObject

from network.people.models import Organisation

from .enums import RequestState, ScanState
from .models import Document, DocumentRequest

# What somebody with number and code may know of a document that was asked for (rule 13, level 1): nothing of files.
_LEVEL_ONE = ("uuid", "kind", "note", "state", "reason", "reason_words", "received_at")


def requests_for(office: Organisation | int, subject_uuid: uuid.UUID) -> QuerySet[DocumentRequest]:
    """What was asked for in a case of `office`, in the order of asking; `file_count` says how many files are there."""
    present = Count("documents", filter=Q(documents__deleted_at=None))
    return DocumentRequest.objects.for_office(office).filter(subject_uuid=subject_uuid).annotate(file_count=present)


def request_for(office: Organisation | int, subject_uuid: uuid.UUID, request_uuid: uuid.UUID) -> DocumentRequest | None:
    """One of them; None if it belongs to another case or office."""
    return requests_for(office, subject_uuid).select_related("asked_by__user").filter(uuid=request_uuid).first()


def request_of_subjects(subjects: QuerySet, request_uuid: uuid.UUID) -> DocumentRequest | None:
    """A document that was asked for in one of the cases with the UUIDs `subjects` (a query); None for all others."""
    return DocumentRequest.objects.filter(subject_uuid__in=subjects, uuid=request_uuid).first()


def asked_in(subject: str) -> ArraySubquery:
    """A column for rows whose UUID stands in column `subject`: what is asked for there, as level 1 may know it.

    In the row's own query, because a founder's page may ask three times only. `read_asked` reads it.
    """
    found = DocumentRequest.objects.filter(subject_uuid=OuterRef(subject)).order_by("asked_at", "id")
    return ArraySubquery(found.values(data=JSONObject(**{name: F(name) for name in _LEVEL_ONE})))


def read_asked(column: Iterable[dict]) -> list[DocumentRequest]:
    """The value of an `asked_in` column as requests that hold what level 1 may know, and were not looked up."""
    field = DocumentRequest._meta.get_field("received_at")
    return [DocumentRequest(**{**row, "received_at": field.to_python(row["received_at"])}) for row in column]


def documents_of(request: DocumentRequest) -> QuerySet[Document]:
    """Files sent for a request, also those that were deleted, oldest first."""
    found = Document.objects.for_office(request.office_id).filter(request=request)
    return found.select_related("received_from__user").order_by("received_at", "id")


def document_for(office: Organisation | int, subject_uuid: uuid.UUID, document_uuid: uuid.UUID) -> Document | None:
    """A file of a case of `office` with its request; None for a stranger's one."""
    found = Document.objects.for_office(office).filter(subject_uuid=subject_uuid, uuid=document_uuid)
    return found.select_related("request").first()


def documents_of_subjects(office_id: int, subjects: Iterable[uuid.UUID]) -> QuerySet[Document]:
    """Files that are there in these cases, newest first, with what they were sent for."""
    found = Document.objects.for_office(office_id).filter(subject_uuid__in=subjects, deleted_at=None)
    return found.select_related("request").order_by("-received_at", "-id")


def requests_of_subjects(office_id: int, subjects: Iterable[uuid.UUID]) -> QuerySet[DocumentRequest]:
    """All that was asked for in these cases, with the files that are there."""
    present = Prefetch("documents", Document.objects.filter(deleted_at=None).order_by("received_at", "id"))
    found = DocumentRequest.objects.for_office(office_id).filter(subject_uuid__in=subjects)
    return found.order_by("asked_at", "id").prefetch_related(present)


def used_by(subject_uuid: uuid.UUID) -> tuple[int, int]:
    """How many files of a person are kept, and how many bytes."""
    found = Document.objects.filter(subject_uuid=subject_uuid, deleted_at=None)
    return tuple(found.aggregate(count=Count("*"), size=Sum("size", default=0)).values())


def waiting_for_scan() -> QuerySet[Document]:
    """Files the scanner has not seen; those from before there was a scanner too."""
    states = (ScanState.WAITING, ScanState.NOT_SCANNED)
    return Document.objects.filter(scan_state__in=states, deleted_at=None).order_by("id")


def names_in_use(names: Iterable[str]) -> set[str]:
    """Those of `names` under which a document is stored."""
    return set(Document.objects.filter(stored_as__in=names).values_list("stored_as", flat=True))


def is_wanted(request: DocumentRequest) -> bool:
    """Whether it is the founder's turn."""
    return request.state in (RequestState.ASKED, RequestState.SENT_BACK)
