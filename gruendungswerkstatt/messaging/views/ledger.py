"""The team lead looks into the ledger and sends again what failed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from gruendungswerkstatt.common.paging import Ordering, paginate
from gruendungswerkstatt.messaging import presenters, selectors, services
from gruendungswerkstatt.messaging.forms import LedgerFilterForm
from network.people.access import team_lead_required

NEWEST_FIRST = Ordering("newest", gettext_lazy("Newest first"), ("-due_at", "-id"))


@require_safe
@team_lead_required
def message_list(request: HttpRequest) -> HttpResponse:
    """Everything that was, is being or will be sent, newest first; with the text as it was sent."""
    filters = LedgerFilterForm(request.GET)
    found = selectors.ledger(request.office, **filters.chosen())
    page = paginate(found, NEWEST_FIRST, request.GET.get("cursor", ""))
    rows = presenters.ledger_rows(page.rows)
    has_failed = any(row.can_retry for row in rows)
    context = {"filters": filters, "page": page, "rows": rows, "has_failed": has_failed}
    return render(request, "messaging/message_list.html", context)


@require_POST
@team_lead_required
def failed_retry(request: HttpRequest) -> HttpResponse:
    """Plan all failed messages of the office again that are still of use. Doing it twice is doing it once."""
    count = services.retry_failed(request.office)
    if count:
        text = ngettext(
            "%(count)s message will be sent again within a minute.",
            "%(count)s messages will be sent again within a minute.",
            count,
        )
        messages.success(request, text % {"count": count})
    else:
        messages.warning(request, _("There is no failed message that would still be of use."))
    return redirect("messages:message_list")


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
