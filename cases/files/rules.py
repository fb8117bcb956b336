"""The workflow of a case as data: which phase and which state may follow which, and what has to be said with it.

And its deadlines: how each is counted, and which ones follow from what the case holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.common.retention import Period, Unit
from intake.rules import is_trading

from .enums import CaseRefusal, CaseState, DeadlineKind, Outcome, Phase
from .models import Case


@dataclass(frozen=True)
class Move:
    """From any of `sources` to `target`; `needs_reason` or `needs_outcome` if that has to be said."""

    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False
    needs_outcome: bool = False


PHASES = tuple(Phase)

# Forward by one phase is the usual way. Leaving one out or going back happens and is explained.
PHASE_MOVES = tuple(
    Move((source,), target, needs_reason=PHASES.index(target) != PHASES.index(source) + 1)
    for source in PHASES
    for target in PHASES
    if source != target
)

STATE_MOVES = (
    Move((CaseState.OPEN,), CaseState.RESTING, needs_reason=True),
    Move((CaseState.OPEN, CaseState.RESTING), CaseState.HANDED_OVER, needs_reason=True),
    Move((CaseState.OPEN, CaseState.RESTING), CaseState.CLOSED, needs_outcome=True),
    Move((CaseState.RESTING,), CaseState.OPEN),
    Move((CaseState.HANDED_OVER, CaseState.CLOSED), CaseState.OPEN, needs_reason=True),
)


def moves_from(moves: Iterable[Move], source: str) -> list[Move]:
    """What the table offers from `source`."""
    return [move for move in moves if source in move.sources]


def refusal_of(
    moves: Iterable[Move], source: str, target: str, *, reason: str = "", outcome: str = ""
) -> CaseRefusal | None:
    """Why `source` → `target` is refused with this reason and outcome; None if it is not."""
    move = next((m for m in moves_from(moves, source) if m.target == target), None)
    if move is None:
        return CaseRefusal.NO_SUCH_MOVE
    if move.needs_reason and not reason.strip():
        return CaseRefusal.REASON_MISSING
    if move.needs_outcome and outcome not in Outcome.values:
        return CaseRefusal.OUTCOME_MISSING
    return None


# --- Deadlines ------------------------------

WORKED_ON = (CaseState.OPEN, CaseState.RESTING)
NEAR_DAYS = 14  # so many days before it a deadline is near

# How long after the day that is typed; of the other kinds that day is the deadline itself. Practice of the offices,
# and § 41a SGB II with the EKS (two months after the grant period), § 15 SGB II (the plan is gone over after six).
DEADLINE_PERIODS = {
    DeadlineKind.VIABILITY: Period(1, Unit.YEARS),
    DeadlineKind.EKS: Period(2, Unit.MONTHS),
    DeadlineKind.COOPERATION_PLAN: Period(6, Unit.MONTHS),
}


def deadline_of(kind: str, day: date) -> date:
    """The deadline that is counted from `day`: the start, the day of the plan, the last day of a grant or permit."""
    if kind == DeadlineKind.START_MONEY:
        return day - timedelta(days=1)  # § 16b SGB II: asked for before the start
    period = DEADLINE_PERIODS.get(DeadlineKind(kind))
    return period.after(day) if period else day


def derived_deadlines(case: Case) -> dict[DeadlineKind, date]:
    """Kinds of deadlines that follow from what `case` holds (its enquiry loaded), with the day each is counted from."""
    found = {}
    if case.state not in WORKED_ON:
        return found
    if case.planned_start_on is not None and case.has_application is not True:
        found[DeadlineKind.START_MONEY] = case.planned_start_on
    if case.submission is not None and is_trading(case.submission.answers):
        found[DeadlineKind.VIABILITY] = local(case.opened_at).date()
    return found
