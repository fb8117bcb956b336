"""The README's table of accounts is what a demo really has."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS, OFFICE, SECOND_OFFICE

README = Path(__file__).parents[2] / "README.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def readme_rows() -> list[tuple[str, str, str]]:
    _before, table = README.read_text(encoding="utf-8").split("| Role | E-mail | Password |\n|---|---|---|\n")
    return ROW.findall(table.split("\n\n")[0])


FIRST_PAGES = {"partner": "/de/referrals/", "administrator": "/de/people/office/"}


def test_readme_tells_every_account():
    assert readme_rows() == [(account.role, account.email, account.password) for account in DEMO_ACCOUNTS]


def test_roles_are_those_of_the_journey():
    roles = [(account.role, account.organisation) for account in DEMO_ACCOUNTS]
    assert roles[:4] == [
        ("team lead", OFFICE),
        ("advisor", OFFICE),
        ("advisor", OFFICE),
        ("advisor (second office)", SECOND_OFFICE),
    ]
    assert [role for role, _organisation in roles[4:]] == ["partner", "partner", "administrator"]
    assert len({organisation for role, organisation in roles if role == "partner"}) == 2
    assert all(account.email.endswith("example.org") for account in DEMO_ACCOUNTS)


@pytest.mark.django_db(transaction=True)
def test_every_account_of_the_readme_opens_its_first_page(client, settings):
    settings.DEMO = True
    call_command("seed_demo")
    for role, email, password in readme_rows():
        response = client.post("/de/accounts/login/", {"login": email, "password": password}, follow=True)
        assert response.status_code == 200, role
        assert response.request["PATH_INFO"] == FIRST_PAGES.get(role, "/de/cases/"), role
        client.post("/de/accounts/logout/")


@pytest.mark.django_db
@pytest.mark.parametrize("is_demo", [True, False])
def test_sign_in_page_tells_the_accounts_in_a_demo_only(client, settings, is_demo):
    settings.DEMO = is_demo
    page = client.get("/ar/accounts/login/").content.decode()
    for account in DEMO_ACCOUNTS:
        assert (account.email in page) is is_demo
        assert (account.password in page) is is_demo
