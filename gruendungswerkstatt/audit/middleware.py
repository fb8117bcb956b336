"""What the history tells of every change: who made it, for which body, from where."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from gruendungswerkstatt.common import recording

# Where founders write: they have no account, so that is all the history says of them.
FOUNDERS_PAGES = frozenset({"intake", "status"})


class HistoryMiddleware:
    """Hands the events of this request their context; costs no query and nothing at all where nothing is written.

    Who it is gets known when the view asks for the membership (people.middleware); a founder stays "founder".
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with recording.recorded():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        recording.add(address=address(request.path, request.resolver_match))
        if request.resolver_match.app_name in FOUNDERS_PAGES:
            recording.add(role="founder")


def address(path: str, match: ResolverMatch) -> str:
    """`path` without what could be a secret: of its variable parts only UUIDs and numbers stay.

    A link for a new password carries its key as text; so might one that somebody adds tomorrow.
    """
    hidden = [value for value in (*match.args, *match.kwargs.values()) if value and isinstance(value, str)]
    return "/".join("…" if any(value in part for value in hidden) else part for part in path.split("/"))
