"""Who may be referred, what a consent covers, and which answer may follow which: data and small predicates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.files.enums import CaseState
from cases.files.models import Case
from cases.files.rules import is_adult

from .enums import AnswerRefusal, ConsentField, DeclineReason, ReferralRefusal, ReferralState

MINIMAL = (ConsentField.NAME, ConsentField.CONTACT, ConsentField.LANGUAGE, ConsentField.QUESTION)
# What is usually passed on to whom ("Minimal data" in the domain); always a proposal that can be changed.
PRESETS = {
    "minimal": MINIMAL,
    "crafts": (*MINIMAL, ConsentField.SECTOR, ConsentField.EXPERIENCE, ConsentField.QUALIFICATION),
}
# An organisation that helps with this topic of the directory is a chamber of crafts.
CRAFTS_TOPIC = "handwerksrecht"

CASE_STATES_TO_REFER = (CaseState.OPEN, CaseState.RESTING)
OPEN_STATES = (ReferralState.SENT, ReferralState.ACCEPTED)


@dataclass(frozen=True)
class Answer:
    """A partner's answer: from any of `sources` to `target`, with a reason or a result where one is needed."""

    target: ReferralState
    sources: tuple[ReferralState, ...]
    needs_reason: bool = False
    needs_result: bool = False


ANSWERS = (
    Answer(ReferralState.ACCEPTED, (ReferralState.SENT,)),
    Answer(ReferralState.DECLINED, (ReferralState.SENT, ReferralState.ACCEPTED), needs_reason=True),
    Answer(ReferralState.DONE, (ReferralState.ACCEPTED,), needs_result=True),
)


def answers_from(state: str) -> list[Answer]:
    """What the partner can answer to a referral in `state`."""
    return [answer for answer in ANSWERS if state in answer.sources]


def answer_refusal(state: str, target: str, *, reason: str = "", text: str = "") -> AnswerRefusal | None:
    """Why a referral in `state` cannot be answered like this; None if it can."""
    answer = next((a for a in answers_from(state) if a.target == target), None)
    if answer is None:
        return AnswerRefusal.NO_SUCH_STEP
    if answer.needs_reason and reason not in DeclineReason.values:
        return AnswerRefusal.REASON_MISSING
    if answer.needs_result and not text.strip():
        return AnswerRefusal.RESULT_MISSING
    return None


def case_refusal(case: Case, today: date) -> ReferralRefusal | None:
    """Why nothing of this case may be passed on to anybody; None if it may with the founder's consent."""
    of_age = is_adult(case.founder, today)
    if of_age is not True:
        return ReferralRefusal.AGE_UNKNOWN if of_age is None else ReferralRefusal.UNDER_AGE
    if case.state not in CASE_STATES_TO_REFER:
        return ReferralRefusal.CASE_NOT_OPEN
    return None


def in_order(fields: Iterable[str]) -> list[str]:
    """The known ones of `fields`, each once, in the order in which they are said and stored."""
    wanted = set(fields)
    return [field.value for field in ConsentField if field in wanted]
