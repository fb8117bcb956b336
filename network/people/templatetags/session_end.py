"""What tells a signed-in person that the session is about to end."""

from typing import Any

from django import template
from django.template import Context

from network.people import sessions

register = template.Library()


@register.inclusion_tag("components/session_end.html", takes_context=True)
def session_end(context: Context) -> dict[str, Any]:
    """{% session_end %} once on every page of the staff's side; draws nothing for who is not signed in."""
    request = context.get("request")
    if request is None or not sessions.is_signed_in(request):
        return {"seconds": None}
    membership = getattr(request, "membership", None)
    return {
        "seconds": sessions.seconds_left(request),
        "person": membership.uuid if membership else "",
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }
