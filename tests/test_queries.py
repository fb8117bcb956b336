"""No page asks the database more often because there is more to show."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cases.files.models import Case
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS, OFFICE
from gruendungswerkstatt.demo.bulk.writer import Writer
from network.people.models import Organisation, User
from tests.access.rows import ROWS
from tests.access.things import nothing

READERS = {account.role: account for account in DEMO_ACCOUNTS}
MORE_CASES, MORE_REMINDERS = 200, 40
# Once in a while a session is noted as still in use.
NOT_OF_THE_PAGE = ("UPDATE", "SAVEPOINT", "RELEASE")


# Looks up names once for each kind of row it shows, so it counts the kinds and not the rows.
BOUNDED = {"audit:history_list": 13}


class Counting:
    """How often the database was read in the block."""

    def __enter__(self):
        self.times = 0
        self._wrapper = connection.execute_wrapper(self._note)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error):
        self._wrapper.__exit__(*error)

    def _note(self, execute, sql, params, many, context):
        self.times += not sql.lstrip().startswith(NOT_OF_THE_PAGE)
        return execute(sql, params, many, context)


def pages(case: Case) -> Iterator[tuple[str, str]]:
    """(name, address) of every page that shows a list, and of the page with the most lists, a case."""
    yield "cases:case_detail", reverse("cases:case_detail", args=[case.uuid])
    for row in ROWS:
        if row.thing is nothing and row.get == 200:
            yield row.name, reverse(row.name)


def asked(case: Case) -> dict[tuple[str, str], int]:
    """(role, name of the page) → how often the database was read, for every page that opens."""
    found = {}
    for role, account in READERS.items():
        client = Client()
        client.force_login(User.objects.get(email=account.email))
        for name, address in pages(case):
            client.get(address)  # what a process keeps in mind is known after the first time
            with Counting() as counting:
                status = client.get(address).status_code
            if status == 200:
                found[role, name] = counting.times
    return found


@pytest.mark.django_db(transaction=True)
@override("de")
def test_more_rows_are_no_more_queries(settings):
    settings.DEMO = True
    call_command("seed_demo", verbosity=0)
    office = Organisation.objects.get(code=OFFICE)
    case = Case.objects.for_office(office).earliest("id")
    few = asked(case)
    assert {role for role, _name in few} == set(READERS)
    assert few["advisor", "cases:case_list"] > 0
    for _written in Writer(office, MORE_CASES, MORE_REMINDERS, seed=1).write():
        pass
    many = asked(case)
    most = {(role, name): BOUNDED.get(name, few[role, name]) for role, name in few}
    assert {page: (few[page], many[page]) for page in few if many[page] > most[page]} == {}
