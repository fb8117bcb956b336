"""Many cases at once: what will happen to each, what has happened."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.files.bulk import Change
from cases.files.enums import BulkKind, BulkResult, Outcome
from cases.files.models import Case

from .submission import Badge

KINDS = {BulkResult.DONE: "success", BulkResult.UNCHANGED: "info"}


@dataclass(frozen=True)
class BulkRow:
    """A case and what becomes of it; `seen` names it with its version for the form."""

    case: Case
    badge: Badge
    seen: str
    before: str


def preview_rows(cases: Iterable[Case], results: Mapping[uuid.UUID, BulkResult], change: Change) -> list[BulkRow]:
    """Each case with what would happen to it."""
    words = change_words(change)
    rows = []
    for case in cases:
        result = results[case.uuid]
        badge = Badge("info", words) if result == BulkResult.DONE else Badge("warning", result.label)
        rows.append(BulkRow(case, badge, f"{case.uuid}:{case.version}", _before(case, change)))
    return rows


def result_rows(cases: Iterable[Case], results: Mapping[uuid.UUID, BulkResult]) -> list[BulkRow]:
    """Each case with what became of it."""
    return [
        BulkRow(case, Badge(KINDS.get(results[case.uuid], "warning"), results[case.uuid].label), "", "")
        for case in cases
    ]


def change_words(change: Change) -> str:
    """ "New advisor: Petra Beispiel"."""
    if change.kind == BulkKind.CLOSE:
        return _("Is closed: %(outcome)s") % {"outcome": Outcome(change.outcome).label}
    if change.kind == BulkKind.ASSIGN:
        if change.advisor is None:
            return _("Is left without advisor")
        return _("New advisor: %(name)s") % {"name": change.advisor.user.name}
    words = _("Gets the label: %(name)s") if change.kind == BulkKind.PUT_LABEL else _("Loses the label: %(name)s")
    return words % {"name": change.label.name}


def _before(case: Case, change: Change) -> Any:
    """What the change replaces."""
    if change.kind == BulkKind.ASSIGN:
        return case.advisor.user.name if case.advisor else ""
    return case.get_state_display()
