"""The founder's code and PIN at the desk: made, shown once, never sent, stored or put into an address (rule 13)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cases.desk.forms import CaseForm, NewCodeForm, NewPinForm
from cases.files import access
from cases.files.models import Case
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required

from .case import case_or_404, form_page

# Gives what the page shows once: {"code": ...} or {"pin": ...}.
Make = Callable[[Case, dict[str, Any]], dict[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def code_renew(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """A new code instead of a lost one."""

    def make(case: Case, given: dict[str, Any]) -> dict[str, str]:
        return {"code": access.renew_code(case, request.membership), "pin": ""}

    return _make_once(request, case_uuid, NewCodeForm, make)


@sensitive_post_parameters("pin", "pin_again")
@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def pin_set(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """A PIN for level 2. One that the founder typed is not shown."""

    def make(case: Case, given: dict[str, Any]) -> dict[str, str]:
        pin = access.set_pin(case, request.membership, given["pin"])
        return {"code": "", "pin": "" if given["pin"] else pin}

    return _make_once(request, case_uuid, NewPinForm, make)


def _make_once(request: HttpRequest, case_uuid: uuid.UUID, form_class: type[CaseForm], make: Make) -> HttpResponse:
    """Carry it out once and answer with the secret itself: a redirect would need a place to keep it meanwhile.

    Without a form it is shown. The same form sent again leads back to the case; a secret is not shown twice.
    """
    case = case_or_404(request, case_uuid)
    address = reverse("cases:case_detail", args=[case.uuid]) + "#access"
    enquiry = access.enquiry_to_open(case)
    if enquiry is None:
        return redirect(address)
    if request.method != "POST":
        return form_page(request, case, form_class)
    form = form_class(request.POST, case=case)
    if not form.is_valid():
        return form_page(request, case, form_class, form)
    made: dict[str, str] = {}

    def write() -> str:
        made.update(make(case, form.details()))
        return address

    back = carry_out_once(form.cleaned_data["form_token"], write)
    if any(made.values()):
        context = {
            "name": case.founder.display_name,
            "reference": enquiry.reference,
            "back_url": address,
        }
        return render(request, "cases/access_made.html", context | made)
    if made:
        messages.success(request, _("The new PIN is set."))
    else:
        messages.info(request, _("This was done a moment ago. What was made is shown only once."))
    return back
