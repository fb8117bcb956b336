"""Writes the bulk in portions, each in a transaction of its own: what was written stays if the rest is stopped."""

import random
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction

from cases.files.models import Case, Founder
from gruendungswerkstatt.common import clock, codes
from intake.models import Submission
from network.people.models import Membership, Organisation

from .founders import Founders, invent_profiles
from .lives import Lives
from .reminders import Reminders
from .sheets import reserve, write_all
from .staff import free_slots, make_team

CASES_IN_PORTION = 2_000
WRITERS = 2  # while PostgreSQL checks the keys of one portion, the next one is made up
YEARS = 3
UNASSIGNED = 0.04  # of the cases have nobody responsible yet


@dataclass(frozen=True)
class Portion:
    """What is written at once: a case for each reference number, the first ones with a meeting in one of `slots`."""

    references: list[str]
    slots: list[tuple[Membership, datetime]]
    chance: random.Random


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
        """Write portion by portion; yields how many cases each had. Must not run inside a transaction."""
        running: set[Future[int]] = set()
        with ThreadPoolExecutor(WRITERS) as pool:
            for portion in self._portions():
                running.add(pool.submit(self._write_apart, portion))
                if len(running) > WRITERS:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield sum(future.result() for future in done)
            for future in running:
                yield future.result()

    def _portions(self) -> Iterator[Portion]:
        slots, drawn = free_slots(self.team), set()
        for start in range(0, self.cases, CASES_IN_PORTION):
            amount = min(CASES_IN_PORTION, self.cases - start)
            reminded = min(amount, max(0, self.reminders_due - start))
            references = _free_references(amount, drawn)
            yield Portion(references, list(islice(slots, reminded)), random.Random(self.chance.random()))

    def _write_apart(self, portion: Portion) -> int:
        """Write one portion in a thread of the pool, over a connection of that thread."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                self._write_portion(cursor.cursor, portion)
        finally:
            connection.close()
        return len(portion.references)

    def _write_portion(self, cursor, portion: Portion) -> None:
        chance, staff = portion.chance, self.team.advisors
        founders = Founders(chance, self.office.pk, self.team.towns, self.profiles)
        lives = Lives(chance, self.office.pk, self.present)
        reminders = Reminders(chance, self.office, self.present)
        keys = (reserve(cursor, model, len(portion.references)) for model in (Founder, Submission, Case))
        for number, (*ids, case_id, reference) in enumerate(zip(*keys, portion.references, strict=True)):
            is_reminded = number < len(portion.slots)
            person = founders.add(*ids, reference, self._moment(chance, is_reminded), is_reminded=is_reminded)
            has_advisor = is_reminded or chance.random() > UNASSIGNED
            advisor = chance.choice(staff) if has_advisor else None
            lives.add(case_id, person, advisor, chance.choice(staff), stays_open=is_reminded)
            if is_reminded:
                reminders.add(case_id, person.founder_uuid, *portion.slots[number])
        write_all(cursor, (*founders.sheets, *lives.sheets, *reminders.sheets))

    def _moment(self, chance: random.Random, is_reminded: bool) -> datetime:
        """When somebody wrote: within three years, more of them lately; whoever is reminded, within the last weeks."""
        share = chance.random() ** 2
        return self.present - timedelta(days=7 + share * (20 if is_reminded else YEARS * 365 - 10))


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
