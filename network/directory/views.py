"""The public directory: search and one page per offer. No log-in, no session, no script.

Members find it inside their own area, in its own dress.
"""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gruendungswerkstatt.common.paging import Page, paginate

from . import selectors
from .forms import OfferSearchForm
from .presenters import offer_view

PAGE_SIZE = 10


@require_safe
def offer_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/network/?q=&group=&topic=&language=&municipality=&setting=&cost=&cursor=

    An address with empty parts (a form sends all its fields) is led to the same search without them. Where nothing is
    found, or nobody offers help with the topic, the page leads to the office's team.
    """
    form = _search_form(request)
    cursor = request.GET.get("cursor", "")
    if not form.is_valid():
        return _page(request, "list", {"form": form, "found": None, "groups": selectors.groups()})
    address = _with_cursor(form.address, cursor)
    if address != request.GET.urlencode():
        return redirect(f"{request.path}?{address}" if address else request.path)
    found = selectors.offers(form.query, form.filters)
    page = paginate(found.offers, found.ordering, cursor, PAGE_SIZE) if found.count else Page([], "", "")
    context = {
        "form": form,
        "found": found,
        "page": page,
        "offers": [offer_view(offer) for offer in page.rows],
        "groups": selectors.groups(),
        "office": None if found.count else selectors.responsible_office(form.filters.municipality),
    }
    return _page(request, "list", context)


@require_safe
def offer_detail(request: HttpRequest, offer_uuid: uuid.UUID) -> HttpResponse:
    """GET /<lang>/network/<uuid>/?<the search it was found by>: one published offer; 404 otherwise."""
    offer = selectors.offer(offer_uuid)
    if offer is None:
        raise Http404
    context = {"view": offer_view(offer), "search": _search_form(request).address}
    return _page(request, "detail", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    # Without a session's cookie nobody is asked for: the public's pages need neither session nor user.
    is_staff = settings.SESSION_COOKIE_NAME in request.COOKIES and bool(request.membership)
    base = "base_staff.html" if is_staff else "base_founder.html"
    response = render(request, f"directory/offer_{name}.html", context | {"base": base})
    if is_staff:
        add_never_cache_headers(response)
    return response


def _search_form(request: HttpRequest) -> OfferSearchForm:
    return OfferSearchForm(request.GET, topics=selectors.topics(), municipalities=selectors.municipalities())


def _with_cursor(address: str, cursor: str) -> str:
    return "&".join(part for part in (address, urlencode({"cursor": cursor}) if cursor else "") if part)
