"""The team lead looks into the ledger and sends again what failed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gruendungswerkstatt.common.paging import Ordering, paginate
from network.people.access import team_lead_required

from . import presenters, selectors, services
from .forms import LedgerFilterForm

NEWEST_FIRST = Ordering("newest", gettext_lazy("Newest first"), ("-due_at", "-id"))


@require_safe
@team_lead_required
def message_list(request: HttpRequest) -> HttpResponse:
    """Everything that was, is being or will be sent, newest first; with the text as it was sent."""
    filters = LedgerFilterForm(request.GET)
    found = selectors.ledger(request.office, **filters.chosen())
    page = paginate(found, NEWEST_FIRST, request.GET.get("cursor", ""))
    context = {"filters": filters, "page": page, "rows": presenters.ledger_rows(page.rows)}
    return render(request, "messaging/message_list.html", context)


@require_POST
@team_lead_required
def message_retry(request: HttpRequest, message_uuid: uuid.UUID) -> HttpResponse:
    """Plan a failed message again, at once. Needs no form token: planning what is planned changes nothing."""
    message = selectors.message_for_office(request.office, message_uuid)
    if message is None:
        raise Http404
    if services.retry(message):
        messages.success(request, _("The message will be sent again within a minute."))
    else:
        messages.warning(request, _("This message cannot be sent any more."))
    return redirect("messages:message_list")
