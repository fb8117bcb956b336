"""Behind PgBouncer in transaction mode nothing of a session is left for the next transaction."""

import ast
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from gruendungswerkstatt.messaging import sending
from intake.models import Submission
from tests.factories.intake import PERSONAS
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory
from tests.intake.conftest import Walker, office  # noqa: F401  (a fixture)
from tests.messaging.conftest import address_book  # noqa: F401  (a fixture)

ROOT = Path(__file__).parents[2]
# What outlives a transaction, or waits for a session.
OF_SESSIONS = re.compile(
    r"pg_(try_)?advisory_(un)?lock(_shared)?\s*\(|^\s*SET (?!LOCAL|TRANSACTION)[a-z_]+ (=|TO)|set_config\([^)]*false\)"
    r"|^\s*LISTEN \w|WITH HOLD|^\s*PREPARE \w+ AS|CREATE TEMP"
)
# Run by hand as the owner over a connection of their own, past the pooler; and the demonstration's bulk.
FOR_BULK = "SELECT set_config('pgtrigger.ignore', %s, false)"
PAST_THE_POOLER = ("common/management/commands/migrate.py", "common/backup.py", "demo/", "embedded/")


def test_no_statement_of_ours_leaves_anything_in_a_session():
    found = []
    for room in ("gruendungswerkstatt", "network", "intake", "cases"):
        for file in (ROOT / room).rglob("*.py"):
            name = str(file.relative_to(ROOT))
            if any(part in name for part in PAST_THE_POOLER) or "/migrations/" in name:
                continue
            texts = [node.value for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Constant)]
            found += [(name, text) for text in texts if _is_for_a_session(text)]
    assert found == []


def _is_for_a_session(text: object) -> bool:
    return isinstance(text, str) and text != FOR_BULK and bool(OF_SESSIONS.search(text))


@pytest.fixture
def forgetful(transactional_db):
    """As behind a pooler: outside of a transaction every statement meets a session that knows nothing."""
    forgotten = []

    def forget(execute, statement, parameters, many, context):
        if not connection.in_atomic_block:
            context["cursor"].connection.execute("DISCARD ALL")
            forgotten.append(statement)
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(forget):
        yield forgotten


def test_what_belongs_to_sessions_is_recognised():
    for statement in ("SET lock_timeout = '5s'", "SELECT pg_advisory_lock(1)", "LISTEN changes"):
        assert OF_SESSIONS.search(statement)
    for statement in ("SET LOCAL lock_timeout = '5s'", "UPDATE a SET b = 1", "SELECT pg_advisory_xact_lock(1)"):
        assert not OF_SESSIONS.search(statement)


@pytest.mark.usefixtures("office")
def test_a_founders_walk_needs_no_session(forgetful):
    persona = PERSONAS[2]
    founder = Walker(persona["language"])
    founder.walks(persona["answers"])
    founder.post("check/", {"wants_email": "yes"})
    assert Submission.objects.waiting().count() == 1
    assert len(forgetful) > 10


def test_an_advisors_day_needs_no_session(forgetful, address_book):  # noqa: F811
    membership = MembershipFactory()
    client = Client()
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/de/cases/", follow=True).status_code == 200
    MessageFactory()
    assert sending.send_due() == {"sent": 1}
    assert len(forgetful) > 5
