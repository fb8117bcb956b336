"""Deadlines of a case: entered by hand or following from what the case holds. Each service is one transaction.

Every change is a line of the timeline, which nobody changes later: who, when, from which day to which, and why.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.people.models import Membership

from . import rules
from .enums import DeadlineKind, DeadlineSource, TimelineKind
from .models import Case, Deadline
from .refusals import CaseRefusal
from .refusing import CaseRefused
from .telling import record


@transaction.atomic
def add(case: Case, by: Membership, kind: str, day: date, text: str = "") -> Deadline:
    """Watch a deadline that is counted from `day` (rules.deadline_of). Raises CaseRefused if the case has ended."""
    state = Case.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=case.pk)
    if state not in rules.WORKED_ON:
        raise CaseRefused(CaseRefusal.NOT_OPEN)
    return _create(case, by, kind, day, DeadlineSource.HAND, text)


@transaction.atomic
def change(deadline: Deadline, by: Membership, due_on: date, *, reason: str, version: int) -> Deadline:
    """Set another day, with the reason. A deadline that followed from the case is by hand from now on.

    Raises CaseRefused without a reason, StaleVersion.
    """
    if not reason.strip():
        raise CaseRefused(CaseRefusal.REASON_MISSING)
    current = _locked(deadline)
    bump_version(current, version)
    before, current.due_on = current.due_on, due_on
    current.source, current.counted_from_on, current.reason = DeadlineSource.HAND, None, reason
    current.save(update_fields=["due_on", "source", "counted_from_on", "reason", "version"])
    _record(current, TimelineKind.DEADLINE_CHANGED, by, before=before, words=reason)
    return current


@transaction.atomic
def set_done(deadline: Deadline, by: Membership, is_done: bool) -> Deadline:
    """Mark a deadline as done, or as open again; setting what is set already changes nothing."""
    return _set_done(_locked(deadline), by, is_done)


def follow(case: Case, by: Membership | None) -> None:
    """Set the deadlines that follow from what `case` holds and that it has in no way yet. Belongs into a transaction.

    What somebody has changed or done by hand stays as it is.
    """
    known = set(Deadline.objects.for_office(case.office_id).filter(case=case).values_list("kind", flat=True))
    for kind, day in rules.derived_deadlines(case).items():
        if kind not in known:
            _create(case, by, kind, day, DeadlineSource.RULE)


def follow_application(case: Case, by: Membership) -> None:
    """Close the deadline for the request when it was made, and open it again when that was put right."""
    found = Deadline.objects.for_office(case.office_id).select_for_update(of=("self",)).select_related("case")
    for deadline in found.filter(case=case, kind=DeadlineKind.START_MONEY):
        _set_done(deadline, by, case.has_application is True)
    follow(case, by)


def follow_benefit(case: Case, by: Membership, last_day: date | None) -> None:
    """Set what follows from the last day of the Einstiegsgeld, which has changed. Belongs into a transaction.

    What somebody set by hand and still waits stays the only one of its kind; a day that has passed is not watched anew.
    """
    found = Deadline.objects.for_office(case.office_id).select_for_update(of=("self",)).select_related("case")
    rows = list(found.filter(case=case, kind__in=rules.OF_START_BENEFIT))
    for kind in rules.OF_START_BENEFIT:
        of_kind = [row for row in rows if row.kind == kind]
        by_rule = next((row for row in of_kind if row.source == DeadlineSource.RULE), None)
        if last_day is None:
            if by_rule:
                _set_done(by_rule, by, True)
            continue
        due_on = rules.deadline_of(kind, last_day)
        if by_rule:
            _set_done(by_rule, by, False)
            _count_anew(by_rule, by, last_day, due_on)
        elif case.state in rules.WORKED_ON and due_on >= clock.today() and not _covers(of_kind, due_on):
            _create(case, by, kind, last_day, DeadlineSource.RULE)


def _covers(by_hand: Iterable[Deadline], due_on: date) -> bool:
    return any(row.done_at is None or row.due_on >= due_on for row in by_hand)


def _count_anew(current: Deadline, by: Membership, day: date, due_on: date) -> None:
    before = current.due_on
    if before == due_on:
        return
    current.counted_from_on, current.due_on = day, due_on
    bump_version(current)
    current.save(update_fields=["counted_from_on", "due_on", "version"])
    _record(current, TimelineKind.DEADLINE_CHANGED, by, before=before)


def _create(
    case: Case, by: Membership | None, kind: str, day: date, source: DeadlineSource, text: str = ""
) -> Deadline:
    deadline = Deadline.objects.create(
        office_id=case.office_id,
        case=case,
        kind=kind,
        text=text,
        counted_from_on=day,
        due_on=rules.deadline_of(kind, day),
        source=source,
    )
    _record(deadline, TimelineKind.DEADLINE_SET, by, words=text)
    return deadline


def _locked(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_for_update(of=("self",)).select_related("case").get(pk=deadline.pk)


def _set_done(current: Deadline, by: Membership, is_done: bool) -> Deadline:
    if (current.done_at is not None) == is_done:
        return current
    current.done_at = clock.now() if is_done else None
    bump_version(current)
    current.save(update_fields=["done_at", "version"])
    _record(current, TimelineKind.DEADLINE_DONE if is_done else TimelineKind.DEADLINE_REOPENED, by)
    return current


def _record(
    deadline: Deadline, kind: TimelineKind, by: Membership | None, *, before: date | None = None, words: str = ""
) -> None:
    params = {"deadline": str(deadline.uuid), "about": str(deadline.kind), "due_on": deadline.due_on.isoformat()}
    params |= {"before": before.isoformat()} if before else {}
    record(deadline.case, kind, by, params=params, text=words)
