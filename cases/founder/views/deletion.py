"""Deletion: at once as long as there is no case, else a request that the office answers (Art. 17 GDPR)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.files.erasure_requests import ErasureRefused, erase_own_submission, request_erasure
from cases.files.models import Case
from cases.founder import selectors
from cases.founder.access import own_page
from cases.founder.forms import AskForDeletionForm, DeleteForm
from cases.founder.selectors import Person
from gruendungswerkstatt.audit.tokens import carry_out_once
from intake import passes


@own_page("GET", "POST")
def deletion_form(request: HttpRequest, person: Person) -> HttpResponse:
    """What deleting means here, where a request stands, and the button."""
    if person.case is None:
        return _delete(request, person)
    return _ask(request, person, person.case)


def _delete(request: HttpRequest, person: Person) -> HttpResponse:
    form = DeleteForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        erase_own_submission(person.submission)
        messages.success(request, _("Everything was deleted."))
        return reverse("intake:start")

    if form.is_valid():
        try:
            response = carry_out_once(form.cleaned_data["form_token"], write)
        except ErasureRefused as refused:  # an advisor has just opened a case
            form.add_error(None, refused.reason.label)
        else:
            passes.take(response)
            passes.close_own(response)
            return response
    return render(request, "founder/deletion_form.html", {"form": form, "has_case": False})


def _ask(request: HttpRequest, person: Person, case: Case) -> HttpResponse:
    form = AskForDeletionForm(request.POST if request.method == "POST" else None)

    def write() -> str:
        request_erasure(case)
        messages.success(request, _("We have got your request."))
        return reverse("status:deletion_form")

    if form.is_valid():
        return carry_out_once(form.cleaned_data["form_token"], write)
    context = {"form": form, "has_case": True, "asked": selectors.erasure_request_of(person)}
    return render(request, "founder/deletion_form.html", context)
