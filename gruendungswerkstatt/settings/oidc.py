"""Reads which identity provider people may sign in at (OIDC_…), as network.people.oidc.config.Provider takes it."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import read

# The value of a claim may hold any sign (groups of a directory hold "=" and ","), the right side may not.
_MAPPING = re.compile(r"\s*(?P<value>.+?)\s*=\s*(?P<code>[-\w]+):(?P<role>[a-z_]+)\s*(?:,|$)")
_ROLES = ("advisor", "team_lead", "partner", "administrator")
_FORGOTTEN_COMMA = re.compile(rf"=\s*[-\w]+:({'|'.join(_ROLES)})\b")
_HINT = "which values give which role, for example `/advisors = jobcenter-kreis-unna:advisor, /heads = …:team_lead`"


def read_oidc() -> dict[str, Any] | None:
    """The provider OIDC_ISSUER names; None if it is not set. Raises ImproperlyConfigured with one line."""
    issuer = read(
        "str",
        "OIDC_ISSUER",
        "",
        hint="the issuer of the identity provider, for example https://id.example.org/realms/office",
        valid=_is_protected,
    )
    if not issuer:
        return None
    return {
        "issuer": issuer,
        "client_id": read("str", "OIDC_CLIENT_ID", hint="the portal's client there"),
        "client_secret": read("str", "OIDC_CLIENT_SECRET", hint="the secret of OIDC_CLIENT_ID", secret=True),
        "name": read("str", "OIDC_NAME", urlsplit(issuer).hostname, hint="what people call it, like Kreis-Konto"),
        "roles": _read_roles(),
        "roles_claim": read("str", "OIDC_ROLES_CLAIM", "groups", hint="a claim, or a path like realm_access.roles"),
        "second_factors": frozenset(
            read(
                "list",
                "OIDC_SECOND_FACTOR_AMR",
                [],
                hint="values of `amr` or `acr` with commas between, like mfa,otp",
            )
        ),
    }


def _read_roles() -> tuple[tuple[str, str, str], ...]:
    text = read("str", "OIDC_ROLES", hint=_HINT)
    found, place = [], 0
    while place < len(text):
        mapping = _MAPPING.match(text, place)
        if mapping is None or mapping["role"] not in _ROLES or _FORGOTTEN_COMMA.search(mapping["value"]):
            raise ImproperlyConfigured(f"OIDC_ROLES={text!r} cannot be read: {_HINT}; roles are {', '.join(_ROLES)}")
        found.append((mapping["value"], mapping["code"], mapping["role"]))
        place = mapping.end()
    return tuple(found)


def _is_protected(address: str) -> bool:
    """An https address; http only on this machine."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme, parts.hostname) in _HERE)
    except ValueError:
        return False


_HERE = {("http", "127.0.0.1"), ("http", "localhost"), ("http", "::1")}
