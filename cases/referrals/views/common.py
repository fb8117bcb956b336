"""What the advisor's screens share."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.files.models import Case
from cases.files.selectors import case_for_office
from cases.referrals import rules
from gruendungswerkstatt.common import clock
from network.directory.models import Offer
from network.directory.selectors import offer as published_offer


def case_or_404(request: HttpRequest, case_uuid: uuid.UUID) -> Case:
    """A case of the advisor's office."""
    case = case_for_office(request.office, case_uuid)
    if case is None:
        raise Http404
    return case


def offer_or_404(case: Case, offer_uuid: uuid.UUID) -> Offer:
    """A published offer of somebody else than the case's own office."""
    offer = published_offer(offer_uuid)
    if offer is None or offer.organisation_id == case.office_id:
        raise Http404
    return offer


def case_url(case: Case) -> str:
    return reverse("cases:case_detail", args=[case.uuid])


def refused_page(request: HttpRequest, case: Case) -> HttpResponse | None:
    """The page that says kindly why nothing of this case is passed on; None if it may be."""
    refusal = rules.case_refusal(case, clock.today())
    if refusal is None:
        return None
    return render(request, "referrals/refused.html", {"case": case, "refusal": refusal, "case_url": case_url(case)})
