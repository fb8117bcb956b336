"""The page for who tried too often."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .limits import MINUTE, Paused
from .views import too_many_requests

USUAL_PAUSE = 15 * MINUTE  # where a form itself has said how long


class PauseMiddleware:
    """Answers `Paused` with the page 429; every 429 says when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(USUAL_PAUSE))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many_requests(request, exception) if isinstance(exception, Paused) else None
