"""Sessions end: after an hour without activity, after ten hours in any case, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.utils import translation

from gruendungswerkstatt.common import clock
from network.people import sessions
from network.people.models import User
from tests.factories.people import PASSWORD, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/de/appointments/"
FORM = "/de/appointments/0192f3a0-0000-7000-8000-000000000001/move/"
LEFT, STAY = "/de/people/session/", "/de/people/session/stay/"


@pytest.fixture(autouse=True)
def _real_times(settings):
    settings.SESSION_IDLE_MINUTES = 60
    settings.SESSION_COOKIE_AGE = 10 * 60 * 60


@pytest.fixture
def advisor(client):
    member = MembershipFactory()
    client.force_login(member.user)
    return member


@pytest.fixture(autouse=True)
def _time_stands_still():
    """Between two lines a second may end; seconds are counted here."""
    with clock.frozen(clock.now()):
        yield


def after(**time):
    return clock.frozen(clock.now() + timedelta(**time))


def test_session_ends_without_activity_and_says_so(client, advisor):
    with after(minutes=61):
        response = client.get(PAGE)
        assert response.url == f"/de/accounts/login/?next={PAGE}"
        assert "Sie wurden abgemeldet" in client.get(response.url).content.decode()
    assert "_auth_user_id" not in client.session


def test_activity_keeps_it_for_another_hour(client, advisor):
    for minutes in (50, 100, 150):
        with after(minutes=minutes):
            assert client.get(PAGE).status_code == 200
    with after(minutes=211):
        assert client.get(PAGE).status_code == 302


def test_long_day_ends_it_in_any_case(client, advisor):
    began = clock.now()
    for minutes in range(0, 600, 50):
        with clock.frozen(began + timedelta(minutes=minutes)):
            assert client.get(PAGE).status_code == 200
    with clock.frozen(began + timedelta(minutes=601)):
        assert client.get(PAGE).status_code == 302


def test_time_is_a_setting(client, advisor, settings):
    settings.SESSION_IDLE_MINUTES = 10
    with after(minutes=11):
        assert client.get(PAGE).status_code == 302


def test_activity_is_written_at_most_once_a_minute(client, advisor, capture_queries):
    with capture_queries() as queries:
        client.get(PAGE)
        client.get(PAGE)
    assert not [q for q in queries if q["sql"].startswith("UPDATE")]
    with after(minutes=2), capture_queries() as queries:
        client.get(PAGE)
        client.get(PAGE)
    assert len([q for q in queries if "django_session" in q["sql"] and q["sql"].startswith("UPDATE")]) == 1


def test_founders_and_the_public_pay_nothing(client, django_assert_num_queries):
    from types import SimpleNamespace

    with django_assert_num_queries(0):
        assert not sessions.is_signed_in(SimpleNamespace(COOKIES={}))


def test_form_sent_too_late_is_there_after_signing_in_with_the_membership_it_was_for(client, advisor):
    other = MembershipFactory(user=advisor.user)
    with after(minutes=61):
        form = {"text": "Erst prüfen", "acting_as": str(other.uuid)}
        page = client.post(FORM, form).content.decode()
        assert "Nichts ist verloren" in page
        sealed = re.search(r'name="unsent" value="([^"]*)"', page)[1]
        credentials = {"login": advisor.user.email, "password": PASSWORD, "unsent": sealed}
        assert client.post("/de/accounts/login/", credentials).url == "/de/people/unsent/"
        assert "Erst prüfen" in client.get("/de/people/unsent/").content.decode()
        response = client.post(FORM, form)  # "send now"
        assert response.status_code == 409
        assert other.organisation.name in response.content.decode()


def test_part_sent_too_late_by_htmx_brings_the_whole_page_with_what_was_typed(client, advisor):
    with after(minutes=61):
        response = client.post(FORM, {"text": "Erst prüfen"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert (response.headers["HX-Retarget"], response.headers["HX-Reswap"]) == ("body", "outerHTML")
    assert 'name="unsent"' in response.content.decode()


def test_asking_how_long_is_no_activity_and_staying_is(client, advisor):
    with after(minutes=40):
        answer = client.get(LEFT)
        assert answer.json() == {"seconds": 20 * 60, "person": str(advisor.uuid)}
        assert "no-store" in answer.headers["Cache-Control"]
    with after(minutes=50):
        assert client.get(LEFT).json()["seconds"] == 10 * 60
        assert client.get(STAY).json()["seconds"] == 60 * 60
    with after(minutes=100):
        assert client.get(PAGE).status_code == 200


def test_nobody_has_no_time_left(client, advisor):
    with after(minutes=61):
        assert client.get(LEFT).json() == {"seconds": 0, "person": ""}
    client.logout()
    assert client.get(STAY).json() == {"seconds": 0, "person": ""}


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_warning_is_on_every_page_in_the_language(client, advisor, language):
    page = client.get(f"/{language}/appointments/").content.decode()
    with translation.override(language):
        assert translation.gettext("Stay signed in") in page
    assert 'data-seconds="3600"' in page
    client.logout()
    assert "session-end" not in client.get(f"/{language}/accounts/login/").content.decode()


@pytest.mark.parametrize("broken", [{"seen_at": None}, {"signed_in_at": None}])
def test_session_from_before_counts_from_now_on(client, advisor, broken):
    session = client.session
    for key in broken:
        del session[key]
    session.save()
    assert client.get(PAGE).status_code == 200
    assert set(broken) <= set(client.session.keys())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_language_of_the_sign_in_is_the_one_of_later_mails(client, language):
    user = UserFactory()
    client.post(f"/{language}/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert User.objects.get(pk=user.pk).language == language


def test_somebody_else_who_signs_in_there_does_not_read_what_was_typed(client, advisor):
    with after(minutes=61):
        page = client.post(FORM, {"text": "Nur für mich", "acting_as": str(advisor.uuid)}).content.decode()
        sealed = re.search(r'name="unsent" value="([^"]+)"', page)[1]
        other = MembershipFactory(partner=True)
        client.post(
            "/de/accounts/login/", {"login": other.user.email, "password": PASSWORD, "unsent": sealed}, follow=True
        )
        assert client.get("/de/people/unsent/").status_code == 302
    assert "unsent_form" not in client.session
