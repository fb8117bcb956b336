"""The workflow of a case as data: which phase and which state may follow which, what has to be said with it and what
has to be true before.

And its deadlines: how each is counted, and which ones follow from what the case holds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.common.retention import Period, Unit
from intake.rules import is_trading

from .enums import (
    CaseState,
    DatePrecision,
    DeadlineKind,
    FundingDecision,
    FundingKind,
    Need,
    Outcome,
    Phase,
    Proof,
    TimelineKind,
    TimelinePart,
)
from .models import Case, Founder, Funding
from .refusals import CaseRefusal


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


# --- Guards: what has to be true before a move ------------------------------

AGE_OF_CONSENT = 18  # rule 10: nothing about younger people is passed on
FOUNDED = (Outcome.FOUNDED_FULL_TIME, Outcome.FOUNDED_SIDE)
STARTED = (Phase.START, Phase.CONSOLIDATION)


@dataclass(frozen=True)
class Facts:
    """What the guards ask about a case. `proofs`: papers that were accepted here or seen by somebody."""

    phase: str
    has_talk: bool
    has_application: bool | None
    is_adult: bool | None
    proofs: frozenset[str]


@dataclass(frozen=True)
class Guard:
    """`holds` has to be true for going over the threshold to the phase `entering`, or for the state `target`.

    `outcomes` limits a guard of closing to these ways to end. `proofs`: the papers of which one satisfies it, so that
    seeing one while making the move is enough. `is_law`: nobody can do it anyway.
    """

    need: Need
    holds: Callable[[Facts], bool]
    entering: str = ""
    target: str = ""
    outcomes: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    is_law: bool = False


def _seen(*proofs: str) -> Callable[[Facts], bool]:
    return lambda facts: not facts.proofs.isdisjoint(proofs)


_VIABILITY, _STARTING_PAPERS = (Proof.VIABILITY,), (Proof.TRADE_NOTICE, Proof.TAX_NUMBER)

# The phases are left with what `domain.md` calls "leaves with"; an application is informal and comes before the start
# (§ 16b SGB II, rules 1 and 3).
GUARDS = (
    Guard(Need.FIRST_TALK, lambda facts: facts.has_talk, entering=Phase.PLANNING),
    Guard(Need.VIABILITY, _seen(*_VIABILITY), entering=Phase.START, proofs=_VIABILITY),
    Guard(Need.APPLICATION, lambda facts: facts.has_application is not None, entering=Phase.START),
    Guard(Need.OF_AGE, lambda facts: facts.is_adult is True, entering=Phase.START),
    Guard(Need.STARTING_PAPER, _seen(*_STARTING_PAPERS), entering=Phase.CONSOLIDATION, proofs=_STARTING_PAPERS),
    Guard(Need.OF_AGE_TO_HAND_OVER, lambda facts: facts.is_adult is True, target=CaseState.HANDED_OVER, is_law=True),
    Guard(
        Need.STARTED,
        lambda facts: facts.phase in STARTED,
        target=CaseState.CLOSED,
        outcomes=FOUNDED,
    ),
)


def guards_of_phase(source: str, target: str) -> list[Guard]:
    """The guards on the way from phase `source` forward to `target`; going back there are none."""
    passed = PHASES[PHASES.index(source) + 1 : PHASES.index(target) + 1]
    return [guard for guard in GUARDS if guard.entering in passed]


def guards_of_state(target: str, outcome: str = "") -> list[Guard]:
    """The guards of going to state `target`."""
    guards = [guard for guard in GUARDS if guard.target == target]
    return [guard for guard in guards if not guard.outcomes or outcome in guard.outcomes]


def missing(guards: Iterable[Guard], facts: Facts) -> list[Guard]:
    """Those of `guards` that do not hold."""
    return [guard for guard in guards if not guard.holds(facts)]


def lacks_start(phase: str, outcome: str) -> bool:
    """Whether a case in `phase` is too early on its way to be closed with `outcome`."""
    return outcome in FOUNDED and phase not in STARTED


def is_adult(founder: Founder, today: date) -> bool | None:
    """Whether the founder is of age: by an exact date of birth if there is one, else by what they said.

    None: nobody has asked yet.
    """
    born = founder.born_on
    if born is None or founder.born_precision != DatePrecision.DAY:
        return founder.is_adult
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (0 if had_birthday else 1) >= AGE_OF_CONSENT


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


# Kinds that follow from the last day of a granted Einstiegsgeld. The EKS is about the grant period of the basic income
# support, which usually ends with it; where it does not, the day is changed by hand.
OF_START_BENEFIT = (DeadlineKind.GRANT_END, DeadlineKind.EKS)


def last_day_of_benefit(fundings: Iterable[Funding]) -> date | None:
    """The last day of the Einstiegsgeld that was granted, of several the latest; None if there is none."""
    granted = (
        row.ends_on
        for row in fundings
        if row.kind == FundingKind.START_BENEFIT and row.decision == FundingDecision.GRANTED and row.ends_on
    )
    return max(granted, default=None)


# Every kind of line belongs to one part of the timeline.
TIMELINE_PARTS: dict[TimelinePart, tuple[TimelineKind, ...]] = {
    TimelinePart.NOTES: (TimelineKind.NOTE, TimelineKind.WORDS_TRANSLATED),
    TimelinePart.CONTACTS: (
        TimelineKind.CALL_REACHED, TimelineKind.CALL_MISSED, TimelineKind.SHORT_MESSAGE,
        TimelineKind.FOLLOW_UP_RECORDED, TimelineKind.FOLLOW_UP_MISSED,
    ),
    TimelinePart.STEPS: (
        TimelineKind.STEP_ADDED, TimelineKind.STEP_DONE,
        TimelineKind.DEADLINE_SET, TimelineKind.DEADLINE_CHANGED, TimelineKind.DEADLINE_DONE,
        TimelineKind.DEADLINE_REOPENED, TimelineKind.FOLLOW_UPS_PLANNED,
    ),
    TimelinePart.APPOINTMENTS: (
        TimelineKind.APPOINTMENT_PLANNED, TimelineKind.APPOINTMENT_MOVED, TimelineKind.APPOINTMENT_CANCELLED,
        TimelineKind.APPOINTMENT_ENDED, TimelineKind.APPOINTMENT_HANDED_ON,
    ),
    TimelinePart.DOCUMENTS: (
        TimelineKind.DOCUMENT_ASKED, TimelineKind.DOCUMENT_WITHDRAWN, TimelineKind.DOCUMENT_RECEIVED,
        TimelineKind.DOCUMENT_ACCEPTED, TimelineKind.DOCUMENT_SENT_BACK, TimelineKind.DOCUMENT_DELETED,
        TimelineKind.DOCUMENT_INFECTED,
    ),
    TimelinePart.REFERRALS: (
        TimelineKind.REFERRED, TimelineKind.REFERRAL_ANSWERED, TimelineKind.REFERRAL_REMINDED,
        TimelineKind.CONSENT_GIVEN, TimelineKind.CONSENT_WITHDRAWN, TimelineKind.PLACE_SHOWN,
    ),
    TimelinePart.MESSAGES: (
        TimelineKind.ASKED_BACK, TimelineKind.ASK_BACK_ANSWERED, TimelineKind.ASK_BACK_WITHDRAWN,
    ),
    TimelinePart.MOVES: (
        TimelineKind.CASE_OPENED, TimelineKind.PHASE_CHANGED, TimelineKind.STATE_CHANGED,
        TimelineKind.ADVISOR_CHANGED, TimelineKind.CHANGE_UNDONE, TimelineKind.APPLICATION_RECORDED,
        TimelineKind.FUNDING_RECORDED, TimelineKind.FUNDING_CHANGED,
        TimelineKind.ENQUIRY_ADDED, TimelineKind.ENQUIRY_CONFIRMED, TimelineKind.CODE_RENEWED, TimelineKind.PIN_SET,
        TimelineKind.ERASURE_REQUESTED, TimelineKind.ERASURE_DECLINED,
        TimelineKind.CASES_MERGED, TimelineKind.MERGE_UNDONE,
    ),
}  # fmt: skip
