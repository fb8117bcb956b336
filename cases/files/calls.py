"""Telephone calls to founders: one click, a line in the timeline, and a second try where nobody was reached."""

from django.db import transaction

from gruendungswerkstatt.common import clock
from intake.workdays import after_working_days
from network.people.models import Membership

from .enums import TimelineKind
from .models import Case
from .telling import record

AGAIN_AFTER_WORKING_DAYS = 1


@transaction.atomic
def log(case: Case, by: Membership, *, is_reached: bool, text: str = "") -> Case:
    """Write down a call, with a sentence if there is one; only one that reached the founder counts as a contact.

    Not reached, a second try waits from the next working day on until another call is logged; after the second try
    none does, and the next call that reaches nobody is a first one again. The case's version stays: a call stands in
    nobody's way.
    """
    current = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    is_second = current.second_try_on is not None
    again_on = None if is_reached or is_second else after_working_days(clock.today(), AGAIN_AFTER_WORKING_DAYS)
    if current.second_try_on != again_on:
        current.second_try_on = again_on
        current.save(update_fields=["second_try_on"])
    params = {"is_second_try": True} if is_second else {}
    params |= {"again_on": again_on.isoformat()} if again_on else {}
    kind = TimelineKind.CALL_REACHED if is_reached else TimelineKind.CALL_MISSED
    record(current, kind, by, params=params, text=text)
    return current
