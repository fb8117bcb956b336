"""Where a case stands before a move: the facts that guards ask about, and the last change, which may be undone.

Everything comes with one query.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.documents.enums import DocumentKind, RequestState
from gruendungswerkstatt.documents.models import DocumentRequest
from network.people.models import Membership

from . import rules
from .enums import ChangeKind, Proof, TimelineKind
from .models import Case, StatusChange, TimelineEntry
from .refusals import CaseRefusal

# A talk: in an appointment, on the telephone, or at the desk, which is then a note.
TALKS = (TimelineKind.CALL_REACHED, TimelineKind.NOTE)
# The document that is a proof once it was accepted.
DOCUMENTS = {Proof.VIABILITY: DocumentKind.VIABILITY, Proof.TRADE_NOTICE: DocumentKind.TRADE_NOTICE}
UNDOABLE = (ChangeKind.PHASE, ChangeKind.STATE)


@dataclass(frozen=True)
class LastChange:
    """The last change of phase or state; `author` is a membership's key."""

    pk: int
    kind: str
    before: str
    after: str
    author: int
    case_version: int | None
    is_undoing: bool


@dataclass(frozen=True)
class Standing:
    facts: rules.Facts
    last: LastChange | None


def of(case: Case) -> Standing:
    """Where `case` (its founder loaded) stands."""
    lines = TimelineEntry.objects.for_office(case.office_id).filter(case=OuterRef("pk"))
    met = lines.filter(kind=TimelineKind.APPOINTMENT_ENDED, params__outcome="took_place")
    papers = DocumentRequest.objects.for_office(case.office_id).filter(
        subject_uuid=OuterRef("uuid"), state=RequestState.ACCEPTED
    )
    changes = StatusChange.objects.for_office(case.office_id).filter(case=OuterRef("pk"))
    columns: dict[str, Any] = {
        "talked": Exists(lines.filter(kind__in=TALKS)),
        "met": Exists(met),
        "last": last_change(),
    }
    for proof in Proof:
        columns[f"seen_{proof}"] = Exists(changes.filter(seen__contains=[proof.value]))
        if proof in DOCUMENTS:
            columns[f"has_{proof}"] = Exists(papers.filter(kind=DOCUMENTS[proof]))
    row = Case.objects.for_office(case.office_id).filter(pk=case.pk).annotate(**columns).values(*columns).get()
    proofs = frozenset(proof.value for proof in Proof if row[f"seen_{proof}"] or row.get(f"has_{proof}"))
    facts = rules.Facts(
        phase=case.phase,
        has_talk=row["talked"] or row["met"],
        has_application=case.has_application,
        is_adult=rules.is_adult(case.founder, clock.today()),
        proofs=proofs,
    )
    return Standing(facts, _last(row["last"]))


def last_change() -> Subquery:
    """The last change of phase or state of a case, for `annotate`; `last_of` reads it."""
    changes = StatusChange.objects.filter(case=OuterRef("pk"), kind__in=UNDOABLE).order_by("-id")
    names = ("pk", "kind", "before", "after", "author", "case_version", "undoes")
    row = changes.values(row=JSONObject(**{name: name for name in names}))
    return Subquery(row[:1], output_field=JSONField())


def last_of(case: Case) -> LastChange | None:
    """The last change of a case from `selectors.case_for_office`; costs no query."""
    return _last(case.last_change)


def _last(row: dict[str, Any] | None) -> LastChange | None:
    if row is None:
        return None
    columns = {name: value for name, value in row.items() if name != "undoes"}
    return LastChange(**columns, is_undoing=row["undoes"] is not None)


def refusal_to_undo(last: LastChange | None, version: int, by: Membership) -> CaseRefusal | None:
    """Why `by` cannot undo `last`, the last change of a case that has `version`; None if they can."""
    if last is None or last.is_undoing or last.case_version != version:
        return CaseRefusal.NOTHING_TO_UNDO
    if last.author != by.pk and not by.is_team_lead:
        return CaseRefusal.NOT_YOURS_TO_UNDO
    return None
