"""Saved views of the worklist: own ones and those the office shares."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk import selectors, services
from cases.desk.forms import WorklistForm
from cases.desk.forms.views import ViewDeleteForm, ViewForm
from cases.desk.presenters.views import ViewRow, count_words
from cases.files import selectors as files
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required
from network.people.selectors import staff_names

from .worklist import own_cases


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def view_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/cases/list/views/ with the query of a list: how many cases it and every saved view have.

    POST saves that list under a name. The worklist fetches the counts as a part of its page after it is shown.
    """
    read = _reader(request)
    listed = read(request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode())
    form = ViewForm(request.POST or None, initial={"query": listed.saved_address})
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            given = form.cleaned_data
            services.save_view(request.membership, given["name"], listed.saved_address, is_shared=given["is_shared"])
            messages.success(request, _("The view is saved."))
            return reverse("cases:view_list")

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except services.ViewRefused as refused:
            form.add_error("name", refused.reason.label)
    template = "cases/_views.html" if request.htmx else "cases/view_list.html"
    return render(request, template, {"form": form, **_counted(request, read, listed)})


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def view_delete(request: HttpRequest, view_uuid: uuid.UUID) -> HttpResponse:
    """Delete an own view, or as a team lead a shared one."""
    if request.method != "POST":
        if selectors.deletable_view(request.membership, view_uuid) is None:
            raise Http404
        return redirect("cases:view_list")
    form = ViewDeleteForm(request.POST)

    def write() -> str:
        view = selectors.deletable_view(request.membership, view_uuid)
        if view is None:
            raise Http404
        services.delete_view(view)
        messages.success(request, _("The view is deleted."))
        return reverse("cases:view_list")

    return carry_out_once(form.cleaned_data["form_token"], write) if form.is_valid() else redirect("cases:view_list")


def _reader(request: HttpRequest) -> Any:
    """A function that reads a query string as the list does; what can be chosen is asked for once."""
    staff, labels = staff_names(request.office), files.label_choices(request.office)
    return lambda query: WorklistForm(QueryDict(query), staff=staff, labels=labels, own=own_cases(request))


def _counted(request: HttpRequest, read: Any, listed: WorklistForm) -> dict[str, Any]:
    views = list(selectors.saved_views(request.membership))
    forms = [read(view.query) for view in views]
    lists = [form.filters for form in (listed, *forms) if form.is_valid()]
    first, *others = selectors.counts(request.office, lists) if listed.is_valid() else (0, *([0] * len(views)))
    rows = [
        ViewRow(
            view=view,
            count=count_words(count),
            is_whole=form.saved_address == view.query,
            can_delete=view.owner_id == request.membership.pk or request.membership.is_team_lead,
        )
        for view, form, count in zip(views, forms, others, strict=True)
    ]
    return {
        "count": count_words(first),
        "listed": listed,
        "own": [row for row in rows if row.view.owner_id == request.membership.pk],
        "shared": [row for row in rows if row.view.owner_id != request.membership.pk],
        "delete_form": ViewDeleteForm(),
    }
