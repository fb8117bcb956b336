"""Variables that hold the address of a service, read into the settings Django wants for it."""

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from .environment import VAR_DIR, is_url, read, read_bool, read_text


def read_database(name: str) -> dict[str, Any] | None:
    """Read a PostgreSQL address; one over a socket is written ``postgresql://user:password@/name?host=/folder``."""
    hint = "an address like postgresql://user:password@host:5432/name"
    address = read_text(name, secret=True)
    if not address:
        return None
    try:
        with warnings.catch_warnings():  # of an unknown engine, which is refused below
            warnings.simplefilter("ignore")
            found = environ.Env.db_url_config(address)
    except (ValueError, ImproperlyConfigured, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {hint}") from error
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database: {hint}")
    return found


def read_pooling() -> dict[str, Any]:
    """What a pooler between portal and PostgreSQL asks of every connection (DATABASE_POOLED), else how long one lives.

    A pooler that hands a connection to somebody else after each transaction (PgBouncer's ``pool_mode = transaction``)
    keeps neither server-side cursors nor prepared statements; and it is the pooler's task to keep connections.
    """
    pooled = read_bool("DATABASE_POOLED", False, hint="1 if DATABASE_URL leads to PgBouncer in transaction mode")
    options = {"application_name": "gruendungswerkstatt", "prepare_threshold": None}
    if pooled:
        return {"CONN_MAX_AGE": 0, "DISABLE_SERVER_SIDE_CURSORS": True, "OPTIONS": options}
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def read_caches(name: str, broker: str) -> dict[str, Any]:
    """CACHES: the Valkey or Redis at the address in variable `name`, else the one that is the broker.

    With another broker and no address every process counts for itself, which a system check says.
    """
    address = read(
        "str",
        name,
        broker if broker.startswith("redis") else "",
        hint="an address like redis://host:6379/1",
        valid=is_url("redis", "rediss", "redis+socket"),
        secret=True,
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


def read_email(name: str) -> dict[str, Any]:
    """Where mail goes, by the schemes of django-environ, as EMAIL_… settings; a server always needs a port.

    An empty dict if the variable is not set.
    """
    hint = "an address like smtp://127.0.0.1:2525 or smtp+tls://user:password@host:587"
    address = read_text(name, secret=True)
    if not address:
        return {}
    try:
        found = environ.Env.email_url_config(address)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {hint}") from error
    if "smtp" in found["EMAIL_BACKEND"] and not found.get("EMAIL_PORT"):
        raise ImproperlyConfigured(f"{name} names no port: {hint}")
    return found


def read_documents(name: str) -> dict[str, Any]:
    """STORAGES["documents"]: people's files in a folder (the default) or in a private bucket of an S3 service.

    ``file:///srv/documents`` or ``s3://bucket/folder?endpoint=https://host&region=name``, the keys in S3_ACCESS_KEY and
    S3_SECRET_KEY. Neither has addresses of its own for files: they are only handed out by views that ask for rights
    (docs/adr/, "Documents").
    """
    hint = "file:///folder or s3://bucket/folder?endpoint=https://host&region=name"
    address = read("str", name, f"file://{VAR_DIR}/documents", hint=hint, valid=_is_storage)
    key = read("str", "S3_ACCESS_KEY", "", hint="the key for the bucket in DOCUMENTS_URL", secret=True)
    secret = read("str", "S3_SECRET_KEY", "", hint="the secret of S3_ACCESS_KEY", secret=True)
    parts = urlsplit(address)
    if parts.scheme == "file":
        options = {
            "location": Path(parts.path),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        }
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if not (key and secret):
        raise ImproperlyConfigured(f"{name} names a bucket, but S3_ACCESS_KEY or S3_SECRET_KEY is not set")
    given = {option: values[0] for option, values in parse_qs(parts.query).items()}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": given.get("endpoint"),
            "region_name": given.get("region"),
            "access_key": key,
            "secret_key": secret,
            "signature_version": "s3v4",
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
            "querystring_expire": 60,
            "object_parameters": {"ServerSideEncryption": "AES256"},
        },
    }


def read_scanner(name: str) -> tuple[str, Any] | None:
    """Where the virus scanner (clamd) listens: ("unix", path) or ("tcp", (host, port)); None if there is none.

    ``unix:///run/clamav/clamd.ctl`` or ``tcp://clamav:3310``. The protocol knows neither passwords nor encryption, so
    the scanner belongs on this machine or into a network of the portal's own.
    """
    hint = "unix:///run/clamav/clamd.ctl or tcp://clamav:3310"
    address = read("str", name, "", hint=hint, valid=_is_scanner)
    if not address:
        return None
    parts = urlsplit(address)
    return ("unix", parts.path) if parts.scheme == "unix" else ("tcp", (parts.hostname, parts.port))


def _is_scanner(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return not parts.netloc and len(parts.path) > 1
    try:
        return parts.scheme == "tcp" and bool(parts.hostname and parts.port) and not parts.path.strip("/")
    except ValueError:  # a port that is no number
        return False


def _is_storage(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "file":
        return not parts.netloc and len(parts.path) > 1
    return parts.scheme == "s3" and bool(parts.netloc) and set(parse_qs(parts.query)) <= {"endpoint", "region"}
