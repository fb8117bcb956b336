"""Reads the environment: every variable the portal knows, with its type, default and one-line complaint.

Services that `make run` or `make test` started write their addresses to ``<VAR_DIR>/services.json``; a variable
set by hand always wins over that file.
"""

import json
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()

REQUIRED = object()
SERVICE_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "DEMO", "SITE_URL")


def _find_running_services() -> None:
    try:
        found = json.loads((VAR_DIR / "services.json").read_text())
    except (OSError, ValueError):
        return
    if os.environ.get("DATABASE_URL", found.get("DATABASE_URL")) != found.get("DATABASE_URL"):
        # A database given by hand must neither be migrated by the embedded one's owner nor be taken for a demo.
        found = {"CELERY_BROKER_URL": found.get("CELERY_BROKER_URL")}
    for name in SERVICE_VARIABLES:
        if isinstance(found.get(name), str):
            os.environ.setdefault(name, found[name])


_find_running_services()
env = environ.Env()


def read(kind: str, name: str, default=REQUIRED, *, hint: str, valid: Callable[[Any], bool] = bool):
    """Read variable `name` as `kind` (a reader of django-environ: "int", "str", "list"); empty is the same as not set.

    Raises ImproperlyConfigured with one line that names the variable and says what it should look like: if it is not
    set and there is no `default`, if it cannot be read, or if it is not `valid`.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        if default is REQUIRED:
            raise ImproperlyConfigured(f"{name} is not set: {hint}")
        return default
    try:
        found = getattr(env, kind)(name)
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{name}={value!r} cannot be read: {hint}") from error
    if not valid(found):
        raise ImproperlyConfigured(f"{name}={value!r} cannot be used: {hint}")
    return found


def is_url(*schemes: str) -> Callable[[str], bool]:
    """A test for addresses with one of `schemes` and a host, or a path where the scheme is one of sockets."""

    def test(value: str) -> bool:
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        return parts.scheme in schemes and bool(parts.netloc or parts.scheme.endswith("socket"))

    return test


def read_bool(name: str, default: bool, *, hint: str) -> bool:
    """Read a yes/no variable strictly: django-environ takes every unknown word for "no", which hides typing errors."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} cannot be read: {hint}")


def read_database(name: str, default=None) -> dict | None:
    """Read a PostgreSQL address; one over a socket is written ``postgresql://user:password@/name?host=/folder``."""
    hint = "an address like postgresql://user:password@host:5432/name"
    if not os.environ.get(name):
        return default
    try:
        with warnings.catch_warnings():  # of an unknown engine, which is refused below
            warnings.simplefilter("ignore")
            found = environ.Env.db_url_config(os.environ[name])
    except (ValueError, ImproperlyConfigured, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {hint}") from error
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database: {hint}")
    return found


def read_caches(name: str, broker: str) -> dict:
    """CACHES: the Valkey or Redis at the address in variable `name`, else the one that is the broker.

    With another broker and no address every process counts for itself, which a system check says.
    """
    address = read(
        "str",
        name,
        broker if broker.startswith("redis") else "",
        hint="an address like redis://host:6379/1",
        valid=is_url("redis", "rediss", "redis+socket"),
    )
    if not address:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    if address.startswith("redis+socket:"):  # Kombu's way to write a socket; redis-py has its own
        address = address.replace("redis+socket:", "unix:", 1).replace("virtual_host=", "db=", 1)
    return {
        "default": {
            "BACKEND": "gruendungswerkstatt.common.cache.ForgivingRedisCache",
            "LOCATION": address,
            "KEY_PREFIX": "gw",
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }


def read_email(name: str) -> dict:
    """Read where mail goes; schemes of django-environ, a port is always required for servers."""
    hint = "an address like smtp://127.0.0.1:2525 or smtp+tls://user:password@host:587"
    try:
        found = env.email_url(name)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {hint}") from error
    if "smtp" in found["EMAIL_BACKEND"] and not found.get("EMAIL_PORT"):
        raise ImproperlyConfigured(f"{name} names no port: {hint}")
    return found
