"""The worklist."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.desk import selectors
from cases.desk.forms import WorklistForm
from cases.desk.presenters import case_rows
from cases.files import selectors as files
from gruendungswerkstatt.common.paging import Page, paginate
from network.people.access import office_staff_required
from network.people.selectors import staff_names

PAGE_SIZE = 50


@require_safe
@office_staff_required
def case_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/cases/list/?q=&sort=&cursor= and the filters of WorklistForm.

    Unknown values are left out; a search that is too long finds nothing and says why.
    """
    form = worklist_form(request, request.GET)
    page = Page([], "", "")
    if form.is_valid():
        cases = selectors.worklist_rows(request.office, form.filters)
        page = paginate(cases, form.ordering, request.GET.get("cursor", ""), PAGE_SIZE)
    return render(request, "cases/case_list.html", {"form": form, "page": page, "rows": case_rows(page.rows)})


def worklist_form(request: HttpRequest, data: Mapping[str, str]) -> WorklistForm:
    """The search form with what the office can choose from."""
    staff, labels = staff_names(request.office), files.label_choices(request.office)
    return WorklistForm(data, staff=staff, labels=labels, own=request.membership.pk)
