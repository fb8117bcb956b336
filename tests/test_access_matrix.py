"""Every address of the portal × every role: who gets in, and that nobody sees what is not theirs.

The addresses come from the URL resolver; one that has no row in tests/access/rows.py fails here. Everything happens in
one transaction that is rolled back in the end, each request in a savepoint of it: the two offices are made once.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from gruendungswerkstatt.content import published
from tests.access.doors import DOORS, LEADS_TO, OPEN, ROLES
from tests.access.rows import ROWS
from tests.access.scene import HERE, THERE, House, Scene
from tests.access.things import Row
from tests.printing.reading import text_of

# To whom the words of the office *here* belong; everybody else must never read one.
OF_HERE = {"draft", "founder", "founder_pin", "partner", "advisor", "team_lead", "administrator"}
# What a request may write that says nothing about anybody.
HARMLESS = ('"django_session"',)


def addresses(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all addresses, "messages:message_list"."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield ":".join((*spaces, entry.name))
        else:
            yield from addresses(entry, (*spaces, entry.namespace) if entry.namespace else spaces)


def test_every_address_has_one_row():
    there, described = sorted(set(addresses())), sorted(row.name for row in ROWS)
    new, gone = sorted(set(there) - set(described)), sorted(set(described) - set(there))
    assert not new, f"Who may open these? Please add a Row to tests/access/rows.py: {', '.join(new)}"
    assert not gone, f"These addresses are gone, their rows in tests/access/rows.py can go too: {', '.join(gone)}"
    assert len(described) == len(set(described)), "an address has two rows"


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """One transaction around the module instead of pytest-django's one around each test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
        published.kept.forget()


@pytest.fixture(scope="module")
def scene(db):
    with override("de"):
        return Scene()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_matrix(scene, row, role):
    cell = {**DOORS[row.door], **row.but}[role]
    with override("de"):
        address = reverse(row.name, kwargs=row.thing(scene.here))
    for method in ("get", "post"):
        data = row.data(scene.here) if method == "post" else row.query(scene.here)
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            response = getattr(scene.browser(role), method)(address, data)
            text = words_of(response)
            transaction.set_rollback(True)
        where = f"{method.upper()} {address} as {role}, which is “{cell}”: {response.status_code}"
        check_status(where, cell, getattr(row, method), response)
        assert THERE not in text or role not in OF_HERE, f"{where} shows another office's text"
        assert HERE not in text or role in OF_HERE, f"{where} shows this office's text to a stranger"
        if cell not in OPEN:
            assert HERE not in text, f"{where} shows the office's text"
            assert not written(queries), f"{where} writes: {written(queries)}"
        elif row.shows and cell != "bare" and response.status_code == 200:
            assert (HERE if cell == "in" else THERE) in text, f"{where} does not show what it is there for"


def check_status(where: str, cell: str, expected: int | tuple[int, ...] | None, response) -> None:
    """The status the cell stands for; a method that the view does not know may be refused before or after the door."""
    if expected is None and response.status_code == 405:
        return
    if cell in OPEN:
        allowed = expected if isinstance(expected, tuple) else (expected or 405,)
        assert response.status_code in allowed, where
    elif cell == "no":
        assert response.status_code == 404, where
    elif cell in ("start", "sent") and response.status_code in (409, 410):
        # A page of what was typed, to be copied; or the one that asks for the code, which keeps it till then.
        is_asking = response.templates[0].name == "intake/resume.html"
        assert is_asking or "form" not in (response.context or {}), where
    elif cell == "sign" and response.status_code == 200:
        assert response.templates[0].name == "account/login.html", where  # a form that was sent is kept for later
    else:
        assert response.status_code == 302, where
        assert response.url.startswith(LEADS_TO[cell]), f"{where} → {response.url}"


def words_of(response) -> str:
    """All that the answer tells: page or file, and its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = text_of(body) if response.headers.get("Content-Type") == "application/pdf" else body.decode()
    return f"{response.headers}\n{text}"


def written(queries: CaptureQueriesContext) -> list[str]:
    changes = (q["sql"] for q in queries.captured_queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE")))
    return [sql for sql in changes if not any(table in sql for table in HARMLESS)]


@pytest.mark.parametrize("role", ROLES)
def test_every_door_knows_what_happens(role):
    assert {cells[role] for cells in DOORS.values()} <= {*OPEN, "no", *LEADS_TO}


def test_the_words_of_the_offices_are_where_they_are_looked_for(scene):
    for house in (scene.here, scene.there):
        assert isinstance(house, House)
        assert house.word in house.case.founder.name
    assert isinstance(ROWS[0], Row)
