"""The course of a measurement: E, then every size, papers, a founder's bytes, a crowd, then the messages."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import fmean, median

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cases.files.models import Case
from gruendungswerkstatt.common.database import connected_as

from . import crowd, duplicates, exports, own, papers, searches, weight
from .client import Client
from .measure import Cost, cost_of, cost_of_page
from .pages import ADMIN_LIST, DAY, LONG_FILE, WORKLIST, pages, session_of
from .server import collect_static, serving
from .table import HEAD, Line, markdown
from .walk import walks

WALK = "founder's step, mean of all walks"
EMPTY_TIMES = 200
ROUNDS = 3
REMINDERS_PER_SIZE = 20  # so that lists of appointments and messages have something to show


def run(sizes: list[int], times: int, messages: int) -> Iterator[str]:
    """Measure; yields what is to be told, part by part."""
    _prepare()
    lines: list[Line] = []
    compared: list[str] = []
    with serving("bench.settings_empty") as port:
        empty = Empty(Client(port))
        for size in sizes:
            _grow(size)
            before = {line.page: line for line in lines if line.cases == lines[-1].cases}
            for name, cost, e in _measured(times, empty):
                lines.append(Line(name, size, cost, e, before.get(name)))
            compared += [duplicates.run(size), searches.run(size), exports.run(size)]
        compared += own.run(empty, times)
    yield f"E, an empty Django view: {empty.told()}"
    yield markdown(HEAD, [line.cells() for line in lines])
    yield _summary(lines)
    yield "\n".join(compared)
    yield papers.run()
    yield weight.run()
    yield crowd.run()
    if messages:
        from .dispatch import run as dispatch

        yield dispatch(messages)


def _prepare() -> None:
    """An up-to-date, empty database with the demonstration's offices and people."""
    call_command("migrate", interactive=False, verbosity=0)
    if Case.objects.count() > 1000:
        raise SystemExit("This database is filled already: measure on one of its own, as `make bench` does.")
    call_command("seed_demo", verbosity=0)
    collect_static("bench.settings_served")


def _grow(size: int) -> None:
    """Add invented cases until there are `size`, and let PostgreSQL look at the tables."""
    lacking = size - Case.objects.count()
    if lacking > 0:
        call_command("seed_bulk", cases=lacking, reminders_due=min(REMINDERS_PER_SIZE, lacking))
    with connected_as(connection, settings.DATABASE_OWNER), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as PostgreSQL does by itself a minute later


class Empty:
    """E, measured anew before every page, because other work on the machine makes both slower."""

    def __init__(self, client: Client):
        self._client = client
        self._costs: list[Cost] = []
        cost_of(client, self._ask, EMPTY_TIMES)

    def _ask(self) -> None:
        self._client.ask("/")

    def measure(self) -> None:
        self._costs.append(cost_of(self._client, self._ask, EMPTY_TIMES))

    @property
    def cpu(self) -> float:
        """Milliseconds, as measured right before and right after a page."""
        return fmean(cost.cpu for cost in self._costs[-2:])

    def told(self) -> str:
        cpu = sorted(cost.cpu for cost in self._costs)
        return f"{median(cpu):.2f} ms of CPU ({cpu[0]:.2f} to {cpu[-1]:.2f})"


def _measured(times: int, empty: Empty) -> Iterator[tuple[str, Cost, float]]:
    """(name, cost, E) of every page and of the founders' walks."""
    with serving("bench.settings_portal") as port:
        clients = {role: Client(port, "de", session_of(role)) for role in {page.role for page in pages()}}
        for page in pages():
            yield page.name, *_settled(partial(cost_of_page, clients[page.role], page.path, times), empty)
        requests = walks(port)
        yield WALK, *_settled(lambda: cost_of(clients[""], lambda: walks(port), 1, requests), empty)
    connection.close()


def _settled(measure: Callable[[], Cost], empty: Empty) -> tuple[Cost, float]:
    """The middle one of some rounds, by how many E it cost, and that E: other work on the machine comes and goes."""
    rounds = []
    empty.measure()
    for _round in range(ROUNDS):
        cost = measure()
        empty.measure()
        rounds.append((cost, empty.cpu))
    return sorted(rounds, key=lambda found: found[0].cpu / found[1])[ROUNDS // 2]


def _summary(lines: list[Line]) -> str:
    """The figures that the portal holds itself to."""
    told = []
    largest = max(line.cases for line in lines)
    for line in lines:
        if line.page in (WORKLIST, ADMIN_LIST) and line.smaller:
            told.append(f"- {line.page}: {line.cells()[-1]} times the cost of the size before")
        if line.cases == largest and line.page in (WORKLIST, ADMIN_LIST, WALK):
            told.append(f"- {line.page} at {line.cases:,}: {line.times_empty:.1f} × E")
        if line.cases == largest and line.page in (DAY, LONG_FILE):
            told.append(own.told(f"{line.page} at {line.cases:,}", line.cost, line.empty))
    return "\n".join(told)
