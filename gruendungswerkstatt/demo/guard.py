"""Keeps invented data out of real offices."""

from django.conf import settings
from django.core.management.base import CommandError


def refuse_outside_demo() -> None:
    """Raise CommandError unless the portal runs as a demonstration."""
    if not settings.DEMO:
        raise CommandError("This writes invented data and runs in demo mode only (DEMO=1).")
