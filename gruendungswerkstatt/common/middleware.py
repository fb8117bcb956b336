"""Cleans what comes in before any view or form sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from .text import clean

# Passwords are compared byte by byte with what was hashed: only what PostgreSQL could not store is taken out.
UNTOUCHED = frozenset({"password", "password1", "password2", "oldpassword"})


class CleanInputMiddleware:
    """GET and POST values in NFC, without NUL, control characters and lone surrogates.

    One place instead of one per form: PostgreSQL refuses NUL and psycopg refuses lone surrogates, so a field that
    forgot to clean would answer with a 500.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING"):
            request.GET = _cleaned(request.GET)
        if request.method == "POST":
            request.POST = _cleaned(request.POST)
        return self.get_response(request)


def _cleaned(data: QueryDict) -> QueryDict:
    result = QueryDict(mutable=True, encoding=data.encoding)
    for key, values in data.lists():
        if key in UNTOUCHED:
            result.setlist(key, values)
        else:
            result.setlist(clean(key), [clean(v) for v in values])
    result._mutable = False
    return result
