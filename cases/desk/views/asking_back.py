"""Asking a founder back, about an enquiry or in a case; taking it back, and taking note of the answer."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import AskBackForm, DeskForm, DoneForm
from cases.files import asking_back
from cases.files.asking_back import AskBackRefused
from cases.files.models import AskBack
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required

from .case import case_or_404, case_page
from .inbox import enquiry_page, submission_or_404

PART = "questions"


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def case_ask_back(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Ask the founder of a case."""
    case = case_or_404(request, case_uuid)
    address = f"{reverse('cases:case_detail', args=[case.uuid])}#{PART}"
    if request.method != "POST":
        return redirect(address)
    form = AskBackForm(request.POST, case=case)
    if form.is_valid():

        def write() -> str:
            asking_back.ask_in_case(case, request.membership, **form.details())
            messages.success(request, _("The question is asked. The founder answers on the own page."))
            return address

        if answer := _once(form, write):
            return answer
    return case_page(request, case, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def submission_ask_back(request: HttpRequest, submission_uuid: uuid.UUID) -> HttpResponse:
    """Ask about an enquiry that waits."""
    submission = submission_or_404(request, submission_uuid)
    address = f"{reverse('cases:submission_detail', args=[submission.uuid])}#{PART}"
    if request.method != "POST":
        return redirect(address)
    form = AskBackForm(request.POST, case=None)
    if form.is_valid():

        def write() -> str:
            asking_back.ask_in_enquiry(submission, request.membership, **form.details())
            messages.success(request, _("The question is asked. The founder answers on the own page."))
            return address

        if answer := _once(form, write):
            return answer
    return enquiry_page(request, submission_or_404(request, submission_uuid), form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def ask_back_withdraw(request: HttpRequest, ask_back_uuid: uuid.UUID) -> HttpResponse:
    """The answer is not needed any more."""
    asked = _ask_back_or_404(request, ask_back_uuid)

    def write() -> str:
        asking_back.withdraw(asked, request.membership)
        messages.success(request, _("The question is taken back."))
        return _address(asked)

    return _carry_out(request, asked, write)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def ask_back_seen(request: HttpRequest, ask_back_uuid: uuid.UUID) -> HttpResponse:
    """Somebody has read the answer: it is no longer in "My day"."""
    asked = _ask_back_or_404(request, ask_back_uuid)

    def write() -> str:
        asking_back.mark_seen(asked)
        return _address(asked)

    return _carry_out(request, asked, write)


def _carry_out(request: HttpRequest, asked: AskBack, write: Any) -> HttpResponse:
    form = DoneForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect(_address(asked))
    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except AskBackRefused as refused:
        messages.warning(request, refused.reason.label)
    return redirect(_address(asked))


def _once(form: DeskForm, write: Any) -> HttpResponse | None:
    """Where the question led, or None if it was refused, which the form says."""
    try:
        return carry_out_once(form.cleaned_data["form_token"], write)
    except AskBackRefused as refused:
        form.add_error(None, refused.reason.label)
    return None


def _ask_back_or_404(request: HttpRequest, ask_back_uuid: uuid.UUID) -> AskBack:
    asked = asking_back.for_office(request.office, ask_back_uuid)
    if asked is None:
        raise Http404
    return asked


def _address(asked: AskBack) -> str:
    if asked.case:
        return f"{reverse('cases:case_detail', args=[asked.case.uuid])}#{PART}"
    return f"{reverse('cases:submission_detail', args=[asked.submission.uuid])}#{PART}"
