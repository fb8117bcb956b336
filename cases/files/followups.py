"""Follow-ups 3, 6 and 12 months after a case was closed as founded. They appear by themselves and go with the case.

Each service is one transaction and writes its line into the timeline.
"""

from datetime import timedelta

from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.common.retention import Period, Unit
from network.people.models import Membership

from .enums import CaseState, FollowUpAnswer, FollowUpState, TimelineKind
from .models import Case, FollowUp
from .refusals import CaseRefusal
from .refusing import CaseRefused
from .rules import FOUNDED
from .telling import record as tell

MONTHS = (3, 6, 12)
MOST_TRIES = 2  # whoever is not reached so often is not asked again
AGAIN_AFTER_DAYS = 7


def follow(case: Case, by: Membership) -> None:
    """Plan the follow-ups of a case that was closed as founded, and take back what is open of any other one.

    What was recorded stays. Belongs into the transaction that changes the state.
    """
    present = FollowUp.objects.for_office(case.office_id).filter(case=case)
    if case.state != CaseState.CLOSED or case.outcome not in FOUNDED:
        present.filter(state=FollowUpState.OPEN).delete()
        return
    known = set(present.values_list("months", flat=True))
    closed_on = clock.local(case.closed_at).date()
    new = [
        FollowUp(
            office_id=case.office_id, case=case, months=months, due_on=Period(months, Unit.MONTHS).after(closed_on)
        )
        for months in MONTHS
        if months not in known
    ]
    if new:
        FollowUp.objects.bulk_create(new)
        tell(case, TimelineKind.FOLLOW_UPS_PLANNED, by, params={"days": [row.due_on.isoformat() for row in new]})


@transaction.atomic
def record(
    follow_up: FollowUp,
    by: Membership,
    answer: str,
    *,
    work: str = "",
    jobs: int | None = None,
    text: str = "",
    version: int,
) -> FollowUp:
    """Write down the answer to "Are you still in business?" (FollowUpAnswer); a no makes the later ones needless.

    `work` and `jobs` (people employed) belong to a yes. Not reached, it is asked again after a week, once.
    Raises CaseRefused, StaleVersion.
    """
    current = _locked(follow_up, version)
    params = {"months": current.months, "answer": answer}
    if answer == FollowUpAnswer.NOT_REACHED:
        current.tries += 1
        current.text = text
        if current.tries >= MOST_TRIES:
            current.state = FollowUpState.NOT_REACHED
        else:
            current.due_on = clock.today() + timedelta(days=AGAIN_AFTER_DAYS)
            params["again_on"] = current.due_on.isoformat()
    else:
        current.state, current.is_in_business = FollowUpState.DONE, answer == FollowUpAnswer.YES
        if current.is_in_business:
            current.work, current.jobs = work, jobs
            params |= {"work": work} if work else {}
            params |= {"jobs": jobs} if jobs is not None else {}
        current.text = text
    current.recorded_by = by
    current.done_at = None if current.state == FollowUpState.OPEN else clock.now()
    current.save()
    is_missed = answer == FollowUpAnswer.NOT_REACHED
    tell(
        current.case,
        TimelineKind.FOLLOW_UP_MISSED if is_missed else TimelineKind.FOLLOW_UP_RECORDED,
        by,
        params=params,
        text=text,
    )
    if answer == FollowUpAnswer.NO:
        later = FollowUp.objects.for_office(current.office_id).filter(case=current.case, state=FollowUpState.OPEN)
        later.update(state=FollowUpState.NOT_NEEDED, done_at=clock.now())
    return current


def _locked(follow_up: FollowUp, version: int) -> FollowUp:
    """The row, locked after its case: closing and opening again lock in the same order. The case counts as changed."""
    case = Case.objects.select_for_update().get(pk=follow_up.case_id)
    current = FollowUp.objects.select_for_update().filter(pk=follow_up.pk, state=FollowUpState.OPEN).first()
    if current is None:
        raise CaseRefused(CaseRefusal.FOLLOW_UP_OVER)
    bump_version(current, version)
    bump_version(case)
    case.save(update_fields=["version"])
    current.case = case
    return current
