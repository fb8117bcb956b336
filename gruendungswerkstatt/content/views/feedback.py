"""What people told about barriers, for the team lead."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gruendungswerkstatt.common.paging import Ordering, paginate
from gruendungswerkstatt.content import selectors, services
from network.people.access import team_lead_required

NEWEST_FIRST = Ordering("newest", gettext_lazy("Newest first"), ("-received_at", "-id"))


@require_safe
@team_lead_required
def feedback_list(request: HttpRequest) -> HttpResponse:
    """All feedback that is kept, newest first."""
    page = paginate(selectors.feedback(request.office), NEWEST_FIRST, request.GET.get("cursor", ""))
    return render(request, "content/office/feedback_list.html", {"page": page})


@require_POST
@team_lead_required
def feedback_answer(request: HttpRequest, feedback_uuid: uuid.UUID) -> HttpResponse:
    """Note that somebody took care of it. Needs no form token: twice is the same as once."""
    row = selectors.feedback_of(request.office, feedback_uuid)
    if row is None:
        raise Http404
    services.answer_feedback(row)
    messages.success(request, _("Marked as answered."))
    return redirect("content:feedback_list")
