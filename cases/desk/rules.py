"""What a case page warns of. Plain checks: a warning informs, it forbids nothing."""

from datetime import date

from cases.files.enums import CaseState
from cases.files.models import Case
from cases.referrals.rules import is_adult

from .enums import CaseWarning


def warnings_of(case: Case, today: date) -> list[CaseWarning]:
    """Rules 1, 3 and 10 of the domain, for a case that is still worked on."""
    if case.state not in (CaseState.OPEN, CaseState.RESTING):
        return []
    asked = case.submission is not None and case.submission.answers.get("wants_money") == "yes"
    of_age = is_adult(case.founder, today)
    plans_start = case.planned_start_on is not None
    found = {
        CaseWarning.UNDER_18: of_age is False,
        CaseWarning.AGE_UNKNOWN: of_age is None,
        CaseWarning.START_WITHOUT_APPLICATION: plans_start and case.has_application is not True,
        CaseWarning.MONEY_ASKED_FOR: asked and case.has_application is None,
    }
    return [warning for warning, applies in found.items() if applies]
