"""Two cases of one person become one, and two again until the end of the next working day (docs/adr/0032-merging.md).

Nothing does it by itself. The merged case stays as an empty shell that leads to the remaining one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from gruendungswerkstatt.common.text import sort_key
from intake.workdays import after_working_days
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

from . import deadlines
from .enums import CaseState, ChangeKind, ErasureRequestState, TimelineKind
from .models import AddedEnquiry, Case, ErasureRequest, Founder, Merge, StatusChange, TimelineEntry
from .moving import Merging, take_back
from .names import write_keys
from .refusals import MergeRefusal
from .rules import WORKED_ON
from .selectors import timeline_rows
from .signals import case_merging, case_separated
from .telling import record

# What somebody chooses between where both differ: columns that belong together are one choice.
OF_FOUNDER = {
    "name": ("name",),
    "name_latin": ("name_latin",),
    "name_original": ("name_original",),
    "born": ("born_on", "born_precision"),
    "is_adult": ("is_adult",),
    "municipality": ("municipality_id",),
    "language": ("language",),
    "languages": ("languages",),
    "needs_interpreter": ("needs_interpreter",),
    "contact_way": ("contact_way",),
    "phone": ("phone", "is_phone_shared"),
    "email": ("email",),
    "helper": ("helper_contact", "may_call_helper"),
    "safe_times": ("safe_times",),
    "wants_sms": ("wants_sms",),
    "wants_email": ("wants_email",),
    "reminder_style": ("reminder_style",),
    "own_word": ("own_word",),
}
OF_CASE = {
    "application": ("has_application", "application_received_at"),
    "planned_start": ("planned_start_on",),
    "sector": ("sector",),
}
_UNKNOWN = ("", None, [])


class MergeRefused(Exception):
    """The cases are not put together or separated like this; `reason` says why."""

    def __init__(self, reason: MergeRefusal):
        super().__init__(reason.value)
        self.reason = reason


class Seen(NamedTuple):
    """The versions that somebody compared: of both cases and of both founders."""

    target: int
    source: int
    target_founder: int
    source_founder: int

    @classmethod
    def of(cls, source: Case, target: Case) -> "Seen":
        return cls(target.version, source.version, target.founder.version, source.founder.version)


@dataclass(frozen=True)
class Difference:
    """One choice: `code` of OF_FOUNDER or OF_CASE; whether the other case's value is proposed."""

    code: str
    columns: tuple[str, ...]
    proposes_source: bool


def case_to_merge(office: Organisation, reference: str) -> Case | None:
    """The office's case with this normalised reference number, of the case itself or of an enquiry added to it."""
    added = AddedEnquiry.objects.for_office(office).filter(submission__reference=reference).values("case")
    cases = Case.objects.for_office(office).exclude(state=CaseState.MERGED)
    return cases.filter(Q(reference=reference) | Q(pk__in=added)).first()


def refusal_of(source: Case, target: Case) -> MergeRefusal | None:
    """Why `source` cannot be put into `target`, both of one office; None if it can."""
    if source.pk == target.pk:
        return MergeRefusal.SAME_CASE
    states = {source.state, target.state}
    if CaseState.MERGED in states:
        return MergeRefusal.ALREADY_MERGED
    if not states <= set(WORKED_ON):
        return MergeRefusal.ENDED
    asked = ErasureRequest.objects.for_office(target.office_id).filter(case__in=(source.pk, target.pk))
    return MergeRefusal.ERASURE_ASKED if asked.filter(state=ErasureRequestState.OPEN).exists() else None


def differences(source: Case, target: Case) -> list[Difference]:
    """What somebody has to choose between. What only one of them knows is proposed."""
    founder = _differing(OF_FOUNDER, source.founder, target.founder)
    return [*founder, *_differing(OF_CASE, source, target)]


def preview(source: Case, target: Case) -> Merging:
    """What `merge` would move now; writes nothing."""
    merging = Merging(source, target)
    case_merging.send(sender=Case, merging=merging)
    return merging


@transaction.atomic
def merge(source: Case, target: Case, by: Membership, *, from_source: Collection[str], seen: Seen) -> Merge:
    """Put `source` into `target`, which `by` knows to be about the same person: everything moves there.

    `from_source` are the codes of `differences` in which the other case is right. Asking again gives the merge that was
    made. Raises MergeRefused, and StaleVersion if something is not as it was compared. Tells `case_merging`.
    """
    # Not for keys: whoever writes a row of the case at this moment does not wait crosswise.
    cases = Case.objects.for_office(target.office_id).select_for_update(of=("self",), no_key=True)
    rows = cases.select_related("founder")
    found = {row.pk: row for row in rows.filter(pk__in=(source.pk, target.pk)).order_by("pk")}
    if not {source.pk, target.pk} <= found.keys():
        raise StaleVersion  # erased meanwhile
    source, target = found[source.pk], found[target.pk]
    if known := _standing(source).filter(into=target).first():
        return known
    if reason := refusal_of(source, target):
        raise MergeRefused(reason)
    _lock_founders(source, target)
    bump_version(target, seen.target)
    bump_version(source, seen.source)
    bump_version(target.founder, seen.target_founder)
    merging = Merging(source, target, by)
    if merging.is_of_two_founders:
        bump_version(source.founder, seen.source_founder)
    made = Merge(
        office_id=target.office_id,
        into=target,
        merged=source,
        merged_by=by,
        merged_at=clock.now(),
        undo_until_on=after_working_days(clock.today(), 1),
    )
    _choose(merging, from_source)
    case_merging.send(sender=Case, merging=merging)
    _empty(merging, by)
    made.changes = merging.changes
    made.save()
    Case.objects.bulk_update([source, target], ["version"])
    Founder.objects.bulk_update({row.founder_id: row.founder for row in (source, target)}.values(), ["version"])
    write_keys(target.founder)
    deadlines.follow_application(target, by)
    for case, other in ((target, source), (source, target)):
        role = "into" if case is target else "merged"
        params = {"reference": other.reference, "role": role, "merge": str(made.uuid)}
        record(case, TimelineKind.CASES_MERGED, by, params=params)
    return made


@transaction.atomic
def undo(merge: Merge, by: Membership, *, version: int) -> Merge:
    """Separate the cases again: exactly what was moved goes back, what was written since stays where it is.

    `version` is that of the remaining case. Asking again changes nothing. Raises MergeRefused, StaleVersion. Tells
    `case_separated`.
    """
    current = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related("founder").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(current.into_id, current.merged_id))}
    if current.undone_at is not None:
        return current
    if reason := refusal_to_undo(current, found[current.into_id]):
        raise MergeRefused(reason)
    bump_version(found[current.into_id], version)
    Case.objects.filter(pk=current.into_id).update(version=found[current.into_id].version)
    take_back(current.changes)
    current.undone_by, current.undone_at = by, clock.now()
    current.save(update_fields=["undone_by", "undone_at"])
    present = Case.objects.select_related("founder", "submission")
    into, merged = present.get(pk=current.into_id), present.get(pk=current.merged_id)
    for founder in {into.founder_id: into.founder, merged.founder_id: merged.founder}.values():
        write_keys(founder)
    _change_state(merged, by, CaseState.MERGED, merged.state)
    deadlines.follow_application(into, by)
    case_separated.send(sender=Case, merge=current)
    for case, other in ((into, merged), (merged, into)):
        record(case, TimelineKind.MERGE_UNDONE, by, params={"reference": other.reference})
    return current


def refusal_to_undo(merge: Merge, into: Case) -> MergeRefusal | None:
    """Why the cases are not separated again; None if they can be. `into` is the remaining case as it is now."""
    if merge.undone_at is not None:
        return MergeRefusal.UNDONE
    if into.state == CaseState.MERGED:
        return MergeRefusal.MERGED_SINCE
    return MergeRefusal.TOO_LATE if clock.today() > merge.undo_until_on else None


def merge_for_office(office: Organisation, merge_uuid: Any) -> Merge | None:
    """A merge of the office with both cases; None if it is not theirs."""
    found = Merge.objects.for_office(office).select_related("into__founder", "merged__founder", "merged_by__user")
    return found.filter(uuid=merge_uuid).first()


def lines_since(merge: Merge) -> OfficeOwnedQuerySet:
    """What was written into the remaining case after the merge: rows of its timeline, newest first."""
    lines = TimelineEntry.objects.for_office(merge.office_id).filter(case=merge.into_id)
    told = lines.filter(kind=TimelineKind.CASES_MERGED, params__merge=str(merge.uuid)).values("pk")
    return timeline_rows(merge.into).filter(pk__gt=told[:1]).order_by("-pk")


def _standing(case: Case) -> OfficeOwnedQuerySet:
    return Merge.objects.for_office(case.office_id).filter(merged=case, undone_at=None)


def _lock_founders(source: Case, target: Case) -> None:
    founders = Founder.objects.select_for_update().filter(pk__in=(source.founder_id, target.founder_id)).order_by("pk")
    found = {founder.pk: founder for founder in founders}
    source.founder, target.founder = found[source.founder_id], found[target.founder_id]


def _differing(groups: Mapping[str, tuple[str, ...]], source: Any, target: Any) -> list[Difference]:
    found = []
    for code, columns in groups.items():
        mine, theirs = ([getattr(row, column) for column in columns] for row in (target, source))
        if mine != theirs:
            found.append(Difference(code, columns, mine[0] in _UNKNOWN and theirs[0] not in _UNKNOWN))
    return found


def _choose(merging: Merging, from_source: Collection[str]) -> None:
    """Take over what the other case knows better, each choice an entry of its own."""
    source, target = merging.source, merging.target
    for one in differences(source, target):
        if one.code in from_source:
            taken, row = (source.founder, target.founder) if one.code in OF_FOUNDER else (source, target)
            merging.change(row, **{column: getattr(taken, column) for column in one.columns})
    sort_name = sort_key(target.founder.display_name)[:200]
    merging.change(target.founder, sort_name=sort_name)
    for case in Case.objects.filter(founder=target.founder_id).exclude(pk=target.pk):
        merging.change(case, sort_name=sort_name)
    merging.change(target, sort_name=sort_name)


def _empty(merging: Merging, by: Membership) -> None:
    """What is left of the merged case: its number, how it went, and that it leads elsewhere."""
    source, target = merging.source, merging.target
    before = source.state
    if source.last_contact_at > target.last_contact_at:
        merging.change(target, last_contact_at=source.last_contact_at)
    merging.change(target, second_try_on=target.second_try_on or source.second_try_on)
    merging.change(source, state=CaseState.MERGED, submission_id=None)
    _change_state(source, by, before, CaseState.MERGED)


def _change_state(case: Case, by: Membership, before: str, after: str) -> None:
    StatusChange.objects.create(
        office_id=case.office_id,
        case=case,
        kind=ChangeKind.STATE,
        before=before,
        after=after,
        author=by,
        changed_at=clock.now(),
    )
