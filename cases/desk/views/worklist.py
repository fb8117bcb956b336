"""The worklist."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.desk import selectors
from cases.desk.forms import WorklistForm, bulk
from cases.desk.presenters import case_rows
from cases.desk.presenters.worklist import drawn_rows
from cases.files import selectors as files
from gruendungswerkstatt.common.paging import Page, paginate
from network.people.access import office_staff_required
from network.people.selectors import covered_by, staff_names

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
    rows = case_rows(page.rows)
    context = {
        "form": form,
        "absent": covered_by(request.membership),
        "page": page,
        "rows": rows,
        "drawn": drawn_rows(rows, are_chosen=request.GET.get("chosen") == "all"),
        "bulk": bulk.drawn(form.staff, form.labels),
        "choose_all": _with_all_chosen(request),
    }
    return render(request, "cases/case_list.html", context)


def _with_all_chosen(request: HttpRequest) -> str:
    """This page with every case chosen: without a script nothing else could."""
    query = request.GET.copy()
    query["chosen"] = "all"
    return f"{request.path}?{query.urlencode()}"


def worklist_form(request: HttpRequest, data: Mapping[str, str]) -> WorklistForm:
    """The search form with what the office can choose from."""
    staff, labels = staff_names(request.office), files.label_choices(request.office)
    return WorklistForm(data, staff=staff, labels=labels, own=own_cases(request))


def own_cases(request: HttpRequest) -> int | tuple[int, ...]:
    """Whose cases "My cases" are: the member's, and those of who is away and whose deputy the member is."""
    covered = covered_by(request.membership)
    return (request.membership.pk, *(one.pk for one in covered)) if covered else request.membership.pk
