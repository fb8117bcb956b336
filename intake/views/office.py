"""The hints of an office: every one with its rule, source and texts, and the page on which their words are written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from intake import hint_editing, hint_presenters, office_hints
from intake.forms.hint import HintForm
from intake.hint_editing import HintRefused
from intake.office_hints import HintSlot
from network.people.access import office_settings_required


@require_safe
@office_settings_required
def hint_list(request: HttpRequest) -> HttpResponse:
    """Every hint: when it is shown, who can help, what it says in all languages side by side."""
    rows = hint_presenters.hint_rows(office_hints.slots(request.office), clock.today())
    return render(request, "intake/office/hint_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def hint_edit(request: HttpRequest, code: str) -> HttpResponse:
    """One hint: write it in all languages, look at it, publish it."""
    slot = _slot_or_404(request, code)
    if request.method != "POST":
        return _page(request, slot, HintForm(slot=slot))
    form = HintForm(request.POST, slot=slot)
    if not form.is_valid():
        return _page(request, slot, form)
    try:
        if "preview" in request.POST:
            hint_editing.check(slot, form.draft())
            return _page(request, slot, form, preview=hint_presenters.preview(slot, dict(form.draft().texts)))
        return carry_out_once(form.cleaned_data["form_token"], lambda: _publish(request, slot, form))
    except HintRefused as refused:
        form.add_findings(refused.findings)
    except StaleVersion:
        slot = _slot_or_404(request, code)
        form.add_stale(slot)
    return _page(request, slot, form)


def _publish(request: HttpRequest, slot: HintSlot, form: HintForm) -> str:
    version = form.cleaned_data["version"]
    hint_editing.publish(request.office, request.membership, slot, form.draft(), version=version)
    messages.success(request, _("The hint is published. Founders read it from now on."))
    return reverse("hints:hint_edit", args=[slot.hint.code])


def _slot_or_404(request: HttpRequest, code: str) -> HintSlot:
    slot = office_hints.slot(request.office, code)
    if slot is None:
        raise Http404
    return slot


def _page(request: HttpRequest, slot: HintSlot, form: HintForm, **more: Any) -> HttpResponse:
    row = hint_presenters.hint_row(slot, clock.today())
    context = {
        "row": row,
        "form": form,
        "languages": [(text, form.of_language(text.language)) for text in row.texts],
        "others": form.others(),
        "preview": None,
    }
    return render(request, "intake/office/hint_edit.html", context | more)
