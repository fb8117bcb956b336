"""Deadlines of a case: a new one, another day, done and open again. Each leads back to the case page."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms import DeadlineChangeForm, DeadlineForm, StepDoneForm
from cases.files import deadlines, selectors
from cases.files.models import Case, Deadline
from cases.files.refusing import CaseRefused
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required

from .case import case_or_404, case_page, change_page
from .writing import carry_out, to_case

PART = "deadlines"


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def deadline_create(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Watch another deadline."""

    def write(case: Case, given: dict[str, Any]) -> None:
        deadlines.add(case, request.membership, **given)

    return carry_out(request, case_uuid, DeadlineForm, write, _("The deadline is set."), PART)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def deadline_change(request: HttpRequest, deadline_uuid: uuid.UUID) -> HttpResponse:
    """Another day, with the reason."""
    deadline = _deadline_or_404(request, deadline_uuid)
    if request.method != "POST":
        return change_page(request, case_or_404(request, deadline.case.uuid), deadline)
    form = DeadlineChangeForm(request.POST, deadline=deadline)
    if form.is_valid():

        def write() -> str:
            deadlines.change(deadline, request.membership, **form.details())
            messages.success(request, _("The deadline is changed."))
            return _address(deadline)

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except CaseRefused as refused:
            form.add_refusal(refused.reason)
        except StaleVersion:
            deadline = _deadline_or_404(request, deadline_uuid)
            form = DeadlineChangeForm(request.POST, deadline=deadline)
    if form.is_stale:
        form.add_stale(deadline.version)
    return change_page(request, case_or_404(request, deadline.case.uuid), deadline, form)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def deadline_done(request: HttpRequest, deadline_uuid: uuid.UUID) -> HttpResponse:
    """Mark a deadline as done, or as open again."""
    deadline = _deadline_or_404(request, deadline_uuid)
    if request.method != "POST":
        return to_case(request, deadline.case.uuid)
    form = StepDoneForm(request.POST)
    if not form.is_valid():
        return case_page(request, case_or_404(request, deadline.case.uuid), form)

    def write() -> str:
        deadlines.set_done(deadline, request.membership, form.cleaned_data["is_done"])
        return _address(deadline)

    return carry_out_once(form.cleaned_data["form_token"], write)


def _deadline_or_404(request: HttpRequest, deadline_uuid: uuid.UUID) -> Deadline:
    deadline = selectors.deadline_for_office(request.office, deadline_uuid)
    if deadline is None:
        raise Http404
    looked_at(request, "case", deadline.case.uuid)
    return deadline


def _address(deadline: Deadline) -> str:
    return f"{reverse('cases:case_detail', args=[deadline.case.uuid])}#{PART}"
