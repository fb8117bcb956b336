"""The second factor: nobody with a membership works without one, and its secret is not readable in the database."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.cache import cache
from django.core.exceptions import ValidationError

from tests.factories.people import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/de/accounts/login/"
FACTOR = "/de/accounts/second-factor/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _enforced(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


@pytest.fixture
def advisor():
    return MembershipFactory()


def code(secret=SECRET, steps=0):
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, user):
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD})


def test_member_without_one_is_led_to_setting_it_up(client, advisor):
    sign_in(client, advisor.user)
    for path in ("/de/people/", "/de/appointments/", "/de/", "/de/accounts/password/change/"):
        assert client.get(path).url == FACTOR, path


def test_leaving_colours_and_health_are_open_meanwhile(client, advisor):
    sign_in(client, advisor.user)
    assert client.get("/livez").status_code == 200
    assert client.get("/de/accounts/logout/").status_code == 200
    assert client.post("/de/theme/", {"theme": "dark"}).status_code == 302
    assert client.post("/de/accounts/logout/").url == LOGIN


def test_setting_up_ends_in_recovery_codes_and_the_portal(client, advisor):
    sign_in(client, advisor.user)
    asked = client.get(f"{FACTOR}totp/activate/")
    assert asked.url.startswith("/de/accounts/reauthenticate/")
    client.get(asked.url)
    set_up = client.post("/de/accounts/reauthenticate/", {"password": PASSWORD, "next": f"{FACTOR}totp/activate/"})
    assert set_up.url == f"{FACTOR}totp/activate/"
    page = client.get(set_up.url)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    secret = page.context["form"].secret
    wrong = client.post(set_up.url, {"code": "000000" if code(secret) != "000000" else "111111"})
    assert "Der Code stimmt nicht" in wrong.content.decode()
    arabic = code(secret).translate({ord(str(i)): chr(0x0660 + i) for i in range(10)})
    done = client.post(set_up.url, {"code": arabic})
    assert done.url == f"{FACTOR}recovery-codes/"
    shown = client.get(done.url)
    assert len(shown.context["unused_codes"]) == 10
    assert client.get("/de/people/").url == "/de/cases/"
    kept = Authenticator.objects.get(user=advisor.user, type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


@pytest.fixture
def protected(advisor):
    auth.TOTP.activate(advisor.user, SECRET)
    return advisor


def test_password_alone_does_not_open_the_portal(client, protected):
    assert sign_in(client, protected.user).url == f"{FACTOR}authenticate/"
    assert client.get("/de/people/").url.startswith(LOGIN)
    assert client.get(f"{FACTOR}authenticate/").status_code == 200


def test_code_opens_it_once(client, protected):
    sign_in(client, protected.user)
    now = code()
    assert client.post(f"{FACTOR}authenticate/", {"code": now}).url == "/de/people/"
    client.post("/de/accounts/logout/")
    sign_in(client, protected.user)
    replayed = client.post(f"{FACTOR}authenticate/", {"code": now})
    assert replayed.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("value", ["", "x", "123", "9" * 10_000, "12\x003456", "abcdef"])
def test_odd_code_is_answered_with_the_form(client, protected, value):
    sign_in(client, protected.user)
    response = client.post(f"{FACTOR}authenticate/", {"code": value})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]


def test_code_page_without_a_password_leads_back(client):
    assert client.get(f"{FACTOR}authenticate/").url == LOGIN
    assert client.post(f"{FACTOR}authenticate/", {"code": "123456"}).url == LOGIN


def test_next_is_kept_across_both_steps(client, protected):
    client.post(LOGIN, {"login": protected.user.email, "password": PASSWORD, "next": "/de/network/"})
    assert client.post(f"{FACTOR}authenticate/", {"code": code()}).url == "/de/network/"


def test_person_without_a_membership_is_not_asked(client):
    user = UserFactory()
    sign_in(client, user)
    assert client.get("/de/people/").status_code == 200


def test_demo_does_not_ask(client, advisor, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, advisor.user)
    assert client.get("/de/people/").url == "/de/cases/"


def test_secret_stays_readable_while_the_old_key_is_a_fallback(protected, settings):
    kept = Authenticator.objects.get(user=protected.user).data["secret"]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert get_adapter().decrypt(kept) == SECRET


def test_lost_key_is_a_message_and_not_an_error_page(client, protected, settings, caplog):
    settings.SECRET_KEY = "another"
    sign_in(client, protected.user)
    response = client.post(f"{FACTOR}authenticate/", {"code": code()})
    assert "kann nicht mehr gelesen werden" in response.content.decode()
    assert "SECRET_KEY was changed" in caplog.text
    with pytest.raises(ValidationError):
        get_adapter().decrypt("not encrypted")


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_every_page_of_the_account_speaks_the_language(client, protected, language):
    factor = f"/{language}/accounts/second-factor/"
    sign_in(client, protected.user)
    assert client.get(f"{factor}authenticate/").status_code == 200
    client.post(f"{factor}authenticate/", {"code": code()})
    client.post(f"/{language}/accounts/reauthenticate/", {"password": PASSWORD})
    for tail in ("second-factor/", "second-factor/totp/deactivate/", "second-factor/recovery-codes/generate/",
                 "second-factor/reauthenticate/", "reauthenticate/", "password/change/", "logout/"):  # fmt: skip
        response = client.get(f"/{language}/accounts/{tail}")
        assert response.status_code == 200, tail
        assert f'<html lang="{language}"' in response.content.decode()
    assert client.post(f"{factor}recovery-codes/generate/").url == f"{factor}recovery-codes/"
    assert client.get(f"{factor}recovery-codes/download/").headers["Content-Type"].startswith("text/plain")
    client.post(f"{factor}totp/deactivate/")
    assert not Authenticator.objects.filter(user=protected.user).exists()
    assert client.get(f"/{language}/people/").url == factor


@pytest.mark.parametrize(
    ("has_codes", "asked"), [(False, []), (True, ["einen Ihrer Wiederherstellungscodes"])], ids=["key", "key and codes"]
)
def test_somebody_with_a_key_alone_is_not_asked_for_an_apps_digits(client, advisor, monkeypatch, has_codes, asked):
    Authenticator.objects.create(user=advisor.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Schlüssel"})
    if has_codes:
        RecoveryCodes.activate(advisor.user)
    monkeypatch.setattr(
        webauthn, "begin_authentication", lambda _user: {"publicKey": {"allowCredentials": [{"id": "x"}]}}
    )
    sign_in(client, advisor.user)
    page = client.get(f"{FACTOR}authenticate/").content.decode()
    assert "Sicherheitsschlüssel benutzen" in page
    assert "sechs Ziffern" not in page
    assert ('name="code"' in page) is has_codes
    assert all(words in page for words in asked)
