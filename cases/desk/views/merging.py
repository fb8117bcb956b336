"""Two cases of one person: finding the other one, comparing, putting together, separating again."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk.forms.merging import MergeForm, OtherCaseForm, UndoMergeForm
from cases.desk.presenters import merging as presenters
from cases.desk.presenters import timeline_lines
from cases.files import merging
from cases.files.duplicates import likely_same
from cases.files.merging import MergeRefused
from cases.files.models import Case, Merge
from cases.files.refusing import CaseMerged
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required

from .case import case_or_404


@require_safe
@office_staff_required
def merge_find(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/cases/<uuid>/merge/?reference=…: who it may be too; a number leads to the comparison."""
    case = case_or_404(request, case_uuid)
    form = OtherCaseForm(request.GET if "reference" in request.GET else None)
    if form.is_valid():
        other = merging.case_to_merge(request.office, form.cleaned_data["reference"])
        if other is not None and other != case:
            return redirect("cases:merge_case", case.uuid, other.uuid)
        found = (
            merging.MergeRefusal.SAME_CASE.label if other else _("There is no case with this number in your office.")
        )
        form.add_error("reference", found)
    candidates = presenters.candidates(likely_same(request.office, case))
    return render(request, "cases/merge_find.html", {"case": case, "form": form, "candidates": candidates})


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def merge_case(request: HttpRequest, case_uuid: uuid.UUID, other_uuid: uuid.UUID) -> HttpResponse:
    """What would happen, with both side by side; sent, the other case is put into this one."""
    target = case_or_404(request, case_uuid)
    try:
        source = case_or_404(request, other_uuid)
    except CaseMerged as merged:
        if merged.remaining != target:
            raise
        messages.info(request, _("The two cases are one already."))
        return redirect("cases:case_detail", target.uuid)
    form = _form(request, source, target)
    if form.is_valid() and not form.is_stale:

        def write() -> str:
            merge = merging.merge(source, target, request.membership, from_source=form.from_source, seen=form.compared)
            messages.success(request, _("The two cases are one now."))
            return reverse("cases:case_detail", args=[merge.into.uuid])

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except MergeRefused as refused:
            form.add_error(None, refused.reason.label)
        except StaleVersion:
            source, target = case_or_404(request, other_uuid), case_or_404(request, case_uuid)
            form = _form(request, source, target)
    if form.is_stale:
        form.add_stale(target.version)
    looked_at(request, "case", source.uuid)
    refusal = merging.refusal_of(source, target)
    moving = merging.preview(source, target)
    context = {
        "case": target,
        "other": source,
        "refusal": refusal,
        "form": form,
        "standing": presenters.side_by_side(target, source),
        "moving": presenters.moving_rows(moving),
    }
    return render(request, "cases/merge_case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def merge_undo(request: HttpRequest, merge_uuid: uuid.UUID) -> HttpResponse:
    """What would go back and what stays; sent, the cases are two again."""
    merge = _merge_or_404(request, merge_uuid)
    looked_at(request, "case", merge.into.uuid)
    form = UndoMergeForm(request.POST if request.method == "POST" else None, version=merge.into.version)
    refusal = merging.refusal_to_undo(merge, merge.into)
    address = reverse("cases:case_detail", args=[merge.into.uuid])
    if request.method == "POST" and refusal == merging.MergeRefusal.UNDONE:
        return redirect(address)
    if form.is_valid():

        def write() -> str:
            merging.undo(merge, request.membership, version=form.cleaned_data["version"])
            messages.success(request, _("The cases are two again."))
            return address

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except MergeRefused as refused:
            form.add_error(None, refused.reason.label)
        except StaleVersion:
            merge = _merge_or_404(request, merge_uuid)
            form = UndoMergeForm(request.POST, version=merge.into.version)
            form.add_stale(merge.into.version)
    context = {
        "merge": merge,
        "form": form,
        "refusal": refusal,
        "going_back": presenters.going_back_rows(merge.changes),
        "since": timeline_lines(merge.into, merging.lines_since(merge)),
    }
    return render(request, "cases/merge_undo.html", context)


def _merge_or_404(request: HttpRequest, merge_uuid: uuid.UUID) -> Merge:
    merge = merging.merge_for_office(request.office, merge_uuid)
    if merge is None:
        raise Http404
    return merge


def _form(request: HttpRequest, source: Case, target: Case) -> MergeForm:
    choices = presenters.choices(merging.differences(source, target), source, target)
    return MergeForm(request.POST if request.method == "POST" else None, source=source, target=target, choices=choices)
