"""Documents that an office asks for, and the files that were sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Membership, OfficeOwned

from .enums import DocumentKind, RequestState, ReturnReason, ScanState


class DocumentRequest(OfficeOwned, Identified, Versioned):
    """One document that a person was asked for; several photos may be one document.

    `subject_uuid` is the case: this room lies below it. What becomes of a request is told by the case's timeline.
    """

    subject_uuid = models.UUIDField()
    kind = models.CharField(max_length=24, choices=DocumentKind)
    note = models.TextField(blank=True)  # an advisor's words to the founder
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    reason = models.CharField(max_length=12, choices=ReturnReason, blank=True)
    reason_words = models.TextField(blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    received_at = models.DateTimeField(null=True, blank=True)  # the newest file

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["id", "office"], name="document_request_id_office"),
            models.CheckConstraint(
                name="document_request_sent_back_has_reason", condition=~Q(state="sent_back") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="document_request_received_has_time", condition=Q(state="asked") | Q(received_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["subject_uuid", "asked_at"], name="document_request_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d}"

    @property
    def takes_files(self) -> bool:
        """Whether more can be sent: not to what is in order already."""
        return self.state != RequestState.ACCEPTED


class Document(OfficeOwned, Identified):
    """One file. Its content lies in STORAGES["documents"] under a name that says nothing, made anew by the portal.

    When it was deleted the row stays until the case goes, without name and content: that something was there.
    """

    request = models.ForeignKey(DocumentRequest, on_delete=models.CASCADE, related_name="documents")
    subject_uuid = models.UUIDField()
    stored_as = models.CharField(max_length=64, blank=True)  # "" once the file is deleted
    original_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()  # bytes, as stored
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was sent: sent twice it is kept once
    received_from = models.ForeignKey(  # None: the founder
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(default=clock.now)
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)
    deleted_at = models.DateTimeField(null=True, blank=True)
    delete_after_on = models.DateField(db_index=True)

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stored_as"], condition=~Q(stored_as=""), name="document_stored_once"),
            models.UniqueConstraint(fields=["request", "digest"], condition=~Q(digest=""), name="document_sent_once"),
            models.CheckConstraint(
                name="document_deleted_has_no_file",
                condition=Q(deleted_at=None) & ~Q(stored_as="") | Q(deleted_at__isnull=False, stored_as=""),
            ),
            models.CheckConstraint(
                name="document_infected_is_deleted",
                condition=~Q(scan_state="infected") | Q(deleted_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_uuid"], name="document_by_subject"),
            models.Index(fields=["id"], name="document_waiting", condition=Q(scan_state="waiting", deleted_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_handed_out(self) -> bool:
        """Whether it may be opened: where there is a scanner, only what the scanner found clean."""
        if self.deleted_at is not None:
            return False
        return self.scan_state == ScanState.CLEAN or not settings.CLAMAV_ADDRESS
