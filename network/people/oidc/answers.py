"""Asks the identity provider and believes only what is proven.

OpenID Connect Core 1.0 (authorization code flow, sections 3.1.2 to 3.1.3.7 and 5.3), with PKCE (RFC 7636) and the
issuer in the answer (RFC 9207). Whatever is wrong with an answer ends in Refused; nothing of it is kept or logged.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.text import clean_name

from .config import Provider
from .reasons import Reason, Refused

# Only signatures that a client cannot make itself: no "none", no HMAC under something that others know.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
TIMEOUT = (3, 5)  # seconds to connect, to wait for an answer
CLOCKS_DIFFER = 60  # seconds
KNOWN_FOR = 10 * 60  # seconds that addresses and keys of the provider are kept
SIGN_IN_TAKES = 10 * 60  # seconds at most

validate_length = MaxLengthValidator(254)  # of what an account can hold


@dataclass(frozen=True)
class Attempt:
    """One sign-in under way; kept in the session while the person is at the provider."""

    state: str
    nonce: str
    verifier: str
    begun_at: float

    @classmethod
    def new(cls) -> "Attempt":
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)), begun_at=clock.now().timestamp())

    @property
    def is_over(self) -> bool:
        return not 0 <= clock.now().timestamp() - self.begun_at <= SIGN_IN_TAKES

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Claims:
    """Who signed in, as the provider has proven it. `values` are those of the claim that roles come from."""

    issuer: str
    subject: str
    email: str
    name: str
    values: frozenset[str]
    has_second_factor: bool


def sign_in_address(provider: Provider, attempt: Attempt, back: str) -> str:
    """Where the person goes to sign in; they return to `back`. Raises Refused(UNREACHABLE, UNPROVEN)."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = _endpoint(provider, "authorization_endpoint")
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(query)}"


def claims_for(provider: Provider, attempt: Attempt | None, answer: Mapping[str, str], back: str) -> Claims:
    """What the provider says about the person who came back to `back` with the query `answer`. Raises Refused."""
    state = answer.get("state", "")
    if attempt is None or attempt.is_over or not secrets.compare_digest(state.encode(), attempt.state.encode()):
        raise Refused(Reason.TOO_LATE)
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise Refused(Reason.UNPROVEN)
    if "error" in answer:
        raise Refused(Reason.CANCELLED if answer["error"] == "access_denied" else Reason.UNPROVEN)
    if not answer.get("code"):
        raise Refused(Reason.UNPROVEN)
    tokens = _tokens(provider, attempt, answer["code"], back)
    proven = _proven(provider, attempt, tokens.get("id_token"))
    return _read(provider, _completed(provider, proven, tokens.get("access_token")))


def _tokens(provider: Provider, attempt: Attempt, code: str, back: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": attempt.verifier}
    methods = _discovered(provider).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_post" in methods:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        proof = None
    else:
        proof = (provider.client_id, provider.client_secret)
    return _ask("POST", _endpoint(provider, "token_endpoint"), data=form, auth=proof)


def _proven(provider: Provider, attempt: Attempt, token: Any) -> dict[str, Any]:
    """The claims of an ID token that this provider signed for us and for this very sign-in."""
    try:
        claims = jwt.decode(
            token,
            _key(provider, jwt.get_unverified_header(token)),
            algorithms=ALGORITHMS,
            issuer=provider.issuer,
            audience=provider.client_id,
            leeway=CLOCKS_DIFFER,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:  # what is no token at all raises the latter two
        raise Refused(Reason.UNPROVEN) from error
    is_ours = claims.get("azp", provider.client_id) == provider.client_id
    if not is_ours or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims):
        raise Refused(Reason.UNPROVEN)
    if not secrets.compare_digest(str(claims["nonce"]).encode(), attempt.nonce.encode()):
        raise Refused(Reason.UNPROVEN)
    return claims


def _key(provider: Provider, header: dict[str, Any]) -> jwt.PyJWK:
    """The provider's key that `header` names; asked for anew once, because providers change their keys."""
    address = _endpoint(provider, "jwks_uri")
    wanted = header.get("kid")
    for anew in (False, True):
        found = [key for key in _signing_keys(_kept(address, anew=anew)) if wanted in (None, key.key_id)]
        if len(found) == 1:
            return found[0]
    raise Refused(Reason.UNPROVEN)


def _signing_keys(said: dict[str, Any]) -> list[jwt.PyJWK]:
    try:
        return [key for key in jwt.PyJWKSet.from_dict(said).keys if key.public_key_use in (None, "sig")]
    except (jwt.PyJWTError, TypeError, AttributeError):  # none that can be read
        return []


def _completed(provider: Provider, claims: dict[str, Any], access_token: Any) -> dict[str, Any]:
    """`claims`, and what is not among them from the provider's userinfo; both have to be about the same person."""
    needed = ("email", "email_verified", "name", provider.roles_claim.partition(".")[0])
    address = _discovered(provider).get("userinfo_endpoint")
    if not address or all(name in claims for name in needed):
        return claims
    if not isinstance(access_token, str):
        raise Refused(Reason.UNPROVEN)
    told = _ask("GET", _checked(provider, address), headers={"Authorization": f"Bearer {access_token}"})
    if told.get("sub") != claims["sub"]:
        raise Refused(Reason.UNPROVEN)
    return told | claims


def _read(provider: Provider, claims: dict[str, Any]) -> Claims:
    subject, email = claims["sub"], claims.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\x00" in subject:
        raise Refused(Reason.UNPROVEN)
    if claims.get("email_verified") not in (True, "true"):
        raise Refused(Reason.EMAIL_UNVERIFIED)
    try:
        validate_email(email)
        validate_length(email)
    except ValidationError as error:
        raise Refused(Reason.EMAIL_UNVERIFIED) from error
    name = claims.get("name")
    return Claims(
        issuer=provider.issuer,
        subject=subject,
        email=email.lower(),
        name=clean_name(name)[:120] if isinstance(name, str) else "",
        values=_values(claims, provider.roles_claim),
        has_second_factor=bool(provider.second_factors & (_texts(claims.get("amr")) | _texts(claims.get("acr")))),
    )


def _values(claims: dict[str, Any], path: str) -> frozenset[str]:
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return _texts(found)


def _texts(value: Any) -> frozenset[str]:
    """A text, or the texts of a list; nothing else."""
    values = value if isinstance(value, list) else [value]
    return frozenset(v for v in values if isinstance(v, str))


# --- Asking --------------------------------------------------------------------------------------------------------


def _discovered(provider: Provider) -> dict[str, Any]:
    """What the provider says about itself (OpenID Connect Discovery 1.0, section 4)."""
    found = _kept(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise Refused(Reason.UNPROVEN)
    return found


def _endpoint(provider: Provider, name: str) -> str:
    return _checked(provider, _discovered(provider).get(name))


def _checked(provider: Provider, address: Any) -> str:
    """`address`, if it is one and no less protected than the provider's own."""
    try:
        scheme = urlsplit(address).scheme
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused(Reason.UNPROVEN) from error
    if scheme not in ("https", urlsplit(provider.issuer).scheme):
        raise Refused(Reason.UNPROVEN)
    return address


def _kept(address: str, *, anew: bool = False) -> dict[str, Any]:
    """What stands at `address`, asked for every ten minutes."""
    name = f"oidc.{hashlib.sha256(address.encode()).hexdigest()}"
    found = None if anew else cache.get(name)
    if found is None:
        found = _ask("GET", address)
        cache.set(name, found, KNOWN_FOR)
    return found


def _ask(method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        response = requests.request(method, address, timeout=TIMEOUT, allow_redirects=False, **more)
    except (requests.RequestException, UnicodeError, ValueError) as error:
        raise Refused(Reason.UNREACHABLE) from error
    if response.status_code >= 500:
        raise Refused(Reason.UNREACHABLE)
    try:
        found = response.json() if response.status_code == 200 else None
    except ValueError as error:
        raise Refused(Reason.UNPROVEN) from error
    if not isinstance(found, dict):
        raise Refused(Reason.UNPROVEN)
    return found
