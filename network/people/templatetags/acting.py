"""A built-in of all templates (settings.TEMPLATES): `{% csrf_token %}` also says whom the page was made for."""

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from network.people.acting import FIELD

register = template.Library()


class _TokenNode(CsrfTokenNode):
    def render(self, context: Context) -> SafeString | str:
        return super().render(context) + _membership_field(context.get("request"))


@register.tag
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> _TokenNode:
    """Django's tag, followed by the membership a signed-in person acts in (see network/people/acting.py)."""
    return _TokenNode()


def _membership_field(request) -> SafeString | str:
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""  # nobody is signed in: founders' pages cost no query more
    membership = getattr(request, "membership", None)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, membership.uuid) if membership else ""
