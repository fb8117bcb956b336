"""Receipt and card of an enquiry, to be printed for a founder at the desk."""

import uuid
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gruendungswerkstatt.printing import pdf_response
from intake import selectors
from intake.papers import files
from network.people.access import office_staff_required


@require_safe
@never_cache
@office_staff_required
def submission_receipt(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """The receipt, in the founder's language and German, as the founder gets it."""
    return _paper(request, submission_uuid, files.Kind.RECEIPT)


@require_safe
@never_cache
@office_staff_required
def submission_card(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """The pocket card."""
    return _paper(request, submission_uuid, files.Kind.CARD)


def _paper(request: HttpRequest, submission_uuid: uuid.UUID, kind: files.Kind) -> HttpResponse:
    submission = selectors.submission_for_office(request.office, submission_uuid)
    if submission is None:
        raise Http404
    content = files.read(submission.uuid, kind)
    if content is not None:
        return pdf_response(content, kind)
    if request.method == "GET":
        files.order(submission.uuid)
    return render(request, "cases/paper_wait.html", {"submission": submission}, status=HTTPStatus.ACCEPTED)
