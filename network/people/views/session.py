"""How long the session still lasts, for the page that is open, and staying signed in."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.people import sessions


@require_safe
@never_cache
def session_left(request: HttpRequest) -> JsonResponse:
    """GET → {"seconds": 0 if nobody is signed in, "person": the membership acted in}. Is no activity itself."""
    seconds = max(sessions.seconds_left(request), 0) if sessions.is_signed_in(request) else 0
    return JsonResponse({"seconds": seconds, "person": str(request.membership.uuid) if request.membership else ""})


@require_safe
@never_cache
def session_stay(request: HttpRequest) -> JsonResponse:
    """The same; but asking here is activity, as every other request is."""
    return session_left(request)
