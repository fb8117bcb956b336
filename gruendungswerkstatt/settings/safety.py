"""Settings with which the portal must not run: each is a predicate and the one line that says what to do instead."""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from gruendungswerkstatt.messaging.telling import tells

SHORTEST_KEY, FEWEST_SIGNS = 50, 10
# As they stand in instructions, examples and earlier versions of this portal.
KNOWN_BEGINNINGS = ("django-insecure", "only-for-tests", "change", "secret", "example", "default", "password")
# Names that nobody can own: RFC 2606, RFC 6762, RFC 8375 and ICANN's ".internal".
UNPUBLIC_ENDINGS = ("localhost", "test", "example", "invalid", "local", "internal", "home.arpa")
UNPUBLIC_ENDINGS += ("example.org", "example.com", "example.net")


def refuse_unsafe(settings: Mapping[str, Any]) -> None:
    """Raise ImproperlyConfigured with the first line that speaks against `settings` (a settings module's names)."""
    for line in _everywhere(settings):
        raise ImproperlyConfigured(line)
    for line in _trying_out(settings) if settings["DEMO"] or settings["DEBUG"] else _real_use(settings):
        raise ImproperlyConfigured(line)


def is_public(host: str) -> bool:
    """Whether `host`, a name or an address as in ALLOWED_HOSTS, may be known to the world."""
    name = host.strip("[]").lstrip(".").lower()
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        pass
    return "." in name and not any(name == end or name.endswith(f".{end}") for end in UNPUBLIC_ENDINGS)


def _everywhere(settings: Mapping[str, Any]) -> Iterator[str]:
    if "*" in settings["ALLOWED_HOSTS"]:
        yield "ALLOWED_HOSTS must not be *: name the hosts, or links in mails can be forged"


def _trying_out(settings: Mapping[str, Any]) -> Iterator[str]:
    """A demonstration has published passwords, DEBUG shows source and settings: neither is for others to reach."""
    name = "DEMO" if settings["DEMO"] else "DEBUG"
    hosts = [*settings["ALLOWED_HOSTS"], urlsplit(settings["SITE_URL"]).hostname or ""]
    for host in filter(is_public, hosts):
        yield f"{name}=1 with the public host {host}: set {name}=0, or use a name that only this machine knows"
    database = settings["DATABASES"]["default"]["HOST"]
    if is_public(database):
        yield f"{name}=1 with a database at the public host {database}: set {name}=0, or use the embedded one"


def _real_use(settings: Mapping[str, Any]) -> Iterator[str]:
    for name in ("SECRET_KEY", "CODE_KEY"):
        if _is_guessable(settings[name]):
            yield f"{name} is short or known: `openssl rand -base64 48` makes a good one"
    if settings["CODE_KEY"] == settings["SECRET_KEY"]:
        yield "CODE_KEY is the same as SECRET_KEY: give founders' codes a key of their own"
    site = urlsplit(settings["SITE_URL"])
    if site.scheme != "https":
        yield "SITE_URL must begin with https:// outside of demonstrations"
    if not _is_allowed(site.hostname or "", settings["ALLOWED_HOSTS"]):
        yield f"SITE_URL names the host {site.hostname}, which is not in ALLOWED_HOSTS"
    yield from _services(settings)


def _services(settings: Mapping[str, Any]) -> Iterator[str]:
    """What goes over the network to mail server, broker and cache, and what the mail tells by its sender."""
    backend = settings["EMAIL_BACKEND"]
    if not backend.endswith(".smtp.EmailBackend"):
        yield "EMAIL_URL leads nowhere: outside of demonstrations it must name a mail server"
    elif _shows_password(settings):
        yield "EMAIL_URL sends its password unprotected over the network: write smtp+tls:// or smtp+ssl://"
    if any(_is_open(address) for address in settings["CELERY_BROKER_URL"].split(";")):
        yield "CELERY_BROKER_URL names no password: only a broker on this machine may do without"
    if _is_open(settings["CACHES"]["default"].get("LOCATION", "")):
        yield "CACHE_URL names no password: only a cache on this machine may do without"
    translator = urlsplit(settings["TRANSLATE_URL"])
    if translator.scheme == "http" and is_public(translator.hostname or ""):
        yield "TRANSLATE_URL sends founders' words unprotected over the network: write https://"
    if tells(re.sub(r"[-._@<>]+", " ", settings["DEFAULT_FROM_EMAIL"])):
        yield "MAIL_FROM tells what the mail is about: choose a neutral name and domain, as in Termin <termin@…>"


def _shows_password(settings: Mapping[str, Any]) -> bool:
    is_protected = settings.get("EMAIL_USE_TLS") or settings.get("EMAIL_USE_SSL")
    return bool(settings["EMAIL_HOST_PASSWORD"]) and not is_protected and not _is_here(settings["EMAIL_HOST"])


def _is_open(address: str) -> bool:
    """Whether everybody in the network can use the service at `address`: it asks for no password."""
    parts = urlsplit(address)
    is_socket = parts.scheme == "unix" or parts.scheme.endswith("+socket")
    return not (parts.password or is_socket or _is_here(parts.hostname or ""))


def _is_here(host: str) -> bool:
    """Whether `host` is this machine; no host stands for it too."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"", "localhost"}


def _is_guessable(key: str) -> bool:
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or key.lower().startswith(KNOWN_BEGINNINGS)


def _is_allowed(host: str, allowed: list[str]) -> bool:
    """As Django reads ALLOWED_HOSTS: a leading dot stands for the domain and all below it."""
    return any(host == one.strip("[]") or (one.startswith(".") and f".{host}".endswith(one)) for one in allowed)
