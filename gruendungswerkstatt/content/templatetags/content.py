"""Links to the office's pages, for the foot of every page."""

from typing import Any

from django import template
from django.urls import NoReverseMatch

from gruendungswerkstatt.content import presenters

register = template.Library()


@register.simple_tag
def footer_pages() -> list[dict[str, Any]]:
    """{% footer_pages as pages %}: address and name of each; none where this installation does not have the room."""
    try:
        return presenters.footer_pages()
    except NoReverseMatch:
        return []
