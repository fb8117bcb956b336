"""The course of a measurement: E, then every size, then the messages."""

from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection

from cases.files.models import Case

from .client import Client
from .measure import Cost, cost_of, cost_of_page
from .pages import ADMIN_LIST, WORKLIST, pages, session_of
from .server import serving
from .table import HEAD, Line, markdown
from .walk import walks

REMINDERS_PER_SIZE = 20  # so that lists of appointments and messages have something to show


def run(sizes: list[int], times: int, messages: int) -> Iterator[str]:
    """Measure; yields what is to be told, part by part."""
    _prepare()
    empty = _empty(times)
    yield f"E, an empty Django view: {empty.python:.2f} ms of CPU, p50 {empty.p50:.2f} ms, p95 {empty.p95:.2f} ms"
    lines: list[Line] = []
    for size in sizes:
        _grow(size)
        before = {line.page: line.cost for line in lines if line.cases == lines[-1].cases}
        lines += [Line(name, size, cost, before.get(name)) for name, cost in _measured(times)]
    yield markdown(HEAD, [line.cells(empty) for line in lines])
    yield _summary(lines, empty)
    if messages:
        from .dispatch import run as dispatch

        yield dispatch(messages)


def _prepare() -> None:
    """An up-to-date, empty database with the demonstration's offices and people."""
    call_command("migrate", interactive=False, verbosity=0)
    if Case.objects.count() > 1000:
        raise SystemExit("This database is filled already: measure on one of its own, as `make bench` does.")
    call_command("seed_demo", verbosity=0)


def _grow(size: int) -> None:
    """Add invented cases until there are `size`, and let PostgreSQL look at the tables."""
    lacking = size - Case.objects.count()
    if lacking > 0:
        call_command("seed_bulk", cases=lacking, reminders_due=min(REMINDERS_PER_SIZE, lacking))


def _empty(times: int) -> Cost:
    with serving("bench.settings_empty") as port:
        client = Client(port)
        cost_of(client, lambda: client.ask("/"), times)
        return cost_of(client, lambda: client.ask("/"), times * 10)


def _measured(times: int) -> Iterator[tuple[str, Cost]]:
    """(name, cost) of every page and of the founders' walks."""
    with serving("bench.settings_portal") as port:
        clients = {role: Client(port, "de", session_of(role)) for role in {page.role for page in pages()}}
        for page in pages():
            yield page.name, cost_of_page(clients[page.role], page.path, times)
        requests = walks(port)
        yield "founder's step, mean of all walks", cost_of(clients[""], lambda: walks(port), 2, requests)
    connection.close()


def _summary(lines: list[Line], empty: Cost) -> str:
    """The figures that the portal holds itself to."""
    told = []
    largest = max(line.cases for line in lines)
    for line in lines:
        if line.page in (WORKLIST, ADMIN_LIST) and line.smaller:
            told.append(f"- {line.page}: {line.cells(empty)[-1]} times the cost of the size before")
        if line.cases == largest and line.page in (WORKLIST, ADMIN_LIST, "founder's step, mean of all walks"):
            told.append(f"- {line.page} at {line.cases:,}: {line.cost.cpu / empty.cpu:.1f} × E")
    return "\n".join(told)
