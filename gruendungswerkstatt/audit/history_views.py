"""The history of changes, for who runs an office: how a file or a setting came to be as it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.people.access import office_settings_required

from .change_presenters import rows_of
from .changes import Filters, changes_of
from .files import registered, subjects_of
from .history_forms import HistoryForm
from .labels import SETTINGS
from .looks import looked_at
from .models import ViewPurpose
from .selectors import views_of


@require_safe
@office_settings_required
def history_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/history/?reference=&kind=&since_day=…&cursor=: changes, newest first.

    With a case number everything of that file, with values, and who has seen it; without one what was changed where,
    and values of the office's settings only; administrators see nothing but these. What is no case number
    finds nothing and says so; a day that does not exist leaves its filter open and says so.
    """
    sees_files = request.membership.is_team_lead
    form = HistoryForm(request.GET, sees_files=sees_files)
    form.is_valid()
    asked = form.cleaned_data
    reference = asked.get("reference", "")
    is_malformed = "reference" in form.errors
    file = registered().find(request.office, reference) if reference else None
    if file:
        looked_at(request, "case", file.uuid, purpose=ViewPurpose.HISTORY)
    is_unknown = bool(reference) and file is None
    filters = Filters(
        asked.get("kind", ""), None if sees_files else SETTINGS, file, asked.get("since"), asked.get("until")
    )
    page = None if is_unknown or is_malformed else changes_of(request.office, filters, request.GET.get("cursor", ""))
    context = {
        "form": form,
        "file": file,
        "sees_files": sees_files,
        "page": page,
        "is_unknown": is_unknown,
        "is_malformed": is_malformed,
        "rows": rows_of(page.rows, is_file=file is not None) if page else [],
        "views": views_of(request.office, subjects_of(request.office, file)) if file else [],
    }
    return render(request, "audit/history_list.html", context)
