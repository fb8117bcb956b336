"""The worklist and "My day" of somebody to whom nearly all cases belong: each filter, each sort."""

from collections.abc import Callable, Iterator
from itertools import product

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from cases.files.models import Case
from cases.files.worklist import ORDERINGS
from gruendungswerkstatt.common.database import connected_as
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS, OFFICE
from network.people.models import Membership, Organisation

from .client import Client
from .measure import Cost, cost_of_page
from .pages import session_of
from .server import serving

MOST = 100_000
FILTERS = (
    *({}, {"phase": "planning"}, {"state": "open"}, {"state": "resting"}, {"sector": "food"}, {"municipality": "unna"}),
    *({"language": "ti"}, {"language": "ar"}, {"interpreter": "yes"}, {"interpreter": "unknown"}),
    *({"due": "step_overdue"}, {"due": "start_soon"}, {"due": "start_without_application"}),
    *({"appointment": "week"}, {"appointment": "none"}, {"contact": "week"}, {"contact": "half_year"}),
)
TIMES = 8
WANTED_TIMES, WANTED_QUERIES = 35, 6
DAY = "my day, all cases one's own"


def take_over() -> int:
    """Make the demonstration's advisor responsible for MOST cases of the office; how many they are."""
    office = Organisation.objects.get(code=OFFICE)
    email = next(account.email for account in DEMO_ACCOUNTS if account.role == "advisor")
    advisor = Membership.objects.get(user__email=email, organisation=office)
    keys = Case.objects.for_office(office).order_by("pk").values("pk")[:MOST]
    taken = Case.objects.filter(pk__in=keys).update(advisor=advisor)
    with connected_as(connection, settings.DATABASE_OWNER), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return taken


def day(port: int, times: int) -> Callable[[], Cost]:
    """Measures "My day" of that advisor."""
    with override("de"):
        path = reverse("cases:day_detail")
    client = Client(port, "de", session_of("advisor"))
    return lambda: cost_of_page(client, path, times)


def lists(port: int) -> Iterator[tuple[str, Callable[[], Cost]]]:
    """(query of the list, a function that measures it) for each filter with each sort."""
    with override("de"):
        listed = reverse("cases:case_list")
    client = Client(port, "de", session_of("advisor"))
    for chosen, sort in product(FILTERS, ORDERINGS):
        query = urlencode({"advisor": "mine", **chosen, "sort": sort})
        yield query, lambda query=query: cost_of_page(client, f"{listed}?{query}", TIMES)


def run(empty, times: int) -> Iterator[str]:
    """Measure; `empty` measures E (run.Empty). The cases stay with the advisor, so it comes last."""
    taken = take_over()
    with serving("bench.settings_portal") as port:
        empty.measure()
        found = []
        for query, measure in lists(port):
            cost = measure()
            empty.measure()
            found.append((cost.cpu / empty.cpu, cost, query))
        worst = sorted(found, key=lambda one: one[0], reverse=True)
        most = max(cost.queries for _times, cost, _query in found)
        slow = ", ".join(f"{times_empty:.0f} × E for {query}" for times_empty, _cost, query in worst[:3])
        beyond = sum(times_empty > WANTED_TIMES for times_empty, _cost, _query in found)
        yield (
            f"Worklist with {taken:,} cases of one's own, {len(found)} filters with sorts (wanted: at most "
            f"{WANTED_TIMES} × E and {WANTED_QUERIES} queries): the middle one {worst[len(worst) // 2][0]:.1f} × E, "
            f"{beyond} above; {most} queries at most; the slowest {slow}"
        )
        empty.measure()
        cost = day(port, times)()
        empty.measure()
        yield told(f"{DAY} ({taken:,})", cost, empty.cpu)


def told(name: str, cost: Cost, empty: float) -> str:
    """A page beside what is wanted of "My day" and of a long file."""
    return (
        f"- {name}: {cost.queries} queries, {cost.cpu / empty:.1f} × E, {cost.planning:.1f} ms of planning "
        "(wanted: at most 10, 45 and 3)"
    )
