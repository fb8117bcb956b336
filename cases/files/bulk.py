"""One change of many cases: each by itself, so that one that cannot be changed does not hold up the others."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

from . import labels, services
from .enums import BulkKind, BulkResult, CaseState
from .models import Case, CaseLabel, Label
from .refusals import CaseRefusal
from .rules import WORKED_ON, lacks_start


@dataclass(frozen=True)
class Change:
    """What to do: ASSIGN needs `advisor` (None: nobody), the labels' kinds `label`, CLOSE `outcome`."""

    kind: BulkKind
    advisor: Membership | None = None
    label: Label | None = None
    outcome: str = ""


def cases_for_change(office: Organisation, case_uuids: Collection[uuid.UUID]) -> OfficeOwnedQuerySet:
    """Those of the cases that are the office's, with founder and advisor, always in the same order."""
    found = Case.objects.for_office(office).filter(uuid__in=case_uuids)
    return found.select_related("founder", "advisor__user").order_by("id")


def expected(cases: Collection[Case], change: Change) -> dict[uuid.UUID, BulkResult]:
    """What would become of each of `cases` now."""
    labelled = set()
    if change.label is not None:
        keys = [case.pk for case in cases]
        labelled = set(CaseLabel.objects.filter(label=change.label, case__in=keys).values_list("case", flat=True))
    return {case.uuid: _expected(case, change, is_labelled=case.pk in labelled) for case in cases}


def carry_out(
    office: Organisation, by: Membership, change: Change, seen: Mapping[uuid.UUID, int]
) -> dict[uuid.UUID, BulkResult]:
    """Change the cases in `seen` (UUID → version that was looked at) and say what became of each.

    A case that somebody changed since is left, also for a label: it may be no case for it any more. Belongs into a
    transaction; cases are locked in the order of their keys, so two such changes never wait for each other crosswise.
    """
    results = dict.fromkeys(seen, BulkResult.GONE)
    for case in cases_for_change(office, seen.keys()):
        results[case.uuid] = _carry_out(case, by, change, seen[case.uuid])
    return results


def _expected(case: Case, change: Change, *, is_labelled: bool) -> BulkResult:
    if change.kind == BulkKind.CLOSE:
        if case.state not in WORKED_ON:
            return BulkResult.ENDED
        return BulkResult.NEED_MISSING if lacks_start(case.phase, change.outcome) else BulkResult.DONE
    if change.kind == BulkKind.ASSIGN:
        is_changed = case.advisor_id != (change.advisor.pk if change.advisor else None)
    else:
        is_changed = is_labelled is not (change.kind == BulkKind.PUT_LABEL)
    return BulkResult.DONE if is_changed else BulkResult.UNCHANGED


def _carry_out(case: Case, by: Membership, change: Change, version: int) -> BulkResult:
    try:
        with transaction.atomic():
            current = Case.objects.select_for_update().get(pk=case.pk)
            if current.version != version:
                return BulkResult.STALE
            return _write(current, by, change)
    except Case.DoesNotExist:
        return BulkResult.GONE
    except StaleVersion:
        return BulkResult.STALE
    except services.CaseRefused as refused:
        is_guarded = refused.reason == CaseRefusal.NEED_MISSING
        return BulkResult.NEED_MISSING if is_guarded else BulkResult.ADVISOR_LEFT
    except labels.LabelRefused:
        return BulkResult.LABEL_GONE


def _write(case: Case, by: Membership, change: Change) -> BulkResult:
    if change.kind == BulkKind.PUT_LABEL:
        return _said(labels.put_on(case, by, change.label))
    if change.kind == BulkKind.TAKE_LABEL:
        return _said(labels.take_off(case, change.label))
    result = _expected(case, change, is_labelled=False)
    if change.kind == BulkKind.ASSIGN:
        services.assign(case, by, change.advisor, version=case.version)
    elif result != BulkResult.ENDED:
        services.change_state(case, by, CaseState.CLOSED, outcome=change.outcome, version=case.version)
    return result


def _said(is_changed: bool) -> BulkResult:
    return BulkResult.DONE if is_changed else BulkResult.UNCHANGED
