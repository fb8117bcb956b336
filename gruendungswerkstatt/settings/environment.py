"""Reads the environment: every variable the portal knows, with its type, default and one-line complaint.

Services that `make run` or `make test` started write their addresses to ``<VAR_DIR>/services.json``; a variable
set by hand always wins over that file.
"""

import json
import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()

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


def read(kind: str, name: str, default=environ.Env.NOTSET, *, hint: str):
    """Read variable `name` as `kind` (a reader of django-environ: "bool", "int", "str", "list").

    Raises ImproperlyConfigured with one line that names the variable and what it should look like.
    """
    try:
        return getattr(env, kind)(name, default=default)
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(f"{name} is not set: {hint}") from error
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{name}={os.environ.get(name)!r} cannot be read: {hint}") from error


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
        found = environ.Env.db_url_config(os.environ[name])
    except (ValueError, ImproperlyConfigured, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {hint}") from error
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database: {hint}")
    return found


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
