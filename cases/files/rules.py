"""The workflow of a case as data: which phase and which state may follow which, and what has to be said with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .enums import CaseRefusal, CaseState, Outcome, Phase


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
