"""What a refused password is told, in every language: our own words, none of another language."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from network.people.models import User
from network.people.passwords import LongEnough
from tests.factories.people import PASSWORD, MembershipFactory

GERMAN = "Dieses Passwort ist zu kurz. Es braucht mindestens {} Zeichen."
ARABIC = "كلمة المرور هذه قصيرة جدًا. يلزم {} على الأقل."
ENGLISH = "This password is too short. It needs at least {}."


@pytest.mark.parametrize(
    ("n", "english", "arabic"),
    [
        (1, "1 character", "حرف واحد"),
        (2, "2 characters", "حرفان"),
        (3, "3 characters", "3 أحرف"),
        (11, "11 characters", "11 حرفًا"),
        (12, "12 characters", "12 حرفًا"),
        (100, "100 characters", "100 حرف"),
    ],
)
def test_length_is_said_in_the_form_of_each_number(n, english, arabic):
    said = {}
    for language in ("de", "en", "ar"):
        with override(language), pytest.raises(ValidationError) as refused:
            LongEnough(min_length=n).validate("")
        said[language] = refused.value.messages
    assert said == {"de": [GERMAN.format(n)], "en": [ENGLISH.format(english)], "ar": [ARABIC.format(arabic)]}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kurz", "password_too_short"),
        ("password", "password_too_common"),
        ("schluesselmacher", "password_too_similar"),
        ("nuramedi@example.org", "password_too_similar"),
        ("481516234299", "password_entirely_numeric"),
    ],
)
def test_each_refusal_is_in_the_readers_language(password, code):
    user = User(name="Nûr Schluesselmacher", email="nuramedi@example.org")
    said = {}
    for language in ("de", "en", "ar"):
        with override(language), pytest.raises(ValidationError) as refused:
            validate_password(password, user)
        assert code in {error.code for error in refused.value.error_list}
        said[language] = str(refused.value.messages)
    assert len(set(said.values())) == 3
    assert not any(sign.isascii() and sign.isalpha() for sign in said["ar"])


@pytest.mark.django_db
def test_form_in_arabic_says_it_in_arabic(client):
    client.force_login(MembershipFactory().user)
    page = client.post(
        "/ar/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "kurz", "password2": "kurz"}
    ).content.decode()
    assert ARABIC.format("12 حرفًا") in page
    assert "Passwort" not in page
