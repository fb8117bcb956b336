"""The workflow table, every source with every target."""

from itertools import product

import pytest

from cases.files.enums import CaseState, Outcome, Phase
from cases.files.refusals import CaseRefusal
from cases.files.rules import PHASE_MOVES, STATE_MOVES, moves_from, refusal_of

ORDER = ["access", "orientation", "planning", "start", "consolidation"]

# What has to be said with a move; a pair that is missing here is refused.
STATES = {
    ("open", "resting"): "reason",
    ("open", "handed_over"): "reason",
    ("open", "closed"): "outcome",
    ("resting", "open"): "",
    ("resting", "handed_over"): "reason",
    ("resting", "closed"): "outcome",
    ("handed_over", "open"): "reason",
    ("closed", "open"): "reason",
}


def test_the_phases_are_those_of_the_model_in_their_order():
    assert [str(phase) for phase in Phase] == ORDER


@pytest.mark.parametrize(("source", "target"), product(ORDER, ORDER))
def test_phases(source, target):
    step = ORDER.index(target) - ORDER.index(source)
    bare = refusal_of(PHASE_MOVES, source, target)
    explained = refusal_of(PHASE_MOVES, source, target, reason="Geht schon los")
    if step == 0:
        assert (bare, explained) == (CaseRefusal.NO_SUCH_MOVE, CaseRefusal.NO_SUCH_MOVE)
    elif step == 1:
        assert (bare, explained) == (None, None)
    else:
        assert (bare, explained) == (CaseRefusal.REASON_MISSING, None)


@pytest.mark.parametrize(("source", "target"), product(CaseState.values, CaseState.values))
def test_states(source, target):
    needs = STATES.get((source, target))
    refusals = {
        None: (CaseRefusal.NO_SUCH_MOVE,) * 3,
        "": (None, None, None),
        "reason": (CaseRefusal.REASON_MISSING, None, CaseRefusal.REASON_MISSING),
        "outcome": (CaseRefusal.OUTCOME_MISSING, CaseRefusal.OUTCOME_MISSING, None),
    }[needs]
    given = ({}, {"reason": "So gewünscht"}, {"outcome": Outcome.TRAINING})
    assert tuple(refusal_of(STATE_MOVES, source, target, **words) for words in given) == refusals


@pytest.mark.parametrize("target", ["", "nonsense", "OPEN", "open "])
def test_a_target_that_does_not_exist_is_refused(target):
    assert refusal_of(STATE_MOVES, "closed", target, reason="x") == CaseRefusal.NO_SUCH_MOVE


def test_a_reason_of_spaces_is_no_reason():
    assert refusal_of(STATE_MOVES, "open", "resting", reason=" \n\t") == CaseRefusal.REASON_MISSING


def test_an_outcome_that_does_not_exist_is_none():
    assert refusal_of(STATE_MOVES, "open", "closed", outcome="rich") == CaseRefusal.OUTCOME_MISSING


@pytest.mark.parametrize("source", CaseState.values)
def test_what_is_offered_is_what_is_possible(source):
    offered = {move.target for move in moves_from(STATE_MOVES, source)}
    assert offered == {target for start, target in STATES if start == source}
