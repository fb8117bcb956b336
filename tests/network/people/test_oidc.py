"""Signing in at the identity provider: who comes in, with which roles, and what a lie leads to."""

import re
import time
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import translation

from network.people.enums import MembershipChangeKind, Role
from network.people.models import GrantedMembership, Identity, Membership, MembershipChange, User
from network.people.oidc import answers
from network.people.oidc.reasons import Reason
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider, public_key

pytestmark = pytest.mark.django_db
START, FINISH, CALLBACK = "/de/people/sign-in/", "/de/people/sign-in/finish/", "/sign-in/callback"


@pytest.fixture
def provider(settings):
    """A provider that gives advisors and heads of one office, and people of a partner, their roles."""
    running = IdentityProvider()
    settings.OIDC = {
        "issuer": running.issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "Kreis-Konto",
        "roles": (
            ("/heads", "office-a", "team_lead"),
            ("/advisors", "office-a", "advisor"),
            ("/crafts", "chamber", "partner"),
            ("/nowhere", "no-such-body", "advisor"),
            ("/odd", "chamber", "advisor"),
        ),
    }
    cache.clear()
    yield running
    running.close()
    cache.clear()


@pytest.fixture(autouse=True)
def office():
    OrganisationFactory(code="chamber", partner=True)
    return OrganisationFactory(office=True, code="office-a")


def leave(client, path=START, **form) -> dict[str, str]:
    """Begin signing in; what the portal asks the provider for."""
    response = client.post(path, form)
    assert response.status_code == 200
    address = unescape(re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', response.content.decode())[1])
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(client, provider, asked, path=FINISH, **changed):
    answer = {"state": asked["state"], "code": provider.new_code(asked), "iss": provider.issuer} | changed
    return client.get(path, {name: value for name, value in answer.items() if value is not None})


def sign_in(client, provider, **form):
    return come_back(client, provider, leave(client, **form))


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Membership, Identity, GrantedMembership))


# --- Coming in ---


def test_somebody_with_a_mapped_value_gets_account_and_role(client, provider, office):
    response = sign_in(client, provider)
    assert response.url == "/de/people/"
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("aylin@example.org", "Aylin Öztürk", False)
    membership = user.memberships.get()
    assert (membership.organisation, membership.role, membership.ended_at) == (office, Role.ADVISOR, None)
    assert client.get(response.url).url == "/de/cases/"


def test_address_for_all_languages_leads_to_the_one_begun_in(client, provider):
    asked = leave(client, "/ar/people/sign-in/")
    assert asked["redirect_uri"] == f"http://testserver{CALLBACK}"
    back = come_back(client, provider, asked, path=CALLBACK)
    assert back.url.startswith("/ar/people/sign-in/finish/?")
    assert client.get(back.url).url == "/ar/people/"


def test_what_is_asked_is_bound_to_this_sign_in(client, provider):
    first, second = leave(client), leave(client)
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 40
        assert first[name] != second[name]


def test_existing_account_is_found_by_its_address_once_and_by_subject_afterwards(client, provider):
    membership = MembershipFactory(user__email="aylin@example.org")
    sign_in(client, provider)
    assert client.session["_auth_user_id"] == str(membership.user_id)
    client.logout()
    provider.claims["email"] = "married@example.org"
    sign_in(client, provider)
    assert client.session["_auth_user_id"] == str(membership.user_id)
    assert User.objects.get().email == "aylin@example.org"


def test_form_sent_too_late_and_the_wished_page_come_back(client, provider):
    page = client.post("/de/appointments/0192f3a0-0000-7000-8000-000000000001/move/", {"text": "wichtig"})
    sealed = re.search(r'name="unsent" value="([^"]+)"', page.content.decode())[1]
    assert sign_in(client, provider, unsent=sealed).url == "/de/people/unsent/"
    client.logout()
    assert sign_in(client, provider, next="/de/network/?q=a").url == "/de/network/?q=a"
    client.logout()
    assert sign_in(client, provider, next="https://evil.example/").url == "/de/people/"


def test_claims_may_come_from_userinfo(client, provider):
    provider.id_token = {"email": None, "email_verified": None, "groups": None, "name": None}
    sign_in(client, provider)
    assert is_signed_in(client)


def test_roles_may_stand_deeper(client, provider, settings):
    settings.OIDC["roles_claim"] = "realm_access.roles"
    provider.claims |= {"groups": None, "realm_access": {"roles": "/heads"}}
    sign_in(client, provider)
    assert Membership.objects.get().role == Role.TEAM_LEAD


def test_nothing_the_provider_gave_is_kept(client, provider):
    sign_in(client, provider)
    stored = str([session.get_decoded() for session in Session.objects.all()])
    assert "opaque" not in stored
    assert "eyJ" not in stored
    assert answers.Attempt.__name__ not in stored
    assert "oidc_attempt" not in stored


def test_keys_may_change(client, provider):
    def old_keys(handler):
        del provider.answers["/keys"]
        handler.says({"keys": [public_key("old")]})

    provider.answers["/keys"] = old_keys
    sign_in(client, provider)
    assert is_signed_in(client)
    assert provider.asked.count("/keys") == 2


# --- Roles follow the claims ---


def test_roles_are_changed_begun_and_ended_at_every_sign_in(client, provider, office):
    sign_in(client, provider)
    client.logout()
    provider.claims["groups"] = ["/advisors", "/heads", "/crafts"]
    sign_in(client, provider)
    roles = dict(Membership.objects.filter(ended_at=None).values_list("organisation__code", "role"))
    assert roles == {"office-a": Role.TEAM_LEAD, "chamber": Role.PARTNER}
    assert Membership.objects.filter(organisation=office).count() == 1  # the same, so their cases stay theirs
    client.logout()
    provider.claims["groups"] = ["/crafts"]
    sign_in(client, provider)
    assert Membership.objects.get(ended_at=None).organisation.code == "chamber"
    client.logout()
    provider.claims["groups"] = ["/crafts", "/advisors"]
    sign_in(client, provider)
    assert Membership.objects.filter(ended_at=None).count() == 2
    assert Membership.objects.count() == 3


def test_memberships_given_by_hand_stay(client, provider, office):
    by_hand = MembershipFactory(user__email="aylin@example.org", organisation=office, role=Role.TEAM_LEAD)
    elsewhere = MembershipFactory(user=by_hand.user)
    for groups in (["/advisors"], []):
        provider.claims["groups"] = groups
        sign_in(client, provider)
        assert set(Membership.objects.filter(ended_at=None)) == {by_hand, elsewhere}
        assert Membership.objects.get(pk=by_hand.pk).role == Role.TEAM_LEAD
        client.logout()


@pytest.mark.parametrize("groups", [[], None, "", ["/unknown"], ["/nowhere", "/odd"], {"a": 1}, [["/advisors"]], 7])
def test_nobody_without_a_mapped_value_comes_in(client, provider, groups):
    provider.claims["groups"] = groups
    refused(client, sign_in(client, provider), Reason.NO_ROLE)
    assert written() == (0, 0, 0, 0)


def test_losing_the_last_role_ends_all_access(client, provider):
    sign_in(client, provider)
    other_window = client.session
    client.logout()
    assert other_window
    provider.claims["groups"] = []
    refused(client, sign_in(client, provider), Reason.NO_ROLE)
    assert not Membership.objects.filter(ended_at=None).exists()


def test_what_the_claims_change_is_written_down_for_the_office(client, provider, office):
    sign_in(client, provider)
    client.logout()
    provider.claims["groups"] = ["/heads"]
    sign_in(client, provider)
    client.logout()
    provider.claims["groups"] = []
    refused(client, sign_in(client, provider), Reason.NO_ROLE)
    changes = MembershipChange.objects.order_by("pk")
    assert [(c.kind, c.role_before, c.role_after) for c in changes] == [
        (MembershipChangeKind.JOINED, "", Role.ADVISOR),
        (MembershipChangeKind.ROLE_CHANGED, Role.ADVISOR, Role.TEAM_LEAD),
        (MembershipChangeKind.ENDED, Role.TEAM_LEAD, ""),
    ]
    assert {(change.office, change.author) for change in changes} == {(office, None)}
    membership = Membership.objects.get()
    assert membership.version == 3  # a form that an administrator had open is not saved over it
    client.force_login(MembershipFactory(organisation=office, role=Role.ADMINISTRATOR).user)
    client.force_login(MembershipFactory(organisation=office, role=Role.ADMINISTRATOR).user)
    page = client.get(f"/de/people/office/members/{membership.uuid}/")
    assert page.content.decode().count("über den Identitätsanbieter") == 3


def test_partner_nobody_looks_after_has_no_office_to_tell(client, provider):
    provider.claims["groups"] = ["/crafts"]
    sign_in(client, provider)
    assert Membership.objects.get().organisation.code == "chamber"
    assert not MembershipChange.objects.exists()


# --- The second factor ---


@pytest.fixture
def strict(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.OIDC["second_factors"] = frozenset({"mfa", "gold"})


def test_ours_is_asked_for_where_the_provider_says_nothing(client, provider, strict):
    provider.claims["amr"] = ["pwd"]
    sign_in(client, provider)
    assert client.get("/de/cases/inbox/").url == "/de/accounts/second-factor/"
    client.logout()
    TOTP.activate(User.objects.get(), generate_totp_secret())
    assert sign_in(client, provider).url == "/de/accounts/second-factor/authenticate/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"amr": "mfa"}, {"acr": "gold"}])
def test_that_of_the_provider_counts_if_it_says_so(client, provider, strict, said):
    provider.claims |= said
    sign_in(client, provider)
    assert client.get("/de/cases/inbox/").status_code == 200
    client.logout()
    TOTP.activate(User.objects.get(), generate_totp_secret())
    assert sign_in(client, provider).url == "/de/people/"
    assert client.get("/de/cases/inbox/").status_code == 200


def test_password_afterwards_needs_ours_again(client, provider, strict):
    user = MembershipFactory(user__email="aylin@example.org").user
    provider.claims["amr"] = ["mfa"]
    sign_in(client, provider)
    client.post("/de/accounts/logout/")
    TOTP.activate(user, generate_totp_secret())
    response = client.post("/de/accounts/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert response.url == "/de/accounts/second-factor/authenticate/"
    assert Authenticator.objects.filter(user=user).exists()


# --- Lies and accidents: a page in the language, nobody signed in, nothing written ---


def refused(client, response, reason, language="de"):
    with translation.override(language):
        expected = str(reason.label)
    page = unescape(response.content.decode())
    assert response.status_code == (503 if reason is Reason.UNREACHABLE else 403)
    assert expected in page
    assert f'<html lang="{language}"' in page
    assert not is_signed_in(client)


FORGED = {
    "wrong signature": {"signs_with": "wrong"},
    "no signature": {"signs_with": "none"},
    "signature anybody can make": {"signs_with": "hmac"},
    "for another portal": {"id_token": {"aud": "another"}},
    "for several, and not said for whom": {"id_token": {"aud": ["portal", "another"]}},
    "made out to another": {"id_token": {"aud": ["portal", "another"], "azp": "another"}},
    "of another issuer": {"id_token": {"iss": "https://evil.example"}},
    "expired": {"id_token": {"exp": 1_700_000_000}},
    "from the future": {"id_token": {"iat": 4_000_000_000}},
    "another sign-in's": {"id_token": {"nonce": "x" * 40}},
    "without nonce": {"id_token": {"nonce": None}},
    "without subject": {"id_token": {"sub": None}},
    "without end": {"id_token": {"exp": None}},
    "subject is a number": {"id_token": {"sub": 7}},
    "subject too long": {"id_token": {"sub": "s" * 256}},
    "userinfo about somebody else": {"id_token": {"email": None}, "userinfo": {"sub": "person-2"}},
}


@pytest.mark.parametrize("lie", FORGED.values(), ids=FORGED)
def test_forged_answer_is_refused(client, provider, lie):
    for name, value in lie.items():
        setattr(provider, name, value)
    refused(client, sign_in(client, provider), Reason.UNPROVEN)
    assert written() == (0, 0, 0, 0)


UNCONFIRMED = [{"email_verified": False}, {"email_verified": None}, {"email_verified": "false"},
               {"email_verified": 1.5}, {"email": None}, {"email": ""}, {"email": "no address"}, {"email": ["a@b.org"]},
               {"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.org"}]  # fmt: skip


@pytest.mark.parametrize("claims", UNCONFIRMED)
def test_unconfirmed_address_is_refused_and_opens_no_account(client, provider, claims):
    MembershipFactory(user__email="aylin@example.org")
    before = written()
    provider.claims |= claims
    refused(client, sign_in(client, provider), Reason.EMAIL_UNVERIFIED)
    assert written() == before


@pytest.mark.parametrize("language", ["de", "ar", "en"])
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"error": "access_denied", "code": None}, Reason.CANCELLED),
        ({"error": "server_error", "code": None}, Reason.UNPROVEN),
        ({"code": None}, Reason.UNPROVEN),
        ({"code": "never given"}, Reason.UNPROVEN),
        ({"iss": "https://evil.example"}, Reason.UNPROVEN),
        ({"state": "another"}, Reason.TOO_LATE),
        ({"state": "é\x00\U0001f600"}, Reason.TOO_LATE),
        ({"state": None}, Reason.TOO_LATE),
    ],
)
def test_wrong_return_is_refused_in_the_language(client, provider, language, answer, reason):
    path = f"/{language}/people/sign-in/"
    response = come_back(client, provider, leave(client, path), path=f"{path}finish/", **answer)
    refused(client, response, reason, language)
    assert written() == (0, 0, 0, 0)


def test_return_without_having_left_is_refused(client, provider):
    refused(client, client.get(FINISH, {"state": "x", "code": "y"}), Reason.TOO_LATE)
    assert client.get(CALLBACK, {"state": "x"}).url.endswith("/people/sign-in/finish/?state=x")


def test_state_and_code_count_once(client, provider):
    asked = leave(client)
    code = provider.new_code(asked)
    answer = {"state": asked["state"], "code": code}
    client.get(FINISH, answer)
    client.logout()
    refused(client, client.get(FINISH, answer), Reason.TOO_LATE)
    again = leave(client)  # a new sign-in, the old code
    refused(client, client.get(FINISH, {"state": again["state"], "code": code}), Reason.UNPROVEN)


def test_another_browser_cannot_use_the_answer(client, provider, django_db_blocker):
    from django.test import Client

    asked = leave(client)
    stranger = Client()
    leave(stranger)
    refused(stranger, come_back(stranger, provider, asked), Reason.TOO_LATE)


def test_sign_in_that_took_too_long_is_refused(client, provider, monkeypatch):
    asked = leave(client)
    monkeypatch.setattr(answers, "SIGN_IN_TAKES", -1)
    refused(client, come_back(client, provider, asked), Reason.TOO_LATE)


def _slow(handler):
    time.sleep(1)
    handler.says({})


BROKEN = {
    "500": (lambda handler: handler.says({}, 500), Reason.UNREACHABLE),
    "slow": (_slow, Reason.UNREACHABLE),
    "hangs up": (lambda handler: handler.connection.close(), Reason.UNREACHABLE),
    "400": (lambda handler: handler.says({"error": "invalid_client"}, 400), Reason.UNPROVEN),
    "leads elsewhere": (lambda handler: handler.says({}, 302), Reason.UNPROVEN),
    "no JSON": (lambda handler: handler.writes(b"<html>"), Reason.UNPROVEN),
    "no object": (lambda handler: handler.says(["a"]), Reason.UNPROVEN),
    "empty": (lambda handler: handler.says({}), Reason.UNPROVEN),
    "odd values": (
        lambda handler: handler.says({"id_token": 7, "keys": 7, "issuer": 7, "token_endpoint": []}),
        Reason.UNPROVEN,
    ),
    "no token": (lambda handler: handler.says({"id_token": "a.b.c", "keys": [{"kty": "x"}]}), Reason.UNPROVEN),
}


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
@pytest.mark.parametrize(("answer", "reason"), BROKEN.values(), ids=BROKEN)
def test_broken_provider_is_told_politely(client, provider, monkeypatch, path, answer, reason):
    monkeypatch.setattr(answers, "TIMEOUT", (0.3, 0.3))
    provider.id_token = {"email": None}
    provider.answers[path] = answer
    refused(client, sign_in(client, provider), reason)
    assert written() == (0, 0, 0, 0)


@pytest.mark.parametrize(("answer", "reason"), BROKEN.values(), ids=BROKEN)
def test_broken_provider_is_told_before_leaving(client, provider, monkeypatch, answer, reason):
    monkeypatch.setattr(answers, "TIMEOUT", (0.3, 0.3))
    provider.answers["/.well-known/openid-configuration"] = answer
    refused(client, client.post(START), reason)


def test_switched_off_provider_is_told(client, provider):
    provider.close()
    refused(client, client.post(START), Reason.UNREACHABLE)


def test_unprotected_address_of_a_protected_provider_is_not_used(provider, settings):
    from network.people.oidc.config import current_provider
    from network.people.oidc.reasons import Refused

    settings.OIDC["issuer"] = "https://id.example"
    with pytest.raises(Refused):
        answers._checked(current_provider(), "http://id.example/token")


def test_address_that_went_to_a_new_colleague_opens_nothing(client, provider):
    sign_in(client, provider)
    client.logout()
    before = written()
    provider.claims["sub"] = "person-2"
    refused(client, sign_in(client, provider), Reason.ADDRESS_TAKEN)
    assert written() == before


def test_closed_account_stays_closed(client, provider):
    UserFactory(email="aylin@example.org", is_active=False)
    before = written()
    refused(client, sign_in(client, provider), Reason.CLOSED)
    assert written() == before


def test_somebody_signed_in_stays_who_they_are(client, provider):
    asked = leave(client)
    user = MembershipFactory().user
    client.force_login(user)
    assert come_back(client, provider, asked).url == "/de/people/"
    assert client.session["_auth_user_id"] == str(user.pk)


# --- Switched off ---


def test_without_settings_there_is_nothing(client, django_assert_num_queries):
    assert client.post(START).status_code == 404
    assert client.get(FINISH).status_code == 404
    assert client.get(CALLBACK).status_code == 404
    client.get("/de/accounts/login/")
    with django_assert_num_queries(0):
        page = client.get("/de/accounts/login/").content.decode()
    assert START not in page


@pytest.mark.parametrize(("language", "words"), [("de", "Anmelden mit"), ("ar", "الدخول عبر"), ("en", "Sign in with")])
def test_sign_in_page_offers_the_provider(client, provider, language, words):
    page = client.get(f"/{language}/accounts/login/?next=/de/network/").content.decode()
    assert f'action="/{language}/people/sign-in/"' in page
    assert words in page
    assert "<bdi>Kreis-Konto</bdi>" in page
    assert page.count('name="next" value="/de/network/"') == 2
    assert provider.asked == []
