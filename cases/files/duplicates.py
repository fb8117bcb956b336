"""Cases that a new enquiry may belong to: warnings for a human, of the own office only, with few fields (rule 9).

Two statements however many enquiries are asked about: the keys lead to founders, their cases are compared in Python.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef

from intake.models import Submission
from network.people.models import Organisation

from . import blocking
from .enums import CaseState
from .matching import Match, Record, compare
from .models import AddedEnquiry, Case, MatchKey
from .names import names_in
from .rules import WORKED_ON

MOST_OF_A_KEY = 40  # founders behind one key; the latest, where a name is that frequent
MOST_COMPARED = 20  # with one enquiry: those with the most keys in common
MOST_SHOWN = 5
# Each key by its index alone; the limit inside keeps a key that leads to thousands from being read to its end.
_BY_KEYS = f"""
    SELECT wanted.key, found.founder_id
    FROM unnest(%s::bigint[]) AS wanted (key)
    CROSS JOIN LATERAL (
        SELECT founder_id FROM {MatchKey._meta.db_table}
        WHERE office_id = %s AND key = wanted.key ORDER BY founder_id DESC LIMIT {MOST_OF_A_KEY}
    ) AS found
"""  # noqa: S608 (a table's name and a number of our own)
_COLUMNS = (
    "uuid", "reference", "state", "version", "founder_id", "founder__name", "founder__name_latin",
    "founder__name_original", "founder__phone", "founder__email", "founder__is_phone_shared",
    "founder__municipality__code", "founder__languages", "founder__born_on", "founder__born_precision", "added_names",
)  # fmt: skip


@dataclass(frozen=True)
class Likely:
    """A case of the office that an enquiry may belong to: what is shown of it, and why."""

    case_uuid: uuid.UUID
    reference: str
    name: str  # to address the person
    state: str
    version: int  # of the case, as it was compared
    match: Match

    @property
    def is_running(self) -> bool:
        """Whether enquiries can be added: the case has not ended."""
        return self.state in WORKED_ON


def likely_cases(office: Organisation, submissions: Sequence[Submission]) -> dict[int, list[Likely]]:
    """{key of a submission: its likely cases, the likeliest first}; submissions with none are left out.

    The submissions are the office's own, with their municipality. At most MOST_SHOWN each.
    """
    records = {submission.pk: record_of(submission) for submission in submissions}
    keys = {pk: _keys(record) for pk, record in records.items()}
    founders = _founders_by_key(office, {key for wanted in keys.values() for key in wanted})
    compared = {pk: _most_in_common(wanted, founders) for pk, wanted in keys.items()}
    cases = _cases(office, {founder for some in compared.values() for founder in some})
    found = {}
    for pk, candidates in compared.items():
        known = [_likely(case, compare(records[pk], other)) for key in candidates for case, other in cases.get(key, ())]
        known = [one for one in known if one.match.is_likely]
        if known:
            found[pk] = sorted(known, key=lambda one: (-one.match.score, not one.is_running))[:MOST_SHOWN]
    return found


def likely_same(office: Organisation, case: Case) -> list[Likely]:
    """Other cases of the office that may be about the person of `case`, the likeliest first; at most MOST_SHOWN."""
    added = AddedEnquiry.objects.filter(case=OuterRef("pk")).values("submission__name")
    rows = Case.objects.for_office(office).annotate(added_names=ArraySubquery(added))
    record = _record(rows.values_list(*_COLUMNS, named=True).get(pk=case.pk))
    wanted = _keys(record)
    founders = _most_in_common(wanted, _founders_by_key(office, wanted))
    cases = _cases(office, {*founders, case.founder_id})
    others = [(row, other) for found in cases.values() for row, other in found if row.uuid != case.uuid]
    known = [_likely(row, compare(record, other)) for row, other in others]
    known = [one for one in known if one.match.is_likely]
    return sorted(known, key=lambda one: (-one.match.score, not one.is_running))[:MOST_SHOWN]


def record_of(submission: Submission) -> Record:
    """What an enquiry tells for a comparison. A date of birth is never asked there."""
    answers = submission.answers
    return Record(
        names=tuple(names_in(submission)),
        phone=answers.get("phone", ""),
        email=answers.get("email", ""),
        municipality=submission.municipality.code,
        languages=frozenset(answers.get("languages", [])),
        is_phone_shared=answers.get("phone_shared") == "yes",
    )


def _keys(record: Record) -> set[int]:
    return blocking.keys_of(record.names, record.phone, record.email, record.municipality)


def _founders_by_key(office: Organisation, keys: set[int]) -> dict[int, list[int]]:
    found = defaultdict(list)
    if not keys:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEYS, [sorted(keys), office.pk])
        for key, founder in cursor.fetchall():
            found[key].append(founder)
    return found


def _most_in_common(keys: set[int], founders: dict[int, list[int]]) -> list[int]:
    shared = Counter(founder for key in keys for founder in founders.get(key, ()))
    return sorted(shared, key=lambda founder: (-shared[founder], -founder))[:MOST_COMPARED]


def _cases(office: Organisation, founders: set[int]) -> dict[int, list[tuple[Any, Record]]]:
    """{founder: [(row of a case, what is compared of its founder)]}."""
    added = AddedEnquiry.objects.filter(case=OuterRef("pk")).values("submission__name")
    cases = Case.objects.for_office(office).filter(founder__in=founders).exclude(state=CaseState.MERGED)
    rows = cases.annotate(added_names=ArraySubquery(added))
    found = defaultdict(list)
    for row in rows.order_by("pk").values_list(*_COLUMNS, named=True):
        found[row.founder_id].append((row, _record(row)))
    return found


def _record(row: Any) -> Record:
    names = (row.founder__name, row.founder__name_latin, row.founder__name_original, *row.added_names)
    return Record(
        names=tuple(filter(None, names)),
        phone=row.founder__phone,
        email=row.founder__email,
        municipality=row.founder__municipality__code,
        languages=frozenset(row.founder__languages),
        born_on=row.founder__born_on,
        born_precision=row.founder__born_precision,
        is_phone_shared=row.founder__is_phone_shared is True,
    )


def _likely(row: Any, match: Match) -> Likely:
    return Likely(row.uuid, row.reference, row.founder__name, row.state, row.version, match)
