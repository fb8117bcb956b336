"""A short message to many founders: a preview with its words, the sending, and what became of each."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.bulk import case_uuids, seen_versions
from cases.desk.forms.short_messages import ShortMessageConfirmForm, ShortMessageForm
from cases.desk.presenters.short_messages import message_rows, reached, words_of
from cases.files import bulk, short_messages
from cases.files.enums import MessageResult
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required

from .once import keep_results, kept_results, list_address

SESSION_KEY = "short_messages"


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def message_preview(request: HttpRequest) -> HttpResponse:
    """Who would get the message how, and what stands in it. Sends nothing."""
    if request.method != "POST":
        return redirect("cases:case_list")
    chosen, form = case_uuids(request.POST), ShortMessageForm(request.POST)
    if not chosen or not form.is_valid():
        return _refused(request, form if chosen else None)
    text = form.cleaned_data["text"]
    cases = list(bulk.cases_for_change(request.office, chosen))
    results = short_messages.expected(cases, text)
    context = {
        "text": text,
        "rows": message_rows(cases, results),
        "reached": reached(cases, results),
        "words": words_of(request.office, text, cases, results),
        "count": sum(result == MessageResult.PLANNED for result in results.values()),
        "missing": len(set(chosen)) - len(cases),
        "token": ShortMessageConfirmForm()["form_token"],
        "back": request.POST.get("back", ""),
        "list_address": list_address(request.POST.get("back", "")),
    }
    return render(request, "cases/message_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def message_send(request: HttpRequest) -> HttpResponse:
    """Send it to those of the preview whose case is still as it showed it; once, however often it is asked for."""
    if request.method != "POST":
        return redirect("cases:case_list")
    form, seen = ShortMessageConfirmForm(request.POST), seen_versions(request.POST)
    if not seen or not form.is_valid():
        return _refused(request, form if seen else None)
    token = form.cleaned_data["form_token"]

    def write() -> str:
        results = short_messages.send(request.office, request.membership, form.cleaned_data["text"], seen)
        keep_results(request, SESSION_KEY, token, results=results)
        return reverse("cases:message_done", args=[token])

    return carry_out_once(token, write)


@require_safe
@office_staff_required
def message_done(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What became of each message; without any in this session back to the list."""
    kept = kept_results(request, SESSION_KEY, token, results=MessageResult)
    if kept is None:
        return redirect("cases:case_list")
    results = kept["results"]
    cases = list(bulk.cases_for_change(request.office, results.keys()))
    context = {
        "rows": message_rows(cases, results),
        "count": sum(result == MessageResult.PLANNED for result in results.values()),
        "missing": len(results) - len(cases),
        "list_address": list_address(kept["back"]),
    }
    return render(request, "cases/message_done.html", context)


def _refused(request: HttpRequest, form: ShortMessageForm | None) -> HttpResponse:
    """Back to the list, which says what is missing; without a form no case was chosen."""
    errors = form.errors.values() if form else ()
    first = next((message for found in errors for message in found), _("Please choose at least one case."))
    messages.error(request, first)
    return redirect(list_address(request.POST.get("back", "")))
