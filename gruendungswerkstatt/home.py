"""The first page: three ways for founders, one for people who work here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gruendungswerkstatt.content.enums import PageSlug
from gruendungswerkstatt.content.presenters import page_view
from gruendungswerkstatt.content.published import public_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Public, the same for everybody, without a query. Its words are the office's."""
    return render(request, "home.html", {"view": page_view(public_page(PageSlug.START))})
