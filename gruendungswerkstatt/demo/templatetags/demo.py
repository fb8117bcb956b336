"""Tags that show something in a demonstration only."""

from django import template
from django.conf import settings

from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS, DemoAccount

register = template.Library()


@register.simple_tag
def demo_accounts() -> tuple[DemoAccount, ...]:
    """The accounts that a demonstration tells everybody; none in real use."""
    return DEMO_ACCOUNTS if settings.DEMO else ()
