"""Documents of a case: asking for one, what came, answering, deleting at once. Each address takes one form."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.documents import (
    DocumentAcceptForm,
    DocumentAskForm,
    DocumentForm,
    DocumentReturnForm,
    DocumentWithdrawForm,
    FileDeleteForm,
)
from cases.files import documents
from cases.files.models import Case
from gruendungswerkstatt.audit.tokens import FIELD as TOKEN
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.documents import handing_out, presenters, selectors
from gruendungswerkstatt.documents.forms import UploadForm
from gruendungswerkstatt.documents.models import DocumentRequest
from gruendungswerkstatt.documents.rules import takes_files
from gruendungswerkstatt.documents.services import DocumentRefused, Received
from network.people.access import office_staff_required

from .case import case_or_404

Write = Callable[[Case, DocumentRequest, dict[str, Any]], None]


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def document_ask(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Ask the founder for a document."""
    case = _open_case_or_404(request, case_uuid)
    form = DocumentAskForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        asked = documents.ask(case, request.membership, form.cleaned_data["kind"], form.cleaned_data["note"])
        messages.success(request, _("The founder reads it on the status page."))
        return _address(case, asked)

    if form.is_valid():
        return carry_out_once(form.cleaned_data[TOKEN], write)
    return render(request, "documents/document_ask.html", {"case": case, "form": form})


@require_safe
@office_staff_required
def document_detail(request: HttpRequest, case_uuid: uuid.UUID, request_uuid: uuid.UUID) -> HttpResponse:
    """A document that was asked for: what came, and what can be done with it."""
    case = case_or_404(request, case_uuid)
    return _page(request, case, _asked_or_404(case, request_uuid))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
@takes_files
def document_upload(request: HttpRequest, case_uuid: uuid.UUID, request_uuid: uuid.UUID) -> HttpResponse:
    """Take files at the desk, for somebody who came with paper."""
    case = _open_case_or_404(request, case_uuid)
    asked = _asked_or_404(case, request_uuid)
    if request.method != "POST":
        return redirect(_address(case, asked))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, asked, form)
    received = Received()

    def write() -> str:
        nonlocal received
        received = documents.receive(case, asked, form.cleaned_data["files"], request.membership)
        if words := presenters.received_words(received):
            messages.success(request, words)
        return _address(case, asked)

    try:
        response = carry_out_once(form.cleaned_data[TOKEN], write)
    except DocumentRefused as refused:
        form.add_error(None, refused.reason.label)
        return _page(request, case, asked, form)
    if left := [*form.refused, *received.refused]:
        return _page(request, case, _asked_or_404(case, request_uuid), UploadForm.again(left))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def document_accept(request: HttpRequest, case_uuid: uuid.UUID, request_uuid: uuid.UUID) -> HttpResponse:
    """Seen and in order."""

    def write(case: Case, asked: DocumentRequest, given: dict[str, Any]) -> None:
        documents.accept(case, asked, request.membership, **given)

    return _carry_out(request, case_uuid, request_uuid, DocumentAcceptForm, write, _("It is recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def document_return(request: HttpRequest, case_uuid: uuid.UUID, request_uuid: uuid.UUID) -> HttpResponse:
    """Send it back with a reason."""

    def write(case: Case, asked: DocumentRequest, given: dict[str, Any]) -> None:
        documents.send_back(case, asked, request.membership, **given)

    done = _("The founder reads on the status page what to do.")
    return _carry_out(request, case_uuid, request_uuid, DocumentReturnForm, write, done)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def document_withdraw(request: HttpRequest, case_uuid: uuid.UUID, request_uuid: uuid.UUID) -> HttpResponse:
    """Not ask for it any more; leads to the case, because there is nothing left here."""

    def write(case: Case, asked: DocumentRequest, given: dict[str, Any]) -> None:
        documents.withdraw(case, asked, request.membership, **given)

    done = _("The document is not asked for any more.")
    return _carry_out(request, case_uuid, request_uuid, DocumentWithdrawForm, write, done, is_end=True)


@require_safe
@office_staff_required
def document_download(request: HttpRequest, case_uuid: uuid.UUID, document_uuid: uuid.UUID) -> HttpResponseBase:
    """A file, to be saved; leaves a look at the case (audit.looks, by the address)."""
    case = case_or_404(request, case_uuid)
    document = selectors.document_for(request.office, case.uuid, document_uuid)
    response = handing_out.answer(document) if document else None
    if response is None:
        raise Http404
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def document_delete(request: HttpRequest, case_uuid: uuid.UUID, document_uuid: uuid.UUID) -> HttpResponse:
    """Seen, delete now (rule 17)."""
    case = case_or_404(request, case_uuid)
    document = selectors.document_for(request.office, case.uuid, document_uuid)
    if document is None:
        raise Http404
    asked = _asked_or_404(case, document.request.uuid)
    if request.method != "POST":
        return redirect(_address(case, asked))
    form = FileDeleteForm(request.POST)

    def write() -> str:
        documents.delete_file(case, document, request.membership)
        messages.success(request, _("The file is deleted. The timeline says so."))
        return _address(case, asked)

    return carry_out_once(form.cleaned_data[TOKEN], write) if form.is_valid() else _page(request, case, asked, form)


def _open_case_or_404(request: HttpRequest, case_uuid: uuid.UUID) -> Case:
    case = case_or_404(request, case_uuid)
    if not documents.takes_documents(case):
        raise Http404
    return case


def _asked_or_404(case: Case, request_uuid: uuid.UUID) -> DocumentRequest:
    asked = selectors.request_for(case.office_id, case.uuid, request_uuid)
    if asked is None:
        raise Http404
    return asked


def _carry_out(
    request: HttpRequest,
    case_uuid: uuid.UUID,
    request_uuid: uuid.UUID,
    form_class: type[DocumentForm],
    write: Write,
    done: str,
    *,
    is_end: bool = False,
) -> HttpResponse:
    """Check the form, `write` once and lead back; or show the page with what was typed."""
    case = case_or_404(request, case_uuid)
    asked = selectors.request_for(case.office_id, case.uuid, request_uuid)
    if asked is None:  # withdrawn meanwhile, perhaps by the first click of two
        if is_end and request.method == "POST":
            return redirect(_case_address(case))
        raise Http404
    if request.method != "POST":
        return redirect(_address(case, asked))
    form = form_class(request.POST, version=asked.version)
    if form.is_valid():

        def write_and_lead() -> str:
            write(case, asked, form.details())
            messages.success(request, done)
            return _case_address(case) if is_end else _address(case, asked)

        try:
            return carry_out_once(form.cleaned_data[TOKEN], write_and_lead)
        except DocumentRefused as refused:
            form.add_refusal(refused.reason)
        except StaleVersion:
            asked = _asked_or_404(case, request_uuid)
            form = form_class(request.POST, version=asked.version)
    if form.is_stale:
        form.add_stale(asked.version)
    return _page(request, case, asked, form)


def _page(request: HttpRequest, case: Case, asked: DocumentRequest, sent: Any = None) -> HttpResponse:
    """The page of a document, with the form that was `sent` and could not be carried out in its place."""
    forms = {form.code: form(version=asked.version) for form in (DocumentAcceptForm, DocumentReturnForm)}
    forms |= {"withdraw": DocumentWithdrawForm(version=asked.version), "upload": UploadForm()}
    if sent is not None:
        forms[sent.code] = sent
    rows = presenters.file_rows(selectors.documents_of(asked))
    [row] = presenters.office_rows([asked])
    context = {
        "case": case,
        "row": row,
        "asked": asked,
        "files": [(row, FileDeleteForm()) for row in rows],
        "takes_files": documents.takes_documents(case) and asked.takes_files,
        "form": sent,
        "forms": forms,
    }
    return render(request, "documents/document_detail.html", context)


def _address(case: Case, asked: DocumentRequest) -> str:
    return reverse("cases:document_detail", args=[case.uuid, asked.uuid])


def _case_address(case: Case) -> str:
    return f"{reverse('cases:case_detail', args=[case.uuid])}#documents"
