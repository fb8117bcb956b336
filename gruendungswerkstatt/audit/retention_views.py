"""How long the office keeps what, and the proofs that it is deleted. Shows no data of founders."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.paging import Ordering, paginate
from network.people.access import office_settings_required

from . import erasure_reports
from .retention import change_period, kept_by
from .retention_forms import PeriodForm
from .tokens import carry_out_once

NEWEST_FIRST = Ordering("newest", gettext_lazy("Newest first"), ("-started_at", "-id"))


@require_safe
@office_settings_required
def period_list(request: HttpRequest) -> HttpResponse:
    """Every class: what it covers, how long it is kept, the default."""
    return render(request, "audit/period_list.html", {"rows": list(kept_by(request.office).values())})


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def period_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Choose another period for one class."""
    kept = kept_by(request.office).get(code)
    if kept is None or kept.retention_class.is_fixed:
        raise Http404
    form = PeriodForm(request.POST if request.method == "POST" else None, kept=kept)
    if form.is_valid():
        given = form.cleaned_data

        def write() -> str:
            change_period(request.office, request.membership, code, given["amount"], version=given["version"])
            messages.success(request, _("The period is changed. It holds for what is stored already, too."))
            return reverse("retention:period_list")

        try:
            return carry_out_once(given["form_token"], write)
        except StaleVersion:
            form.add_stale(kept.version)
    return render(request, "audit/period_edit.html", {"form": form, "kept": kept})


@require_safe
@office_settings_required
def run_list(request: HttpRequest) -> HttpResponse:
    """What was deleted, month by month and run by run."""
    page = paginate(erasure_reports.runs(request.office), NEWEST_FIRST, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "rows": erasure_reports.run_rows(page.rows),
        "months": erasure_reports.months(request.office),
    }
    return render(request, "audit/run_list.html", context)
