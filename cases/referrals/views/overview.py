"""Everything that was passed on in a case, and on what ground."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.referrals import selectors
from cases.referrals.forms import RequestForm
from network.people.access import office_staff_required

from .common import case_or_404


@require_safe
@office_staff_required
def case_referrals(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """Referrals with the partners' words, questions that wait, consents."""
    case = case_or_404(request, case_uuid)
    context = {
        "case": case,
        "referrals": selectors.for_case(case),
        "consents": selectors.consents_of(case.founder),
        "consent_requests": selectors.requests_of(case),
        "request_form": RequestForm(),
    }
    return render(request, "referrals/case_referrals.html", context)
