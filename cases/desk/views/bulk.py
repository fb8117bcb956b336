"""Many cases at once: a preview with what will happen to each, the change, and what became of each."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.bulk import GONE, BulkConfirmForm, BulkForm, case_uuids, seen_versions
from cases.desk.presenters.bulk import change_words, preview_rows, result_rows
from cases.files import bulk, selectors
from cases.files.bulk import Change
from cases.files.enums import BulkKind, BulkResult
from cases.files.worklist import NOBODY
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required
from network.people.selectors import staff_member, staff_names

from .once import keep_results, kept_results, list_address

SESSION_KEY = "bulk_results"


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def bulk_preview(request: HttpRequest) -> HttpResponse:
    """What would happen to each of the chosen cases. Changes nothing."""
    if request.method != "POST":
        return redirect("cases:case_list")
    chosen = case_uuids(request.POST)
    form = BulkForm(request.POST, **_choices(request))
    change = _change(request, form)
    if not chosen or change is None:
        return _refused(request, form if chosen else None)
    cases = list(bulk.cases_for_change(request.office, chosen))
    results = bulk.expected(cases, change)
    context = {
        "words": change_words(change),
        "is_closing": change.kind == BulkKind.CLOSE,
        "rows": preview_rows(cases, results, change),
        "count": sum(result == BulkResult.DONE for result in results.values()),
        "missing": len(set(chosen)) - len(cases),
        "form": BulkConfirmForm(**_choices(request)),
        "chosen": form.repeated,
        "back": request.POST.get("back", ""),
        "list_address": _back(request),
    }
    return render(request, "cases/bulk_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def bulk_carry_out(request: HttpRequest) -> HttpResponse:
    """Change the cases of the preview that are still as it showed them; once, however often it is sent."""
    if request.method != "POST":
        return redirect("cases:case_list")
    form = BulkConfirmForm(request.POST, **_choices(request))
    seen = seen_versions(request.POST)
    change = _change(request, form)
    if not seen or change is None:
        return _refused(request, form if seen else None)
    token = form.cleaned_data["form_token"]

    def write() -> str:
        results = bulk.carry_out(request.office, request.membership, change, seen)
        keep_results(request, SESSION_KEY, token, results=results)
        return reverse("cases:bulk_done", args=[token])

    return carry_out_once(token, write)


@require_safe
@office_staff_required
def bulk_done(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What became of each case; without a change in this session back to the list."""
    kept = kept_results(request, SESSION_KEY, token, results=BulkResult)
    if kept is None:
        return redirect("cases:case_list")
    results = kept["results"]
    cases = list(bulk.cases_for_change(request.office, results.keys()))
    context = {
        "rows": result_rows(cases, results),
        "done": sum(result == BulkResult.DONE for result in results.values()),
        "missing": len(results) - len(cases),
        "list_address": list_address(kept["back"]),
    }
    return render(request, "cases/bulk_done.html", context)


def _choices(request: HttpRequest) -> dict[str, Any]:
    return {"staff": staff_names(request.office), "labels": selectors.label_choices(request.office)}


def _change(request: HttpRequest, form: BulkForm) -> Change | None:
    """What the form says, with the office's own advisor or label; None if something is wrong or gone."""
    if not form.is_valid():
        return None
    kind, value = form.choice
    if kind == BulkKind.CLOSE:
        return Change(kind, outcome=value)
    if kind == BulkKind.ASSIGN:
        advisor = None if value == NOBODY else staff_member(request.office, uuid.UUID(value))
        return Change(kind, advisor=advisor) if advisor or value == NOBODY else None
    label = selectors.label_for_office(request.office, uuid.UUID(value))
    return Change(kind, label=label) if label else None


def _refused(request: HttpRequest, form: BulkForm | None) -> HttpResponse:
    """Back to the list, which says what is missing; without a form no case was chosen."""
    messages.error(request, (form.first_error or GONE) if form else _("Please choose at least one case."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    return list_address(request.POST.get("back", ""))
