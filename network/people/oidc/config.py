"""The identity provider that the settings name."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Provider:
    """Where people sign in and what their claims are worth.

    `roles` are (value of the claim, code of an organisation, role), the first that fits an organisation counts;
    `roles_claim` is a path with dots; a sign-in with one of `second_factors` in `amr` or as `acr` needs none of ours.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    roles: tuple[tuple[str, str, str], ...]
    roles_claim: str = "groups"
    second_factors: frozenset[str] = frozenset()


def current_provider() -> Provider | None:
    """The provider people sign in at; None while there is none."""
    return Provider(**settings.OIDC) if settings.OIDC else None
