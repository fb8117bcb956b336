"""Funding of a case: all of it with the form for one more, and a page to change each."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk import presenters
from cases.desk.forms import FundingChangeForm, FundingForm
from cases.files import funding as services
from cases.files import selectors
from cases.files.models import Case, Funding
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required

from .case import case_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def funding_list(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """What was asked for and what became of it; records one more."""
    case = case_or_404(request, case_uuid)
    form = FundingForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():

        def write() -> None:
            services.add(case, request.membership, form.facts)

        try:
            return _once(request, case, form, write, _("The funding is recorded."))
        except services.FundingRefused as refused:
            form.add_refused(refused)
    context = {"case": case, "lines": presenters.funding_lines(selectors.funding_of(case)), "form": form}
    return render(request, "cases/funding_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def funding_change(request: HttpRequest, funding_uuid: uuid.UUID) -> HttpResponse:
    """Put one right, or add what became of it."""
    funding = _funding_or_404(request, funding_uuid)
    case = case_or_404(request, funding.case.uuid)
    form = FundingChangeForm(request.POST if request.method == "POST" else None, funding=funding)
    if form.is_valid():

        def write() -> None:
            services.change(funding, request.membership, form.facts, version=form.cleaned_data["version"])

        try:
            return _once(request, case, form, write, _("The funding is changed."))
        except services.FundingRefused as refused:
            form.add_refused(refused)
        except StaleVersion:
            funding = _funding_or_404(request, funding_uuid)
            form = FundingChangeForm(request.POST, funding=funding)
    if form.is_stale:
        form.add_stale(funding.version)
    sheets = [presenters.funding_sheet(funding, form)]
    context = {
        "case": case,
        "form": form if form.is_bound else None,
        "sheets": sheets,
        "done_steps": [],
        "done_deadlines": [],
    }
    return render(request, "cases/case_form.html", context)


def _once(request: HttpRequest, case: Case, form: Any, write: Callable[[], None], done: str) -> HttpResponse:
    def write_and_lead() -> str:
        write()
        messages.success(request, done)
        return reverse("cases:funding_list", args=[case.uuid])

    return carry_out_once(form.cleaned_data["form_token"], write_and_lead)


def _funding_or_404(request: HttpRequest, funding_uuid: uuid.UUID) -> Funding:
    funding = selectors.funding_for_office(request.office, funding_uuid)
    if funding is None:
        raise Http404
    looked_at(request, "case", funding.case.uuid)
    return funding
