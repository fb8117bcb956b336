"""From the case into the directory: which offer helps this founder?"""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.referrals import selectors
from cases.referrals.forms import OfferChoiceForm
from gruendungswerkstatt.common.paging import Page, paginate
from network.directory import selectors as directory
from network.people.access import office_staff_required

from .common import case_or_404, case_url, refused_page

PAGE_SIZE = 20


@require_safe
@office_staff_required
def referral_new(request: HttpRequest, case_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/referrals/cases/<uuid>/new/?q=&topic=: choose an offer, the founder's own topics first."""
    case = case_or_404(request, case_uuid)
    if page := refused_page(request, case):
        return page
    topics = list(directory.topics())
    form = OfferChoiceForm(request.GET, topics=topics)
    query, topic = form.cleaned_data.get("q", ""), form.cleaned_data.get("topic", "")
    found = directory.offers(query, directory.OfferFilters(topic=topic), without=case.office)
    cursor = request.GET.get("cursor", "")
    context = {
        "case": case,
        "case_url": case_url(case),
        "form": form,
        "topic": topic,
        "suggested": selectors.suggested_topics(case, topics),
        "found": found,
        "page": paginate(found.offers, found.ordering, cursor, PAGE_SIZE) if found.count else Page([], "", ""),
    }
    return render(request, "referrals/referral_new.html", context)
