"""Fixtures for every test; they make some mistakes impossible.

The test database is made and migrated by its owner, the tests connect as the portal's role: a missing right shows
here and not in the office.
"""

import os

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import habits

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # pytest-playwright runs an event loop


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Connect as the portal's role once the owner has made the database."""
    from gruendungswerkstatt.common.database import grant_portal_rights

    owner = dict(connection.settings_dict)
    role = settings.DATABASE_PORTAL_ROLE
    if owner["USER"] != role:
        with django_db_blocker.unblock():
            grant_portal_rights(connection, role)
            with connection.cursor() as cursor:
                # The portal never truncates; transactional tests clean up that way.
                cursor.execute(f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{role}"')
            connection.close()
        portal = settings.DATABASES_PORTAL
        connection.settings_dict.update(USER=portal["USER"], PASSWORD=portal["PASSWORD"])
    yield
    if owner["USER"] != role:
        connection.close()
        connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])


@pytest.fixture(autouse=True)
def _no_test_inherits_a_language():
    """The test client leaves the language of its last request active, and translated fields are written in it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _pages_know_the_office(monkeypatch):
    """The office on every page is one that no row is asked for; its own tests take the real one."""
    from gruendungswerkstatt.common import context

    name = "Jobcenter Kreis Unna"
    names = {"de": name, "ar": f"مركز العمل في كرايس أونا ({name})", "en": name}
    office = context.Office(name=name, names=names, phone="+49230325385422")
    monkeypatch.setattr(context, "_find_office", lambda: office)


@pytest.fixture(autouse=True)
def _undefined_variables_fail(monkeypatch):
    """A template variable that does not exist is an error, not an empty place."""
    from django.template import base

    original = base.FilterExpression.resolve

    def resolve(self, context, ignore_failures=False):
        value = original(self, context, ignore_failures)
        if isinstance(value, str) and value.startswith("UNDEFINED-VARIABLE("):
            raise AssertionError(f"Undefined template variable {value[19:-1]!r} in {context.template_name}")
        return value

    monkeypatch.setattr(base.FilterExpression, "resolve", resolve)


@pytest.fixture(autouse=True)
def _habits(monkeypatch, request):
    """See habits.py."""
    connection.queries_log.clear()  # it keeps 9,000 and then warns
    habits.stay_on_loopback(monkeypatch)
    habits.shuffle_unordered(monkeypatch, seed=request.node.nodeid)
    habits.refuse_repeated_queries(monkeypatch)


@pytest.fixture
def capture_queries():
    """Record the queries of a block: `with capture_queries() as queries: ...`."""
    return lambda: CaptureQueriesContext(connection)
