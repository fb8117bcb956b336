"""Signing in with e-mail and password, leaving, and what becomes of a form that was sent too late."""

import re
import secrets

import pytest
from django.core.cache import cache
from django.utils import translation

from network.people import unsent
from network.people.models import User
from tests.factories.people import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/de/accounts/login/"
STAFF_PAGE = "/de/appointments/"
STAFF_FORM = "/de/appointments/0192f3a0-0000-7000-8000-000000000001/move/"


@pytest.fixture
def advisor():
    return MembershipFactory()


def sign_in(client, email, password=PASSWORD, path=LOGIN, address="127.0.0.1", **more):
    return client.post(path, {"login": email, "password": password, **more}, REMOTE_ADDR=address)


def test_right_password_opens_the_portal(client, advisor):
    response = sign_in(client, advisor.user.email)
    assert response.status_code == 302
    assert response.url == "/de/people/"
    assert User.objects.get(pk=advisor.user_id).last_login is not None


def test_session_key_changes_with_signing_in(client, advisor):
    client.get("/de/people/unsent/")
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["gw_session"] = session.session_key
    sign_in(client, advisor.user.email)
    assert client.session.session_key != session.session_key


def test_address_is_found_in_any_case(client, advisor):
    assert sign_in(client, advisor.user.email.upper()).status_code == 302


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_landing_page_keeps_the_language(client, advisor, language):
    response = sign_in(client, advisor.user.email, path=f"/{language}/accounts/login/")
    assert response.url == f"/{language}/people/"


@pytest.mark.parametrize("language", ["de", "ar", "en"])
@pytest.mark.parametrize("known", [True, False])
def test_wrong_password_and_unknown_address_get_the_same_answer(client, advisor, language, known):
    email = advisor.user.email if known else "nobody@example.org"
    response = sign_in(client, email, "falsch-9173", path=f"/{language}/accounts/login/")
    with translation.override(language):
        expected = translation.gettext("E-mail address or password is not right. Please check both.")
    page = response.content.decode()
    assert response.status_code == 200
    assert expected in page
    assert f'value="{email}"' in page  # what was typed is still there
    assert "falsch-9173" not in page
    assert "_auth_user_id" not in client.session


def test_closed_account_is_told_so_and_stays_outside(client):
    user = UserFactory(is_active=False)
    response = sign_in(client, user.email)
    assert response.url == "/de/accounts/inactive/"
    assert "Dieses Konto ist geschlossen" in client.get(response.url).content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("", ""),
        ("a@example.org", ""),
        ("", "secret"),
        ("not an address", "secret"),
        ("x" * 10_000 + "@example.org", "secret"),
        ("a@example.org", "p" * 10_000),
        ("a\x00b@example.org", "sec\x00ret"),
        ("\ud800@example.org".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "\U0001f98a"),
        ("٠١٢@example.org", "٠١٢"),
    ],
)
def test_odd_input_is_answered_with_the_form(client, email, password):
    response = sign_in(client, email, password)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_next_is_followed_on_this_host_only(client, advisor):
    assert sign_in(client, advisor.user.email, next="/de/network/?q=a").url == "/de/network/?q=a"
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil.example", "\\\\evil"):
        client.logout()
        assert sign_in(client, advisor.user.email, next=evil).url == "/de/people/"


def test_next_survives_a_wrong_password(client, advisor):
    page = sign_in(client, advisor.user.email, "falsch-9173", next="/de/network/").content.decode()
    assert '<input type="hidden" name="next" value="/de/network/">' in page


def test_nobody_can_sign_up(client):
    for tail in ("signup/", "email/", "password/set/"):
        assert client.get(f"/de/accounts/{tail}").status_code == 404


def test_leaving_needs_a_post_and_ends_the_session(client, advisor):
    client.force_login(advisor.user)
    assert client.get("/de/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/de/accounts/logout/").url == LOGIN
    assert "_auth_user_id" not in client.session


def test_password_is_changed(client, advisor):
    client.force_login(advisor.user)
    form = {"oldpassword": PASSWORD, "password1": "vier Wörter in Reihe", "password2": "vier Wörter in Reihe"}
    assert client.post("/de/accounts/password/change/", form).url == "/de/accounts/second-factor/"
    assert User.objects.get(pk=advisor.user_id).check_password("vier Wörter in Reihe")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"oldpassword": "falsch-9173"}, "oldpassword"),
        ({"password2": "another"}, "password2"),
        ({"password1": "x"}, "password1"),
    ],
)
def test_bad_new_password_is_refused_beside_its_field(client, advisor, changed, field):
    client.force_login(advisor.user)
    form = {"oldpassword": PASSWORD, "password1": "vier Wörter in Reihe", "password2": "vier Wörter in Reihe"}
    response = client.post("/de/accounts/password/change/", form | changed)
    assert response.context["form"].errors.get(field)
    assert User.objects.get(pk=advisor.user_id).check_password(PASSWORD)


# --- A form that was sent after the session had ended ---


def hidden(page: str, name: str) -> str:
    return re.search(f'name="{name}" value="([^"]*)"', page)[1]


def test_form_sent_too_late_is_offered_again_after_signing_in(client, advisor):
    page = client.post(STAFF_FORM, {"text": "Erst <b>prüfen</b>", "ways": ["a", "b"]}).content.decode()
    assert "Nichts ist verloren" in page
    response = sign_in(client, advisor.user.email, unsent=hidden(page, "unsent"))
    assert response.url == "/de/people/unsent/"
    page = client.get(response.url).content.decode()
    assert f'action="{STAFF_FORM}"' in page
    assert 'name="text" value="Erst &lt;b&gt;prüfen&lt;/b&gt;"' in page
    assert page.count('name="ways"') == 2


def test_unsent_form_survives_a_wrong_password(client, advisor):
    page = client.post(STAFF_FORM, {"text": "wichtig"}).content.decode()
    page = sign_in(client, advisor.user.email, "falsch-9173", unsent=hidden(page, "unsent")).content.decode()
    assert sign_in(client, advisor.user.email, unsent=hidden(page, "unsent")).url == "/de/people/unsent/"


def test_discarded_form_is_gone(client, advisor):
    page = client.post(STAFF_FORM, {"text": "wichtig"}).content.decode()
    sign_in(client, advisor.user.email, unsent=hidden(page, "unsent"))
    assert client.post("/de/people/unsent/").url == "/de/people/"
    assert unsent.SESSION_KEY not in client.session
    assert client.get("/de/people/unsent/").status_code == 302


def test_forged_or_old_unsent_form_is_ignored(client, advisor):
    for forged in ("x", "a:b:c", "é\x00"):
        assert sign_in(client, advisor.user.email, unsent=forged).url == "/de/people/"
        client.logout()


def test_form_too_long_to_keep_leads_to_the_plain_sign_in(client):
    response = client.post(STAFF_FORM, {"text": secrets.token_hex(200_000)})
    assert response.url == f"{LOGIN}?next=/de/people/"


def test_part_of_a_page_sends_the_whole_page_to_the_sign_in(client):
    response = client.get(
        STAFF_PAGE,
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/de/appointments/?q=a"},
    )
    assert response.headers["HX-Redirect"] == f"{LOGIN}?next=/de/appointments/%3Fq%3Da"


def test_page_of_staff_leads_to_the_sign_in_and_back(client, advisor):
    response = client.get(STAFF_PAGE + "?q=a")
    assert response.url == f"{LOGIN}?next=/de/appointments/%3Fq%3Da"
    assert sign_in(client, advisor.user.email, next="/de/appointments/?q=a").url == "/de/appointments/?q=a"


# --- Guessing ---


@pytest.fixture
def limited(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "100/5m/ip,5/5m/key"}  # as in real use
    cache.clear()
    yield
    cache.clear()


def test_five_wrong_passwords_close_the_address_for_a_while(client, advisor, limited):
    for _attempt in range(5):
        assert "stimmt nicht" in sign_in(client, advisor.user.email, "falsch-9173").content.decode()
    refused = sign_in(client, advisor.user.email, next="/de/network/")
    page = refused.content.decode()
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")
    assert "in <bdi>5</bdi> Minuten" in page
    assert f'name="login" value="{advisor.user.email}"' in page
    assert 'name="next" value="/de/network/"' in page
    assert PASSWORD not in page
    assert "_auth_user_id" not in client.session
    assert sign_in(client, MembershipFactory().user.email).status_code == 302


@pytest.mark.parametrize(
    ("language", "words"), [("de", "Bitte warten"), ("ar", "يُرجى الانتظار"), ("en", "Please wait")]
)
def test_hammering_is_answered_politely_in_the_language(client, limited, language, words):
    path = f"/{language}/accounts/login/"
    answers = [client.post(path, {"login": f"a{n}@example.org", "password": "x"}).status_code for n in range(121)]
    assert answers[-1] == 429
    page = client.post(path, {}).content.decode()
    assert words in page
    assert f'<html lang="{language}"' in page


def test_wrong_passwords_elsewhere_shut_nobody_out(client, advisor, limited):
    for _attempt in range(6):
        sign_in(client, advisor.user.email, "falsch-9173", address="192.0.2.66")
    assert sign_in(client, advisor.user.email).status_code == 302


def test_wrong_passwords_from_everywhere_are_counted_together(client, advisor, limited, monkeypatch):
    monkeypatch.setattr("network.people.adapters.MOST_AN_HOUR", 20)
    for attempt in range(20):
        sign_in(client, advisor.user.email, "falsch-9173", address=f"192.0.2.{attempt}")
    refused = sign_in(client, advisor.user.email)
    assert refused.status_code == 429
    assert 3500 < int(refused["Retry-After"]) <= 3600


def test_an_office_behind_one_address_signs_in(client, limited):
    for _person in range(60):
        email = MembershipFactory().user.email
        assert sign_in(client, email, "falsch-9173").status_code == 200
        assert sign_in(client, email).status_code == 302
        client.logout()
