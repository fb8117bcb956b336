"""The first page: three ways for founders, one for people who work here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Public, the same for everybody, without a query."""
    return render(request, "home.html")
