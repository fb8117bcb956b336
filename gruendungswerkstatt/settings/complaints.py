"""How a program of the portal ends whose environment is wrong. Importing it reads nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured


@contextmanager
def ends_in_one_line() -> Iterator[None]:
    """End the program with the line of an ImproperlyConfigured raised inside: in a traceback nobody would find it."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration error: {error}")
