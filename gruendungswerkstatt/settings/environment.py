"""Reads the environment: every variable the portal knows, with its type, default and one-line complaint.

docs/operations.md has them all in one table, which tests/ops/test_variables.py compares with what is read here. A
secret may also lie in a file: ``<NAME>_FILE`` names it, as container engines hand secrets over.

Services that `make run` or `make test` started write their addresses to ``<VAR_DIR>/services.json``; a variable
set by hand always wins over that file.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()

REQUIRED = object()
SERVICE_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "DEMO", "SITE_URL")
# Every variable that was read, and whether it is secret.
KNOWN: dict[str, bool] = {}

PARSERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "list": lambda text: [part.strip() for part in text.split(",") if part.strip()],
}


def _find_running_services() -> None:
    try:
        found = json.loads((VAR_DIR / "services.json").read_text())
    except (OSError, ValueError):
        return
    given = os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")
    if given and given != found.get("DATABASE_URL"):
        # A database given by hand must neither be migrated by the embedded one's owner nor be taken for a demo.
        found = {"CELERY_BROKER_URL": found.get("CELERY_BROKER_URL")}
    for name in SERVICE_VARIABLES:
        if isinstance(found.get(name), str) and f"{name}_FILE" not in os.environ:
            os.environ.setdefault(name, found[name])


_find_running_services()


def read_text(name: str, *, secret: bool = False) -> str:
    """What variable `name` says, without space around it; "" if it is not set. A `secret` may lie in <name>_FILE.

    Raises ImproperlyConfigured with one line if both are set or the file cannot be read.
    """
    KNOWN[name] = secret
    value = os.environ.get(name, "").strip()
    path = os.environ.get(f"{name}_FILE", "").strip() if secret else ""
    if not path:
        return value
    if value:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: the path of a text file") from error


def read(
    kind: str,
    name: str,
    default: Any = REQUIRED,
    *,
    hint: str,
    valid: Callable[[Any], bool] = bool,
    secret: bool = False,
) -> Any:
    """Read variable `name` as `kind` ("str", "int", or "list" with commas between); empty is the same as not set.

    Raises ImproperlyConfigured with one line that names the variable and says what it should look like: if it is not
    set and there is no `default`, if it cannot be read, or if it is not `valid`. The value of a `secret` is not shown.
    """
    text = read_text(name, secret=secret)
    if not text:
        if default is REQUIRED:
            raise ImproperlyConfigured(f"{name} is not set: {hint}")
        return default
    shown = name if secret else f"{name}={text!r}"
    try:
        found = PARSERS[kind](text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{shown} cannot be read: {hint}") from error
    if not valid(found):
        raise ImproperlyConfigured(f"{shown} cannot be used: {hint}")
    return found


def read_bool(name: str, default: bool, *, hint: str) -> bool:
    """Read a yes/no variable strictly: a word that is neither is a typing error, not a "no"."""
    value = read_text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} cannot be read: {hint}")


def is_number(value: int) -> bool:
    """A test for numbers of processes and threads."""
    return 1 <= value <= 1000


def is_url(*schemes: str) -> Callable[[str], bool]:
    """A test for addresses with one of `schemes` and a host, or a path where the scheme is one of sockets."""

    def test(value: str) -> bool:
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        return parts.scheme in schemes and bool(parts.netloc or parts.scheme.endswith("socket"))

    return test
