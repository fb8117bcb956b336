"""Labels: team leads choose the office's words, advisors put them on cases."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk.forms.base import DeskForm
from cases.desk.forms.labels import LabelDeleteForm, LabelNameForm, LabelNewForm, LabelPutForm, LabelTakeOffForm
from cases.files import labels, selectors
from cases.files.models import Label
from network.people.access import office_staff_required, team_lead_required

from .case import case_or_404
from .once import write_or_draw


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def label_list(request: HttpRequest) -> HttpResponse:
    """The office's labels and a form for one more."""

    def draw(form: DeskForm) -> HttpResponse:
        found = selectors.labels_with_counts(request.office)
        return render(request, "cases/label_list.html", {"form": form, "labels": found})

    def write(form: DeskForm) -> str:
        labels.create(request.office, form.cleaned_data["name"])
        messages.success(request, _("The label is there."))
        return reverse("cases:label_list")

    return write_or_draw(request, LabelNewForm(request.POST or None), write, draw, labels.LabelRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def label_detail(request: HttpRequest, label_uuid: uuid.UUID) -> HttpResponse:
    """Rename a label; the form for deleting it stands below."""
    label = _label_or_404(request, label_uuid)

    def write(form: DeskForm) -> str:
        labels.rename(label, form.cleaned_data["name"], version=form.cleaned_data["version"])
        messages.success(request, _("The label is renamed."))
        return reverse("cases:label_list")

    return write_or_draw(
        request,
        LabelNameForm(request.POST or None, label=label),
        write,
        partial(_page, request, label),
        labels.LabelRefused,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def label_delete(request: HttpRequest, label_uuid: uuid.UUID) -> HttpResponse:
    """Delete a label. Sent twice, the form leads to the list again; nobody else learns whether there was one."""
    if request.method != "POST":
        return redirect("cases:label_detail", _label_or_404(request, label_uuid).uuid)

    def write(_form: DeskForm) -> str:
        labels.delete(_label_or_404(request, label_uuid))
        messages.success(request, _("The label is deleted."))
        return reverse("cases:label_list")

    def draw(form: DeskForm) -> HttpResponse:
        return _page(request, _label_or_404(request, label_uuid), form)

    return write_or_draw(request, LabelDeleteForm(request.POST), write, draw, labels.LabelRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def case_labels(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Labels of a case: put one on, take one off."""
    case = case_or_404(request, case_uuid)
    takes_off = LabelTakeOffForm.code in request.POST
    known = list(selectors.labels_with_counts(request.office))

    def draw(form: DeskForm) -> HttpResponse:
        present = list(selectors.labels_of(case))
        context = {
            "case": case,
            "form": form,
            "put_form": form if form.code == LabelPutForm.code else LabelPutForm(labels=known),
            "present": [(label, LabelTakeOffForm(labels=known, initial={"label": label.uuid})) for label in present],
            "can_put": len(known) > len(present),
        }
        context["put_form"].offer([label for label in known if label not in present])
        return render(request, "cases/case_labels.html", context)

    def write(form: DeskForm) -> str:
        label = form.cleaned_data["label"]
        if takes_off:
            labels.take_off(case, label)
        else:
            labels.put_on(case, request.membership, label)
        return reverse("cases:case_labels", args=[case.uuid])

    form_class = LabelTakeOffForm if takes_off else LabelPutForm
    return write_or_draw(request, form_class(request.POST or None, labels=known), write, draw, labels.LabelRefused)


def _page(request: HttpRequest, label: Label, form: DeskForm) -> HttpResponse:
    sent = {form.code: form}
    context = {
        "label": label,
        "form": form,
        "rename_form": sent.get(LabelNameForm.code) or LabelNameForm(label=label),
        "delete_form": sent.get(LabelDeleteForm.code) or LabelDeleteForm(),
    }
    return render(request, "cases/label_detail.html", context)


def _label_or_404(request: HttpRequest, label_uuid: uuid.UUID) -> Label:
    label = selectors.label_for_office(request.office, label_uuid)
    if label is None:
        raise Http404
    return label
