"""Documents: what was asked for takes files at level 1; what was sent is shown and handed out at level 2 (rule 13)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.files import documents
from cases.files.models import Case
from cases.founder import selectors
from cases.founder.access import founder_page, own_page
from cases.founder.selectors import Person
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.limits import MINUTE, limited
from gruendungswerkstatt.documents import handing_out, presenters
from gruendungswerkstatt.documents.forms import UploadForm
from gruendungswerkstatt.documents.models import DocumentRequest
from gruendungswerkstatt.documents.rules import takes_files
from gruendungswerkstatt.documents.services import DocumentRefused, Received
from intake import passes
from intake.models import Submission
from intake.passes import carrying


@founder_page("GET", "POST")
@limited("documents", most=100, seconds=10 * MINUTE)  # each file costs some computing
@takes_files
def document_upload(request: HttpRequest, request_uuid: uuid.UUID) -> HttpResponse:
    """Send files for one document that was asked for. Nothing that was sent can be seen here."""
    found = passes.opened(request)
    if found is None:
        return redirect("status:status_form")
    carried, submission = found
    response = _take(request, submission, request_uuid)
    return carrying(response, carried, submission)


def _take(request: HttpRequest, submission: Submission, request_uuid: uuid.UUID) -> HttpResponse:
    case, asked = _asked_or_404(submission, request_uuid)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if not form.is_valid():
        return _page(request, asked, form)
    received = Received()

    def write() -> str:
        nonlocal received
        received = documents.receive(case, asked, form.cleaned_data["files"])
        if words := presenters.received_words(received):
            messages.success(request, words)
        return reverse("status:document_upload", args=[request_uuid])

    try:
        response = carry_out_once(form.cleaned_data["form_token"], write)
    except DocumentRefused as refused:
        form.add_error(None, refused.reason.label)
        return _page(request, asked, form)
    if left := [*form.refused, *received.refused]:
        _case, asked = _asked_or_404(submission, request_uuid)
        return _page(request, asked, UploadForm.again(left))
    return response


def _asked_or_404(submission: Submission, request_uuid: uuid.UUID) -> tuple[Case, DocumentRequest]:
    found = selectors.document_asked(submission, request_uuid)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, asked: DocumentRequest, form: UploadForm) -> HttpResponse:
    [row] = presenters.founder_rows([asked])
    return render(request, "founder/document_upload.html", {"row": row, "asked": asked, "form": form})


@own_page("GET")
def document_list(request: HttpRequest, person: Person) -> HttpResponse:
    """What the person sent and what is still there."""
    rows = presenters.file_rows(selectors.documents_of(person))
    return render(request, "founder/document_list.html", {"rows": rows})


@own_page("GET")
def document_download(request: HttpRequest, person: Person, document_uuid: uuid.UUID) -> HttpResponseBase:
    """One of them, to be saved."""
    document = selectors.document_of(person, document_uuid)
    response = handing_out.answer(document) if document else None
    if response is None:
        raise Http404
    return response
