"""The history of changes, for team leads: how a file or a setting came to be as it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.people.access import team_lead_required

from .change_presenters import rows_of
from .changes import Filters, changes_of
from .files import registered, subjects_of
from .history_forms import HistoryForm
from .looks import looked_at
from .models import ViewPurpose
from .selectors import views_of


@require_safe
@team_lead_required
def history_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/history/?reference=&kind=&since_day=…&cursor=: changes, newest first.

    With a case number everything of that file, with values, and who has seen it; without one what was changed where,
    and values of the office's settings only. A day that does not exist leaves its filter open and says so.
    """
    form = HistoryForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    reference = asked.get("reference", "")
    file = registered().find(request.office, reference) if reference else None
    if file:
        looked_at(request, "case", file.uuid, purpose=ViewPurpose.HISTORY)
    is_unknown = bool(reference) and file is None
    filters = Filters(asked.get("kind", ""), file, asked.get("since"), asked.get("until"))
    page = None if is_unknown else changes_of(request.office, filters, request.GET.get("cursor", ""))
    context = {
        "form": form,
        "file": file,
        "page": page,
        "is_unknown": is_unknown,
        "rows": rows_of(page.rows, is_file=file is not None) if page else [],
        "views": views_of(request.office, subjects_of(request.office, file)) if file else [],
    }
    return render(request, "audit/history_list.html", context)
