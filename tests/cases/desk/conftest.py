"""An office with an advisor signed in, a colleague, a stranger and a partner."""

import re
from datetime import date

import pytest
from django.test import Client

from gruendungswerkstatt.common import clock
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

from .case_forms import address, page_of

NOON = clock.at(date(2026, 11, 23), 12)  # a Monday
TOWNS = ("bergkamen", "kamen", "luenen", "schwerte", "selm", "unna", "werne")


@pytest.fixture
def noon():
    with clock.frozen(NOON) as moment:
        yield moment


@pytest.fixture
def office(db):
    office = OrganisationFactory(office=True)
    for code in TOWNS:
        MunicipalityFactory(code=code, name=code.title(), office=office)
    return office


@pytest.fixture
def advisor(office):
    return MembershipFactory(organisation=office, user__name="Petra Beispiel")


@pytest.fixture
def colleague(office):
    return MembershipFactory(organisation=office, user__name="Karim Muster")


def signed_in(membership) -> Client:
    client = Client()
    client.force_login(membership.user)
    return client


@pytest.fixture
def client(advisor):
    """The advisor's browser."""
    return signed_in(advisor)


@pytest.fixture
def people(office):
    """Browsers of everybody who may not see this office's data."""
    return {
        "other office": signed_in(MembershipFactory()),
        "partner": signed_in(MembershipFactory(partner=True)),
        "anonymous": Client(),
    }


def assert_kept_out(browser: Client, method: str, address: str) -> None:
    """Nothing tells a stranger that the page exists; who is not signed in is asked to."""
    response = getattr(browser, method)(address)
    if "_auth_user_id" in browser.session:
        assert response.status_code == 404
    elif method == "get":
        assert response.url == f"/de/accounts/login/?next={address}"
    else:
        assert [template.name for template in response.templates][:1] == ["account/login.html"]


@pytest.fixture
def case(office, advisor):
    founder = FounderFactory(office=office, name="Amina Nour", name_original="أمينة نور")
    return CaseFactory(founder=founder, advisor=advisor)


@pytest.fixture
def submission(office):
    return SubmissionFactory(office=office, persona=7)


class Form:
    """A form as the page shows it, to be filled in and sent from a browser."""

    def __init__(self, html: str, action: str):
        found = next((f for f in re.findall(r"<form\b.*?</form>", html, re.S) if f'action="{action}"' in f), None)
        assert found is not None, f"no form for {action}"
        self.action, self.html = action, found
        self.values = {}
        for tag in re.findall(r"<input\b[^>]*>", found):
            name, kind = _attribute(tag, "name"), _attribute(tag, "type")
            if name and (kind not in ("radio", "checkbox") or " checked" in tag):
                self.values[name] = _attribute(tag, "value")
        for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', found, re.S):
            chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
            self.values[name] = chosen.group(1) if chosen else ""

    def send(self, client: Client, **values: str):
        return client.post(self.action, self.values | values)


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


@pytest.fixture
def form_on(client):
    """form_on(page, action): the form on a page, or on the page behind its link, as the advisor's browser has it."""

    def get(page: str, action: str) -> Form:
        response = client.get(page)
        assert response.status_code == 200
        html = response.content.decode()
        if f'href="{action}"' in html and f'action="{action}"' not in html:
            html = client.get(action).content.decode()
        return Form(html, action)

    return get


@pytest.fixture
def form(form_on, case):
    """form("note"): that form of the case's page."""
    return lambda name: form_on(page_of(case), address(case, name))
