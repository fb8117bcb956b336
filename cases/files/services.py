"""What advisors do to a case. Each service is one transaction and writes its line into the timeline."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from network.people.models import Membership

from . import deadlines, drafting, erasure, followups, rules, standing
from .enums import CaseState, ChangeKind, Need, StepActor, TimelineKind
from .models import Case, Founder, Note, PlanStep, StatusChange
from .refusals import CaseRefusal
from .refusing import CaseRefused
from .telling import record

__all__ = [
    "CaseRefused",
    "add_note",
    "add_step",
    "assign",
    "change_state",
    "check_advisor",
    "move_phase",
    "record",
    "record_age",
    "record_application",
    "set_step_done",
    "undo_change",
]

STATE_COLUMNS = ("state", "outcome", "closed_at", "delete_after_on", "version")


@transaction.atomic
def add_note(case: Case, by: Membership, text: str) -> Note:
    """Write a note. Notes are not changed later; a correction is another note."""
    note = Note.objects.create(office_id=case.office_id, case=case, author=by, text=text, written_at=clock.now())
    record(case, TimelineKind.NOTE, by, text=text)
    drafting.forget(case, by)
    return note


@transaction.atomic
def move_phase(
    case: Case,
    by: Membership,
    to: str,
    *,
    reason: str = "",
    seen: Collection[str] = (),
    is_override: bool = False,
    version: int,
) -> Case:
    """Move an open case to another phase as the workflow allows. `seen` are proofs that the author has seen.

    With `is_override` and a reason a team lead goes over what is missing. Raises CaseRefused, StaleVersion.
    """
    current = _locked(case, version)
    if current.state != CaseState.OPEN:
        raise CaseRefused(CaseRefusal.NOT_OPEN)
    _refuse(rules.refusal_of(rules.PHASE_MOVES, current.phase, to, reason=reason))
    said = _guarded(current, by, rules.guards_of_phase(current.phase, to), reason, seen, is_override=is_override)
    before, current.phase = current.phase, to
    _changed(current, ChangeKind.PHASE, before, to, by, said)
    record(current, TimelineKind.PHASE_CHANGED, by, params={"before": before, "after": to} | said.params, text=reason)
    current.save(update_fields=["phase", "version"])
    return current


@transaction.atomic
def change_state(
    case: Case,
    by: Membership,
    to: str,
    *,
    outcome: str = "",
    reason: str = "",
    is_override: bool = False,
    version: int,
) -> Case:
    """Let a case rest, hand it over, close it with an outcome, or open it again. Raises CaseRefused, StaleVersion.

    Closed as founded, its follow-ups appear.
    A case that ended is kept as long as the office says: three years by default. With `is_override` and a reason a
    team lead goes over what is missing.
    """
    current = _locked(case, version)
    _refuse(rules.refusal_of(rules.STATE_MOVES, current.state, to, reason=reason, outcome=outcome))
    said = _guarded(current, by, rules.guards_of_state(to, outcome), reason, is_override=is_override)
    before, ended = current.state, _how_it_ended(current)
    is_closed = to == CaseState.CLOSED
    _put(current, to, outcome if is_closed else "", clock.now() if is_closed else None)
    current.delete_after_on = erasure.kept_until(current) if to in erasure.ENDED_STATES else None
    _changed(current, ChangeKind.STATE, before, to, by, said, ended=ended)
    params = {"before": before, "after": to} | ({"outcome": outcome} if is_closed else {}) | said.params
    record(current, TimelineKind.STATE_CHANGED, by, params=params, text=reason)
    current.save(update_fields=STATE_COLUMNS)
    followups.follow(current, by)
    return current


@transaction.atomic
def undo_change(case: Case, by: Membership, *, version: int) -> Case:
    """Take back the last change of phase or state, if nothing came after it; the timeline keeps both lines.

    Its author and team leads can. Raises CaseRefused, StaleVersion.
    """
    last = standing.of(case).last
    current = _locked(case, version)
    _refuse(standing.refusal_to_undo(last, version, by))
    change = StatusChange.objects.get(pk=last.pk)
    if change.kind == ChangeKind.PHASE:
        current.phase = change.before
    else:
        ended = change.ended
        closed_at = datetime.fromisoformat(ended["closed_at"]) if ended.get("closed_at") else None
        _put(current, change.before, ended.get("outcome", ""), closed_at)
        kept_until = ended.get("delete_after_on")
        current.delete_after_on = date.fromisoformat(kept_until) if kept_until else None
    _changed(current, ChangeKind(change.kind), change.after, change.before, by, _Said(), undoes=change)
    params = {"about": change.kind, "before": change.after, "after": change.before}
    record(current, TimelineKind.CHANGE_UNDONE, by, params=params)
    current.save(update_fields=["phase", *STATE_COLUMNS])
    if change.kind == ChangeKind.STATE:
        followups.follow(current, by)
    return current


@transaction.atomic
def assign(case: Case, by: Membership, advisor: Membership | None, *, version: int) -> Case:
    """Make `advisor` responsible, or nobody; the same one again changes nothing. Raises CaseRefused, StaleVersion."""
    check_advisor(case.office_id, advisor)
    current = _locked(case, version)
    if current.advisor_id == (advisor.pk if advisor else None):
        return case
    before = str(current.advisor.uuid) if current.advisor else ""
    current.advisor = advisor
    _changed(current, ChangeKind.ADVISOR, before, str(advisor.uuid) if advisor else "", by, _Said())
    record(current, TimelineKind.ADVISOR_CHANGED, by, params={"advisor": advisor.user.name if advisor else ""})
    current.save(update_fields=["advisor", "version"])
    return current


@transaction.atomic
def record_application(
    case: Case, by: Membership, has_application: bool, *, received_at: datetime | None = None, version: int
) -> Case:
    """Record whether the founder applied for money, and when that was received: now unless told (rule 3).

    What is recorded already changes nothing. Raises CaseRefused for a time to come, StaleVersion.
    """
    moment = (received_at or clock.now()) if has_application else None
    if moment is not None and moment > clock.now():
        raise CaseRefused(CaseRefusal.NOT_YET)
    current = _locked(case, version)
    is_known = current.has_application is has_application
    if is_known and (received_at is None or received_at == current.application_received_at):
        return case
    current.has_application = has_application
    current.application_received_at = moment
    params = {"application": "yes", "received_at": moment.isoformat()} if moment else {"application": "no"}
    record(current, TimelineKind.APPLICATION_RECORDED, by, params=params)
    current.save(update_fields=["has_application", "application_received_at", "version"])
    deadlines.follow_application(current, by)
    return current


@transaction.atomic
def record_age(case: Case, is_adult: bool, *, version: int) -> Case:
    """Record whether the founder is 18 or older, as they say (rule 10); an exact date of birth still leads.

    What is recorded already changes nothing. It is no step on the way, so the timeline says nothing. Raises
    StaleVersion.
    """
    current = _locked(case, version)
    founder = Founder.objects.select_for_update().get(pk=current.founder_id)
    if founder.is_adult is is_adult:
        return case
    founder.is_adult = is_adult
    bump_version(founder)
    founder.save(update_fields=["is_adult", "version"])
    current.save(update_fields=["version"])
    return current


@transaction.atomic
def add_step(
    case: Case,
    by: Membership,
    text: str,
    due_on: date | None = None,
    *,
    actor: str = StepActor.FOUNDER,
    translation: str = "",
) -> PlanStep:
    """Agree on a step in own words, with a day if there is one; `translation` says it in the founder's language."""
    texts = {case.founder.language: translation} if translation else {}
    step = PlanStep.objects.create(
        office_id=case.office_id, case=case, text=text, texts=texts, actor=actor, due_on=due_on
    )
    record(case, TimelineKind.STEP_ADDED, by, params={"step": str(step.uuid)}, text=text)
    return step


@transaction.atomic
def set_step_done(step: PlanStep, by: Membership, is_done: bool) -> PlanStep:
    """Mark a step as done, or as open again; setting what is set already changes nothing."""
    current = PlanStep.objects.select_for_update(of=("self",)).select_related("case").get(pk=step.pk)
    if (current.done_at is not None) == is_done:
        return current
    current.done_at = clock.now() if is_done else None
    bump_version(current)
    current.save(update_fields=["done_at", "version"])
    if is_done:
        record(
            current.case,
            TimelineKind.STEP_DONE,
            by,
            params={"step": str(current.uuid), "hint": current.hint_code},
            text=current.text,
        )
    return current


def check_advisor(office_id: int, advisor: Membership | None) -> None:
    """Raise CaseRefused unless `advisor` (if any) works on cases of this office now."""
    if advisor is None:
        return
    if advisor.organisation_id != office_id or not advisor.is_office_staff or advisor.ended_at is not None:
        raise CaseRefused(CaseRefusal.NOT_OF_THE_OFFICE)


def _locked(case: Case, version: int) -> Case:
    """The row as it is now, locked, its version raised; raises StaleVersion if `version` is not the present one."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("advisor", "founder")
    current = rows.get(pk=case.pk)
    bump_version(current, version)
    return current


@dataclass(frozen=True)
class _Said:
    """What was said with a change: reason, proofs that were seen, needs that a team lead went over."""

    reason: str = ""
    seen: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()

    @property
    def params(self) -> dict[str, Any]:
        """For the line of the timeline."""
        return {name: list(codes) for name in ("seen", "overridden") if (codes := getattr(self, name))}


def _guarded(
    case: Case,
    by: Membership,
    guards: Iterable[rules.Guard],
    reason: str,
    seen: Collection[str] = (),
    *,
    is_override: bool,
) -> _Said:
    """What is to be kept of a change that `guards` let pass. Raises CaseRefused with what is missing."""
    guards = list(guards)
    if not guards:
        return _Said(reason)
    facts = standing.of(case).facts
    new = tuple(proof for guard in guards for proof in guard.proofs if proof in seen)
    lacking = rules.missing(guards, replace(facts, proofs=facts.proofs | set(new)))
    if not lacking:
        return _Said(reason, new)
    needs = [Need(guard.need) for guard in lacking]
    if any(guard.is_law for guard in lacking) or not is_override:
        raise CaseRefused(CaseRefusal.NEED_MISSING, needs, is_final=any(guard.is_law for guard in lacking))
    if not by.is_team_lead:
        raise CaseRefused(CaseRefusal.NOT_A_TEAM_LEAD, needs)
    if not reason.strip():
        raise CaseRefused(CaseRefusal.REASON_MISSING)
    return _Said(reason, new, tuple(need.value for need in needs))


def _how_it_ended(case: Case) -> dict[str, Any]:
    """What undoing would have to put back of a case that has ended; nothing of another one."""
    if case.state not in erasure.ENDED_STATES:
        return {}
    return {
        "outcome": case.outcome,
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "delete_after_on": case.delete_after_on.isoformat() if case.delete_after_on else None,
    }


def _put(case: Case, state: str, outcome: str, closed_at: datetime | None) -> None:
    case.state, case.outcome, case.closed_at = state, outcome, closed_at


def _changed(
    case: Case,
    kind: ChangeKind,
    before: str,
    after: str,
    by: Membership,
    said: _Said,
    *,
    ended: dict[str, Any] | None = None,
    undoes: StatusChange | None = None,
) -> None:
    """Write the row of a change of `case`, whose version is already that with the change."""
    StatusChange.objects.create(
        office_id=case.office_id,
        case=case,
        kind=kind,
        before=before,
        after=after,
        reason=said.reason,
        seen=list(said.seen),
        overridden=list(said.overridden),
        ended=ended or {},
        case_version=case.version,
        undoes=undoes,
        author=by,
        changed_at=clock.now(),
    )


def _refuse(reason: CaseRefusal | None) -> None:
    if reason is not None:
        raise CaseRefused(reason)
