"""Somebody signs in with the account they have at their office, at an identity provider."""

import pytest

from gruendungswerkstatt.demo.offices import make_offices
from network.people.models import Membership, Organisation
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

pytestmark = pytest.mark.long


@pytest.fixture
def provider(settings, transactional_db):
    """A provider whose advisors are advisors of the first office."""
    make_offices()
    running = IdentityProvider()
    settings.OIDC = {
        "issuer": running.issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "Kreis-Konto",
        "roles": (("/advisors", Organisation.objects.offices().order_by("pk").first().code, "advisor"),),
    }
    yield running
    running.close()


def begins(somebody, provider):
    """Leave for the provider from the sign-in page, without pressing anything more."""
    somebody.hosts = (somebody.base, provider.issuer)
    somebody.opens(f"/{somebody.language}/accounts/login/")
    somebody.page.locator("form[action$='/people/sign-in/'] button").click()
    somebody.page.wait_for_url(f"{provider.issuer}/authorize**")


def agrees(somebody):
    somebody.page.get_by_role("button", name="I am Aylin").click()
    somebody.page.wait_for_url(f"{somebody.base}/**")
    somebody.looks()


@pytest.mark.parametrize(("language", "phone", "javascript"), [("de", False, True), ("ar", True, False)])
def test_an_advisor_signs_in_with_the_account_of_the_office(person, provider, language, phone, javascript):
    # Given somebody whom the office knows, and who was never here
    advisor = person(language, phone=phone, javascript=javascript)
    # When they choose the office's account and say there who they are
    begins(advisor, provider)
    agrees(advisor)
    # Then their day is there, in their language
    assert advisor.path == f"/{language}/cases/"
    assert Membership.objects.get(user__email="aylin@example.org").role == "advisor"
    # And the page between asks for nothing but can be left by hand
    advisor.page.goto(f"{advisor.base}/{language}/accounts/logout/")
    advisor.saves()
    advisor.page.route("**/people/sign-in/", _stay)
    advisor.opens(f"/{language}/accounts/login/")
    advisor.page.locator("form[action$='/people/sign-in/'] button").click()
    advisor.looks()
    advisor.sees("Kreis-Konto")
    advisor.page.get_by_role("link", name=advisor.word("Continue")).click()
    advisor.page.wait_for_url(f"{provider.issuer}/authorize**")
    agrees(advisor)
    assert advisor.path == f"/{language}/cases/"


def _stay(route):
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace('http-equiv="refresh"', 'name="left-out"'))


@pytest.mark.parametrize("language", ["de", "ar"])
def test_who_changes_their_mind_or_has_no_role_is_told_so(person, provider, language):
    # Given somebody who left for the provider
    somebody = person(language, phone=True)
    begins(somebody, provider)
    # When they do not want to sign in there
    back = somebody.page.get_by_role("link", name="Not now").get_attribute("href")
    somebody.opens(back.removeprefix(somebody.base), status=403)
    # Then they are told, and may try again
    somebody.reads("You ended the sign-in there. You can try again or sign in with your password.")
    somebody.follows("Back to the sign-in")
    # And when the office gave them no role
    provider.claims["groups"] = []
    begins(somebody, provider)
    with somebody.page.expect_response(lambda answer: "/finish/" in answer.url) as answer:
        somebody.page.get_by_role("button", name="I am Aylin").click()
    # Then they are told whom to ask
    assert answer.value.status == 403
    somebody.reads("You have no access to this portal yet. Please ask your team lead.")
    assert not Membership.objects.filter(user__email="aylin@example.org").exists()
