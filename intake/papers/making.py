"""Making receipt and card of an enquiry, outside of any request, and finding what was left behind."""

import uuid
from collections.abc import Iterator
from itertools import islice

from django.db import transaction

from gruendungswerkstatt.printing import print_pdf
from intake.enums import SubmissionState
from intake.models import Submission, SubmissionQuerySet
from network.people.portal_office import as_office

from . import files
from .card import card
from .receipt import receipt

_PAPERS = {files.Kind.RECEIPT: receipt, files.Kind.CARD: card}
SWEPT_AT_ONCE = 500


def make(submission_uuid: uuid.UUID) -> None:
    """Make what is lacking of the papers of a sent enquiry; nothing for a draft or one that is gone."""
    submission = _sent().select_related("office").filter(uuid=submission_uuid).first()
    if submission is None:
        return
    office = as_office(submission.office)
    made = {kind: print_pdf(_PAPERS[kind](submission, office)) for kind in files.lacking(submission_uuid)}
    with transaction.atomic():
        # Erasing waits for this row, or has deleted it: no file is left of an enquiry that is gone.
        if _sent().select_for_update().filter(pk=submission.pk).exists():
            for kind, content in made.items():
                files.keep(submission_uuid, kind, content)


def sweep() -> int:
    """Delete papers whose enquiry is gone: what a storage that was down, or a process that was killed, left behind.

    Returns of how many enquiries.
    """
    swept = 0
    for some in _handfuls(files.kept()):
        alive = set(Submission.objects.filter(uuid__in=some).values_list("uuid", flat=True))
        gone = set(some) - alive
        files.forget(gone)
        swept += len(gone)
    return swept


def _sent() -> SubmissionQuerySet:
    return Submission.objects.exclude(state=SubmissionState.DRAFT)


def _handfuls(found: Iterator[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    while some := list(islice(found, SWEPT_AT_ONCE)):
        yield some
