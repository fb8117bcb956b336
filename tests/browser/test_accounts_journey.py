"""Accounts as people meet them: an invitation, a forgotten password, a security key, two tabs, the end of a session."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as portal
from django.core import mail
from django.utils import translation

from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from gruendungswerkstatt.demo.offices import membership
from network.people.models import Membership
from network.people.services import mails
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.long

LEAD, ADVISOR, _COLLEAGUE, STRANGER, *_PARTNERS = DEMO_ACCOUNTS
PASSWORD = "vier Wörter in einer Reihe"


def signs_in(somebody, account) -> None:
    somebody.opens(f"/{somebody.language}/accounts/login/")
    somebody.types("login", account.email)
    somebody.types("password", account.password)
    somebody.saves()


def newest_link() -> str:
    """The path in the mail that just went out."""
    mail.outbox.clear()
    mails.send_due()
    assert len(mail.outbox) == 1
    return re.search(rf"^{re.escape(portal.SITE_URL)}(/\S+)$", mail.outbox[0].body, re.MULTILINE)[1]


@pytest.mark.parametrize(("language", "is_phone"), [("de", False), ("ar", True)])
def test_somebody_is_invited_joins_and_leaves_again(person, network, settings, language, is_phone):
    # Given a team lead on the members page
    lead = person(language, phone=is_phone)
    signs_in(lead, LEAD)
    lead.opens(f"/{language}/people/office/")
    lead.follows("Members")
    lead.sees("Jonas Brandt")
    lead.sees("Sabine Krüger")
    lead.does_not_see("Martin Ohlsen")
    # When they invite a colleague
    lead.follows(re.compile(lead.word("Invite somebody")))
    lead.types("name", "Nûr Amedî")
    lead.types("email", "nur.amedi@example.org")
    lead.ticks("role", "advisor")
    lead.chooses("language", language)
    lead.saves()
    lead.sees("nur.amedi@example.org")
    # Then the link leads to an account, and its secret to no address that is shown
    new = person(language, phone=is_phone)
    new.opens(newest_link())
    assert new.path == f"/{language}/people/invitation/"
    new.types("password1", PASSWORD)
    new.types("password2", PASSWORD)
    new.saves()
    assert new.path == f"/{language}/cases/"
    # When the lead makes them team lead, and then ends the membership
    joined = Membership.objects.get(user__email="nur.amedi@example.org")
    lead.opens(f"/{language}/people/office/members/{joined.uuid}/")
    lead.follows("Change role")
    lead.ticks("role", "team_lead")
    lead.saves()
    lead.follows("End membership")
    lead.saves()
    lead.reads("Invite again")
    # Then the open page of that person leads nowhere any more
    new.opens(f"/{language}/cases/list/")
    assert new.path == f"/{language}/accounts/login/"


@pytest.mark.parametrize(("language", "is_phone"), [("de", False), ("ar", True), ("en", False)])
def test_a_forgotten_password_is_chosen_anew(person, network, language, is_phone):
    advisor = person(language, phone=is_phone)
    advisor.opens(f"/{language}/accounts/login/")
    advisor.follows("Forgotten your password?")
    advisor.types("email", ADVISOR.email)
    advisor.saves()
    link = newest_link().replace("/de/", f"/{language}/", 1)
    advisor.opens(link)
    advisor.types("password1", PASSWORD)
    advisor.types("password2", PASSWORD)
    advisor.saves()
    advisor.reads("Your new password is saved.")
    advisor.opens(link)
    advisor.reads("This link is no longer valid")
    advisor.opens(f"/{language}/accounts/login/")
    advisor.types("login", ADVISOR.email)
    advisor.types("password", PASSWORD)
    advisor.saves()
    assert advisor.path == f"/{language}/cases/"


@pytest.fixture
def with_key(person, live_server):
    """Somebody at a computer with a security key plugged in; WebAuthn knows `localhost`, but no bare number."""

    def somebody(language: str, *, phone: bool = False):
        user = person(language, phone=phone)
        user.base = user.base.replace("127.0.0.1", "localhost")
        devtools = user.page.context.new_cdp_session(user.page)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return user

    return somebody


@pytest.mark.parametrize(("language", "is_phone"), [("de", False), ("ar", True)])
def test_a_security_key_is_set_up_and_asked_for(with_key, network, settings, language, is_phone):
    settings.SECOND_FACTOR_REQUIRED = True
    # Given an advisor who has no second factor yet
    advisor = with_key(language, phone=is_phone)
    signs_in(advisor, ADVISOR)
    assert advisor.path == f"/{language}/accounts/second-factor/"
    # When they set up their key
    advisor.follows("Set up security key")
    advisor.types("password", ADVISOR.password)
    advisor.saves()
    advisor.types("name", "Schlüsselbund")
    with advisor.page.expect_navigation():
        advisor.page.locator("#key-add").click()
    advisor.looks()
    # Then recovery codes are shown, and the portal is open
    assert advisor.path == f"/{language}/accounts/second-factor/recovery-codes/"
    kinds = set(Authenticator.objects.filter(user__email=ADVISOR.email).values_list("type", flat=True))
    assert kinds == {"webauthn", "recovery_codes"}
    advisor.opens(f"/{language}/cases/inbox/")
    advisor.opens(f"/{language}/accounts/second-factor/webauthn/")
    advisor.sees("Schlüsselbund")
    # And at the next sign-in the key is asked for
    advisor.opens(f"/{language}/accounts/logout/")
    advisor.page.locator("main form button").first.click()
    signs_in(advisor, ADVISOR)
    assert advisor.path == f"/{language}/accounts/second-factor/authenticate/"
    with advisor.page.expect_navigation():
        advisor.page.locator("#key-use").click()
    advisor.page.wait_for_url(f"**/{language}/cases/")
    # And it can be renamed and removed
    advisor.opens(f"/{language}/accounts/second-factor/webauthn/")
    advisor.page.locator('main a[href$="/edit/"]').click()
    advisor.looks()


def test_a_key_that_is_not_there_is_said_on_the_page(person, network, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    advisor = person("de")
    advisor.base = advisor.base.replace("127.0.0.1", "localhost")
    signs_in(advisor, ADVISOR)
    advisor.follows("Set up security key")
    advisor.types("password", ADVISOR.password)
    advisor.saves()
    advisor.page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('none')); }")
    advisor.page.locator("#key-add").click()
    advisor.page.get_by_role("alert").wait_for()
    advisor.reads("The security key did not work. Please try again.")
    advisor.looks()


@pytest.mark.parametrize(("language", "is_phone"), [("de", False), ("ar", True)])
def test_a_form_of_one_office_does_not_land_in_the_other(person, network, case_of, language, is_phone):
    # Given a person of two offices with a case of the first open in a tab
    case = case_of("cagri", ADVISOR)
    first = membership(ADVISOR.email)
    second = MembershipFactory(user=first.user, organisation=membership(STRANGER.email).organisation)
    advisor = person(language, phone=is_phone)
    signs_in(advisor, ADVISOR)
    advisor.opens(f"/{language}/cases/{case.uuid}/")
    advisor.page.locator('form[action$="/note/"] [name="text"]').fill("Bankgespräch am Montag")
    # When another tab changes to the second office
    tab = advisor.page.context.new_page()
    tab.goto(f"{advisor.base}/{language}/people/membership/")
    tab.locator(f'input[value="{second.uuid}"][type="radio"]').check()
    tab.locator("main form button.kern-btn--primary").click()
    tab.wait_for_url("**/cases/")
    # Then the note is not saved, but kept; changing back, it is sent
    advisor.page.get_by_role("button", name=advisor.word("Save note"), exact=True).click()
    advisor.page.wait_for_load_state()
    advisor._complaints.clear()  # the browser notes the 409
    advisor.looks()
    advisor.reads("This form was not saved")
    advisor.saves()
    advisor.presses("Send now")
    advisor.sees("Bankgespräch am Montag")


@pytest.mark.parametrize(("language", "is_phone"), [("de", False), ("ar", True)])
def test_the_end_of_a_session_is_announced_and_loses_nothing(person, network, settings, language, is_phone):
    # Given an advisor who types something, and a session of which six minutes are left
    settings.SESSION_IDLE_MINUTES = 6
    advisor = person(language, phone=is_phone)
    advisor.page.clock.install()
    signs_in(advisor, LEAD)
    advisor.opens(f"/{language}/people/office/")
    dialog = advisor.page.locator("#session-end")
    assert not dialog.is_visible()
    # When the last minutes begin
    settings.SESSION_IDLE_MINUTES = 4
    advisor.page.clock.fast_forward(61_000)
    dialog.wait_for(state="visible")
    with translation.override(language):
        dialog.get_by_text(translation.gettext("Are you still there?")).wait_for()
    advisor.looks()
    # Then "stay signed in" closes the warning
    settings.SESSION_IDLE_MINUTES = 60
    dialog.locator("[data-session-stay]").click()
    dialog.wait_for(state="hidden")
    # And when the session has ended, a curtain hides the page until the same person has signed in again
    advisor.page.context.clear_cookies()
    advisor.page.clock.fast_forward(60 * 60_000)
    dialog.locator('[data-session="ended"]').wait_for(state="visible")
    advisor.looks()
    tab = advisor.page.context.new_page()
    tab.goto(f"{advisor.base}/{language}/accounts/login/")
    tab.locator('[name="login"]').fill(LEAD.email)
    tab.locator('[name="password"]').fill(LEAD.password)
    tab.locator("main form button.kern-btn--primary").click()
    tab.wait_for_url("**/cases/")
    advisor.page.clock.fast_forward(60_000)
    dialog.wait_for(state="hidden")
