"""What pages outside of the intake know of a founder who is on the way through it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from intake import passes

from .views.pages import own_draft


def founder(request: HttpRequest) -> dict[str, Any]:
    """Context processor: whether this browser carries a pass, and its draft, asked for only where a page wants it.

    "Leave quickly" and "delete now" stand on public pages too, for those who have something to leave.
    """
    carries_pass = passes.COOKIE in request.COOKIES
    return {"carries_pass": carries_pass, "carried_draft": SimpleLazyObject(lambda: own_draft(request))}
