"""One log line and one measurement per request: which view, which status, how long. No address, no person.

The request's number stands on every line that is written while it is answered, and in the answer's X-Request-ID, so
that somebody who calls about an error can read it out.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import metrics
from .logs import work_id

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
# What asks every few seconds would bury everything else.
QUIET = frozenset({"livez", "healthz", "metrics", metrics.NO_VIEW})
_WELL_FORMED = re.compile(r"[0-9A-Za-z-]{8,64}")


class RequestLogMiddleware:
    """Outermost: what it measures is everything that Django does. A proxy's well-formed X-Request-ID is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex
        token = work_id.set(number)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            response.headers[HEADER] = number
            _record(request, response, seconds)
            return response
        finally:
            work_id.reset(token)


def _record(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    view = request.resolver_match.view_name if request.resolver_match else metrics.NO_VIEW
    method = metrics.observe(view, request.method or "", response.status_code, seconds)
    if view in QUIET and response.status_code < 400:
        return
    logger.info(
        "Request",
        extra={
            "view": view,
            "method": method,
            "status_code": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
        },
    )
