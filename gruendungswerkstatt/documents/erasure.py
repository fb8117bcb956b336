"""What this room erases: documents with their case, and files earlier, when their own time is over."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit

from . import files
from .models import Document, DocumentRequest
from .services import DOCUMENT


def erase(under_way: Erasure) -> None:
    """Delete what was asked for in the cases that go, with every file."""
    documents = Document.objects.filter(subject_uuid__in=under_way.uuids)
    if not under_way.is_dry_run:
        files.delete_after_commit(list(documents.values_list("stored_as", flat=True)))
    under_way.delete(documents)
    under_way.delete(DocumentRequest.objects.filter(subject_uuid__in=under_way.uuids))


def _expired(office_id: int, _period: Period) -> QuerySet:
    return Document.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _erase_files(keys: Sequence[int]) -> None:
    """Take the files; that a document was asked for and received stays with the case."""
    rows = Document.objects.filter(pk__in=keys)
    files.delete_after_commit(list(rows.filter(~Q(stored_as="")).values_list("stored_as", flat=True)))
    Erasure().delete(rows)


def _recompute(office_id: int, period: Period) -> None:
    Document.objects.for_office(office_id).update(delete_after_on=period.after_column("received_at"))


def register() -> None:
    """Take part in erasing, and make the class of this room known."""
    erasure.register("documents", erase)
    retention.register(
        RetentionClass(
            code=DOCUMENT,
            label=_("Documents of founders"),
            covers=_("Photos and PDFs that were sent. That they were asked for and received stays with the case."),
            starts=_("from the receipt on"),
            basis=_("Retention plan of the portal: 12 months; what the office needs for longer is in its own file"),
            default=Period(12, Unit.MONTHS),
            least=1,
            most=36,
            expired=_expired,
            erase=_erase_files,
            recompute=_recompute,
        )
    )
