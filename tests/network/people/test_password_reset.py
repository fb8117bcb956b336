"""A forgotten password: a link by mail that works once, for an hour, and tells nobody who has an account."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client
from django.utils import translation

from network.people.models import AccountMail, User
from network.people.services import mails
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
ASK = "/de/accounts/password/reset/"
NEW = {"password1": "vier Wörter in Reihe", "password2": "vier Wörter in Reihe"}


@pytest.fixture
def advisor():
    return MembershipFactory()


def test_link_sets_a_new_password_once(client, advisor, posted):
    elsewhere = Client()
    elsewhere.force_login(advisor.user)
    assert client.post(ASK, {"email": advisor.user.email.upper()}).url == f"{ASK}done/"
    link = posted()
    form = client.get(link).url
    assert form.endswith("-set-password/")  # no secret in the address that is shown
    assert client.get(form).status_code == 200
    assert client.post(form, NEW).url == f"{ASK}key/done/"
    assert "Ihr neues Passwort ist gespeichert." in client.get(f"{ASK}key/done/").content.decode()
    assert User.objects.get(pk=advisor.user_id).check_password(NEW["password1"])
    assert "_auth_user_id" not in client.session  # the second factor comes after signing in
    assert elsewhere.get("/de/appointments/").status_code == 302  # sessions with the old password are over
    for late in (Client().get(link), client.post(form, NEW)):
        page = late.content.decode()
        assert "gilt nicht mehr" in page
        assert f'href="{ASK}"' in page
        assert 'type="password"' not in page  # nothing there to fill in


@pytest.mark.parametrize("email", ["nobody@example.org", "closed@example.org"])
def test_unknown_and_closed_accounts_get_the_same_answer_and_no_mail(client, advisor, email):
    UserFactory(email="closed@example.org", is_active=False)
    known = client.post(ASK, {"email": advisor.user.email})
    unknown = client.post(ASK, {"email": email})
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    assert client.get(known.url).content.count(email.encode()) == 0
    assert mails.send_due() == 1
    assert mail.outbox[0].to == [advisor.user.email]


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_mail_is_in_the_persons_language_neutral_and_twofold(client, advisor, language):
    advisor.user.language = language
    advisor.user.save()
    client.post(ASK, {"email": advisor.user.email})
    mails.send_due()
    sent = mail.outbox[0]
    with translation.override(language):
        assert sent.subject == translation.gettext("Choose a new password")
    html = sent.alternatives[0].content
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    for word in ("Jobcenter", "Gründung", advisor.user.name, advisor.organisation.name):
        assert word not in sent.subject + sent.body + html
    assert f"{settings.SITE_URL}/{language}/accounts/password/reset/key/" in sent.body


def test_link_leads_to_our_own_host_whatever_the_request_says(client, advisor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(ASK, {"email": advisor.user.email}, headers={"host": "evil.example"})
    mails.send_due()
    assert "evil.example" not in mail.outbox[0].body


def test_link_expires(client, advisor, posted, monkeypatch):
    client.post(ASK, {"email": advisor.user.email})
    link = posted()
    later = datetime.now() + timedelta(minutes=61)  # noqa: DTZ005 - Django's generator counts like this
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "gilt nicht mehr" in client.get(link).content.decode()


@pytest.mark.parametrize("tail", ["x-y", "1-set-password", "zzzzzzzzzzzzzzzzzzz-a-b", "1-%00"])
def test_forged_link_is_answered_politely(client, tail):
    response = client.get(f"{ASK}key/{tail}/")
    assert response.status_code == 200
    assert "gilt nicht mehr" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"), [({"password1": "kurz", "password2": "kurz"}, "password1"), ({"password2": "x"}, "password2")]
)
def test_bad_new_password_is_refused_beside_its_field(client, advisor, posted, changed, field):
    client.post(ASK, {"email": advisor.user.email})
    response = client.post(client.get(posted()).url, NEW | changed)
    assert response.context["form"].errors[field]
    assert User.objects.get(pk=advisor.user_id).check_password("correct horse battery staple")


@pytest.mark.parametrize("email", ["", "x", "a" * 400 + "@example.org", "a\x00b"])
def test_odd_address_is_answered_with_the_form(client, email):
    assert client.post(ASK, {"email": email}).context["form"].errors["email"]


def test_asking_often_sends_one_mail(client, advisor):
    for _again in range(3):
        client.post(ASK, {"email": advisor.user.email})
    assert AccountMail.objects.count() == 1


def test_mail_for_an_account_that_was_closed_meanwhile_is_not_sent(client, advisor):
    client.post(ASK, {"email": advisor.user.email})
    User.objects.update(is_active=False)
    assert mails.send_due() == 0
    assert not AccountMail.objects.exists()


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_pages_speak_the_language(client, language):
    for tail in ("", "done/", "key/done/", "key/1-x/"):
        page = client.get(f"/{language}/accounts/password/reset/{tail}").content.decode()
        assert f'<html lang="{language}"' in page
