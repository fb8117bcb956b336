"""What OIDC_… may say, and the one line that tells what is wrong."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from gruendungswerkstatt.settings import oidc
from network.people.enums import Role
from network.people.oidc.config import Provider

SET = {
    "OIDC_ISSUER": "https://id.example.org/realms/office",
    "OIDC_CLIENT_ID": "portal",
    "OIDC_CLIENT_SECRET": "s",
    "OIDC_ROLES": "/advisors=office:advisor",
}


@pytest.fixture
def read(monkeypatch):
    def run(**changed):
        for name in ("OIDC_NAME", "OIDC_ROLES_CLAIM", "OIDC_SECOND_FACTOR_AMR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in (SET | changed).items():
            monkeypatch.setenv(name, value)
        return oidc.read_oidc()

    return run


def test_without_an_issuer_there_is_no_provider(read):
    assert read(OIDC_ISSUER="") is None


def test_defaults(read):
    provider = Provider(**read())
    assert (provider.name, provider.roles_claim, provider.second_factors) == ("id.example.org", "groups", frozenset())


def test_roles_may_hold_names_of_a_directory(read):
    found = read(OIDC_ROLES="CN=Werkstatt,OU=Kreis = office:team_lead, /b b=a-1:partner,")["roles"]
    assert found == (("CN=Werkstatt,OU=Kreis", "office", "team_lead"), ("/b b", "a-1", "partner"))


def test_second_factors_are_a_list(read):
    assert read(OIDC_SECOND_FACTOR_AMR="mfa, otp")["second_factors"] == {"mfa", "otp"}


def test_every_role_can_be_mapped():
    assert set(oidc._ROLES) == set(Role.values)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", "id.example.org"),
        ("OIDC_ISSUER", "http://id.example.org"),
        ("OIDC_ISSUER", "https://[::1"),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_CLIENT_SECRET", ""),
        ("OIDC_ROLES", ""),
        ("OIDC_ROLES", "/advisors"),
        ("OIDC_ROLES", "/advisors=office"),
        ("OIDC_ROLES", "/advisors=office:king"),
        ("OIDC_ROLES", "/a=office:advisor /b=office:advisor"),
    ],
)
def test_wrong_variable_is_named(read, name, value):
    with pytest.raises(ImproperlyConfigured, match=name) as error:
        read(**{name: value})
    assert "\n" not in str(error.value)
