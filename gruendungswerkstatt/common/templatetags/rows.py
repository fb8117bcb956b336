"""`{% row_url %}`: an address in a list."""

from uuid import UUID

from django import template

from gruendungswerkstatt.common import rows

register = template.Library()


@register.simple_tag
def row_url(name: str, *uuids: UUID) -> str:
    """{% row_url "cases:step_done" step.uuid %}: as {% url %}, for many rows."""
    return rows.row_url(name, *uuids)
