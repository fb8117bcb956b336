"""Tags of the sign-in page."""

from django import template

from network.people.oidc.config import Provider, current_provider

register = template.Library()


@register.simple_tag
def identity_provider() -> Provider | None:
    """Where people can sign in instead of here; None while settings name nothing."""
    return current_provider()
