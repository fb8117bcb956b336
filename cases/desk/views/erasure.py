"""Deleting a person on request (Art. 17 GDPR): any advisor notes the wish, the team lead decides."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.base import DeskForm
from cases.desk.forms.erasure import EraseForm, ErasureDeclineForm, ErasureRequestForm
from cases.desk.presenters.erasure import going_rows
from cases.files import erasure_requests as requests
from cases.files.models import Case
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required, team_lead_required

from .case import case_or_404


@require_safe
@office_staff_required
def case_erasure(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Where a wish stands, what would go, and what can be done about it."""
    return _page(request, case_or_404(request, case_uuid))


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def erasure_request(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Note that the person wants to be deleted."""
    case = case_or_404(request, case_uuid)
    form = ErasureRequestForm(request.POST)

    def write() -> str:
        requests.request_erasure(case, request.membership)
        messages.success(request, _("The wish is noted. The team lead decides about it."))
        return _address(case)

    return _carry_out(request, case, form, write)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def erasure_decline(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Keep the data, for a reason the person is told."""
    case = case_or_404(request, case_uuid)
    wish = requests.last_request(case)
    if wish is None:
        return redirect(_address(case))
    form = ErasureDeclineForm(request.POST, request=wish)

    def write() -> str:
        requests.decline_erasure(
            wish, request.membership, form.cleaned_data["reason"], version=form.cleaned_data["version"]
        )
        messages.success(request, _("The request is declined. The founder reads why."))
        return _address(case)

    return _carry_out(request, case, form, write)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def erasure_carry_out(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Delete the person with all cases; leads to the list, because there is no case any more."""
    case = case_or_404(request, case_uuid)
    form = EraseForm(request.POST, case=case)

    def write() -> str:
        requests.erase_founder(case.founder, by=request.membership, reason=form.cleaned_data["reason"])
        messages.success(request, _("Everything about this person was deleted."))
        return reverse("cases:case_list")

    return _carry_out(request, case, form, write)


def _carry_out(request: HttpRequest, case: Case, form: DeskForm, write: Callable[[], str]) -> HttpResponse:
    if request.method != "POST":
        return redirect(_address(case))
    if form.is_valid():
        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except requests.ErasureRefused as refused:
            form.add_error(None, refused.reason.label)
        except StaleVersion:
            form.add_error(None, ErasureDeclineForm.stale_text)
    return _page(request, case, form)


def _page(request: HttpRequest, case: Case, sent: DeskForm | None = None) -> HttpResponse:
    wish = requests.last_request(case)
    is_open = wish is not None and wish.is_open
    forms: dict[str, DeskForm] = {} if is_open else {"request": ErasureRequestForm()}
    if request.membership.is_team_lead:
        forms["erase"] = EraseForm(case=case)
        if is_open:
            forms["decline"] = ErasureDeclineForm(request=wish)
    if sent is not None:
        forms[sent.code] = sent
    context = {
        "case": case,
        "wish": wish,
        "going": going_rows(requests.what_would_go(case.founder)),
        "form": sent,
        "forms": forms,
        "request_form": forms.get("request"),
        "decline_form": forms.get("decline"),
        "erase_form": forms.get("erase"),
    }
    return render(request, "cases/case_erasure.html", context)


def _address(case: Case) -> str:
    return reverse("cases:case_erasure", args=[case.uuid])
