"""Writes the bulk in portions, each in a transaction of its own: what was written stays if the rest is stopped."""

import random
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures import ThreadPoolExecutor as Pool
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice

import psycopg
from django.conf import settings
from django.db import connection

from cases.files.models import Case, Founder
from gruendungswerkstatt.common import clock, codes, history
from gruendungswerkstatt.common.database import as_owner, connected_as
from intake.models import Submission
from network.people.models import Membership, Organisation

from .founders import Founders, invent_profiles
from .keys import checked, loosen
from .lives import Lives
from .reminders import Reminders
from .sheets import Sheet, reserve
from .staff import free_slots, make_team

CASES_IN_PORTION = 1_000
YEARS = 3
UNASSIGNED = 0.04  # of the cases have nobody responsible yet


@dataclass(frozen=True)
class Portion:
    """What is written at once: filled sheets, and of how many cases they tell."""

    sheets: tuple[Sheet, ...]
    cases: int


class Writer:
    """Writes `cases` cases into `office`, `reminders_due` of them with a reminder that is due now."""

    def __init__(self, office: Organisation, cases: int, reminders_due: int, seed: int | None = None):
        self.chance = random.Random(seed)
        self.office = office
        self.cases = cases
        self.reminders_due = reminders_due
        self.present = clock.now()
        self.team = make_team(office, cases)
        self.profiles = invent_profiles(self.chance)

    def write(self) -> Iterator[int]:
        """Write portion by portion; yields how many cases each had. Must not run inside a transaction.

        Three things go on at once: the next portion is made up, the one before goes into a connection, and the one
        before that is committed, which is half of PostgreSQL's work where it checks foreign keys then. Commits wait
        for each other: two checking at a time would be slower, because they lock the same few rows of the office,
        its towns and its staff. RuntimeError tells of keys that lead nowhere.
        """
        under_way: deque[Future[Future[int]]] = deque()
        models = {sheet.model for sheet in self._portion([], []).sheets}
        with checked(models), _connection() as one, _connection() as other, Pool(1) as copies, Pool(1) as ends:
            # Whether PostgreSQL needs no look at the filled tables (any more).
            is_known = all([loosen(one), loosen(other)])
            for portion, own in zip(self._portions(), cycle((one, other)), strict=False):
                if len(under_way) == 2:  # the older one is that of `own`
                    yield under_way.popleft().result().result()
                    if not is_known:
                        is_known = True
                        _gather_statistics()
                under_way.append(copies.submit(_copy, own, portion, ends))
            for copied in under_way:
                yield copied.result().result()

    def _portions(self) -> Iterator[Portion]:
        slots, drawn = free_slots(self.team), set()
        for start in range(0, self.cases, CASES_IN_PORTION):
            amount = min(CASES_IN_PORTION, self.cases - start)
            reminded = min(amount, max(0, self.reminders_due - start))
            yield self._portion(_free_references(amount, drawn), list(islice(slots, reminded)))

    def _portion(self, references: list[str], slots: list[tuple[Membership, datetime]]) -> Portion:
        """A case for each reference number, the first ones with an appointment in one of `slots`."""
        chance, staff = self.chance, self.team.advisors
        founders = Founders(chance, self.office.pk, self.team.towns, self.profiles)
        lives = Lives(chance, self.office.pk, self.present)
        reminders = Reminders(chance, self.office, self.present)
        with connection.cursor() as cursor:
            keys = [reserve(cursor, model, len(references)) for model in (Founder, Submission, Case)]
        for number, (*ids, case_id, reference) in enumerate(zip(*keys, references, strict=True)):
            is_reminded = number < len(slots)
            person = founders.add(*ids, reference, self._moment(is_reminded), is_reminded=is_reminded)
            has_advisor = is_reminded or chance.random() > UNASSIGNED
            advisor = chance.choice(staff) if has_advisor else None
            lives.add(case_id, person, advisor, chance.choice(staff), stays_open=is_reminded)
            if is_reminded:
                reminders.add(case_id, person.founder_uuid, *slots[number])
        return Portion((*founders.sheets, *lives.sheets, *reminders.sheets), len(references))

    def _moment(self, is_reminded: bool) -> datetime:
        """When somebody wrote: within three years, more of them lately; whoever is reminded, within the last weeks."""
        share = self.chance.random() ** 2
        return self.present - timedelta(days=7 + share * (20 if is_reminded else YEARS * 365 - 10))


def _connection() -> psycopg.Connection:
    """A connection of our own: Django's is busy with reserving keys while this one checks and commits.

    Invented rows may be lost if the server dies, so a commit does not wait for the disk; search indexes take new words
    in large pieces. Nobody entered these rows, so they have no history, like rows from before it was kept.
    """
    with as_owner(connection):
        own = connection.get_new_connection(connection.get_connection_params())
    own.autocommit = True
    own.execute("SET synchronous_commit = off")
    own.execute("SET gin_pending_list_limit = '64MB'")
    history.silence(own)
    return own


def _gather_statistics() -> None:
    """Let the owner look at the tables: without figures the keys are checked by the office's index, row by row."""
    if settings.DATABASE_OWNER:
        with connected_as(connection, settings.DATABASE_OWNER), connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _copy(own: psycopg.Connection, portion: Portion, ends: Executor) -> Future[int]:
    """Write the sheets, then let `ends` commit them."""
    own.autocommit = False
    with own.cursor() as cursor:
        for sheet in portion.sheets:
            sheet.write(cursor)
    return ends.submit(_commit, own, portion)


def _commit(own: psycopg.Connection, portion: Portion) -> int:
    own.commit()
    return portion.cases


def _free_references(amount: int, drawn: set[str]) -> list[str]:
    """So many reference numbers that neither the database nor `drawn` has; they are added to `drawn`."""
    free: set[str] = set()
    with connection.cursor() as cursor:
        while len(free) < amount:
            candidates = {codes.new_reference() for _ in range(amount - len(free))} - drawn
            cursor.execute(
                "SELECT reference FROM intake_submission WHERE reference = ANY(%(candidates)s)"
                " UNION ALL SELECT reference FROM cases_files_case WHERE reference = ANY(%(candidates)s)",
                {"candidates": list(candidates)},
            )
            free |= candidates - {reference for (reference,) in cursor.fetchall()}
    drawn |= free
    return list(free)
