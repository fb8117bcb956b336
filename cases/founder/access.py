"""Level 1 and level 2 of rule 13: what reference number and code open, and what the person's own PIN opens besides."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake import passes
from intake.passes import carrying

from .selectors import person_of

View = Callable[..., HttpResponse]


def founder_page(*methods: str) -> Callable[[View], View]:
    """A page with a founder's data: for these HTTP methods, never stored by a browser or in between."""
    allowed = ["HEAD", *methods] if "GET" in methods else list(methods)  # HEAD must not do what only POST may

    def decorate(view: View) -> View:
        return require_http_methods(allowed)(never_cache(view))

    return decorate


def own_page(*methods: str) -> Callable[[View], View]:
    """A page of level 2: calls view(request, Person, ...), and gives both cookies their time anew.

    Without level 1 it leads to reference number and code, without level 2 to the PIN. Whatever a form carried is lost
    then: these pages ask for nothing but a yes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @founder_page(*methods)
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            found = passes.opened(request)
            if found is None:
                return redirect("status:status_form")
            carried, submission = found
            if not passes.is_own_open(request, submission):
                return redirect("status:pin_form")
            response = view(request, person_of(submission), *args, **kwargs)
            if passes.OWN_COOKIE not in response.cookies:  # the view has not closed it
                carrying(response, carried, submission)
                passes.open_own(response, submission)
            return response

        return wrapped

    return decorate
