"""Who may be referred, and which answer may follow which."""

from datetime import date

import pytest

from cases.files.enums import CaseState, DatePrecision
from cases.files.models import Case, Founder
from cases.referrals import rules
from cases.referrals.enums import AnswerRefusal, ConsentField, ReferralRefusal, ReferralState

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("is_adult", "born_on", "precision", "expected"),
    [
        (True, None, "", True),
        (False, None, "", False),
        (
            False,
            date(2008, 11, 23),
            DatePrecision.DAY,
            True,
        ),  # eighteen today, whatever was said half a year ago
        (True, date(2008, 11, 24), DatePrecision.DAY, False),
        (None, None, "", None),
        (None, date(1990, 1, 1), DatePrecision.ASSUMED, None),
        (None, date(1990, 1, 1), DatePrecision.DAY, True),
        (True, date(2010, 1, 1), DatePrecision.YEAR, True),  # not exact: what the person said counts
        (False, date(1990, 1, 1), DatePrecision.ASSUMED, False),
    ],
)
def test_who_is_of_age(is_adult, born_on, precision, expected):
    founder = Founder(is_adult=is_adult, born_on=born_on, born_precision=precision)
    assert rules.is_adult(founder, TODAY) is expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CaseState.OPEN, None),
        (CaseState.RESTING, None),
        (CaseState.CLOSED, ReferralRefusal.CASE_NOT_OPEN),
        (CaseState.HANDED_OVER, ReferralRefusal.CASE_NOT_OPEN),
    ],
)
def test_only_living_cases_are_referred(state, expected):
    assert rules.case_refusal(Case(state=state, founder=Founder(is_adult=True)), TODAY) == expected


def test_under_age_is_said_before_anything_else():
    case = Case(state=CaseState.CLOSED, founder=Founder(is_adult=False))
    assert rules.case_refusal(case, TODAY) == ReferralRefusal.UNDER_AGE


def test_an_age_nobody_asked_for_counts_as_no():
    case = Case(state=CaseState.OPEN, founder=Founder())
    assert rules.case_refusal(case, TODAY) == ReferralRefusal.AGE_UNKNOWN


ALLOWED = {
    (ReferralState.SENT, ReferralState.ACCEPTED),
    (ReferralState.SENT, ReferralState.DECLINED),
    (ReferralState.ACCEPTED, ReferralState.DECLINED),
    (ReferralState.ACCEPTED, ReferralState.DONE),
}


@pytest.mark.parametrize("before", ReferralState)
@pytest.mark.parametrize("after", ReferralState)
def test_the_table_of_answers(before, after):
    refusal = rules.answer_refusal(before, after, reason="other", text="Gut")
    assert refusal == (None if (before, after) in ALLOWED else AnswerRefusal.NO_SUCH_STEP)


def test_declining_needs_a_known_reason_and_done_a_result():
    refusal = rules.answer_refusal
    assert refusal("sent", "declined", text="Nein") == AnswerRefusal.REASON_MISSING
    assert refusal("sent", "declined", reason="because") == AnswerRefusal.REASON_MISSING
    assert refusal("accepted", "done", text="  ") == AnswerRefusal.RESULT_MISSING


def test_fields_are_known_ordered_and_single():
    assert rules.in_order(["question", "name", "name", "passport"]) == ["name", "question"]


def test_every_preset_passes_the_question_on():
    assert all(ConsentField.QUESTION in fields for fields in rules.PRESETS.values())
