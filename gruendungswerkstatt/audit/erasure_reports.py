"""Proofs of erasing, as those who run an office read them: month by month, run by run."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gruendungswerkstatt.common import clock, retention
from gruendungswerkstatt.common.dates import MONTHS
from network.people.models import Organisation

from .models import ErasureRun

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Count:
    """How many of which class; `label` is the code if no room has the class any more."""

    label: Any
    number: int


@dataclass(frozen=True)
class MonthRow:
    """All that was erased in one month."""

    day: date  # its first
    name: Any
    counts: list[Count]
    runs: int


@dataclass(frozen=True)
class RunRow:
    """One run; `seconds` is None if it was broken off."""

    run: ErasureRun
    counts: list[Count]
    errors: list[Count]
    seconds: int | None


def runs(office: Organisation) -> QuerySet:
    """All runs of `office`, to be ordered and paged."""
    return ErasureRun.objects.for_office(office).select_related("by__user")


def run_rows(found: Iterable[ErasureRun]) -> list[RunRow]:
    """Runs as they are listed."""
    return [RunRow(run, _counted(run.counts), _counted(run.errors), _seconds(run)) for run in found]


def months(office: Organisation) -> list[MonthRow]:
    """The last twelve months in which something ran, newest first; dry runs do not count."""
    today = clock.today()
    first = date(today.year - 1, today.month, 1)
    done = ErasureRun.objects.for_office(office).filter(is_dry_run=False, started_at__gte=clock.at(first, 0))
    totals: dict[date, Counter[str]] = {}
    numbers: Counter[date] = Counter()
    for started_at, counts in done.order_by("-started_at").values_list("started_at", "counts"):
        month = clock.local(started_at).date().replace(day=1)
        totals.setdefault(month, Counter()).update(counts)
        numbers[month] += 1
    newest = sorted(totals, reverse=True)[:MONTHS_SHOWN]
    return [MonthRow(month, MONTHS[month.month - 1], _counted(totals[month]), numbers[month]) for month in newest]


def _counted(counts: Mapping[str, int]) -> list[Count]:
    known = {found.code: found.label for found in retention.classes()}
    order = [*known, *sorted(set(counts) - set(known))]
    return [Count(known.get(code, code), counts[code]) for code in order if counts.get(code)]


def _seconds(run: ErasureRun) -> int | None:
    return None if run.finished_at is None else round((run.finished_at - run.started_at).total_seconds())
