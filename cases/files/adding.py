"""Adding an enquiry to a case that is there, instead of opening another one for the same person."""

from django.db import transaction

from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from intake.enums import SubmissionState
from intake.models import Submission
from intake.services import mark_accepted
from network.people.models import Membership

from .asking_back import take_along
from .enums import TimelineKind
from .models import AddedEnquiry, Case
from .names import write_keys
from .opening import locked_enquiry, suggest_steps
from .refusals import CaseRefusal
from .rules import WORKED_ON
from .selectors import case_of_submission
from .services import CaseRefused, record


@transaction.atomic
def add_enquiry(submission: Submission, case: Case, by: Membership, *, version: int, case_version: int) -> Case:
    """Let `submission` belong to `case`, which `by` knows to be about the same person: never done by machine.

    Its number and code open the case's status page from now on, its spellings of the name find the founder, steps that
    it suggests and that are not there yet are added. What the founder's file says is not changed. A submission has one
    case: asking again, or after a colleague answered it, gives that case. Raises CaseRefused, and StaleVersion if
    enquiry or case are not the versions that were compared.
    """
    row = locked_enquiry(submission.pk)
    if known := case_of_submission(row):
        return known
    if row.state != SubmissionState.SENT:
        raise CaseRefused(CaseRefusal.SUBMISSION_CLOSED)
    if row.version != version:
        raise StaleVersion
    cases = Case.objects.for_office(row.office_id).select_for_update(of=("self",))
    current = cases.select_related("founder__municipality").get(pk=case.pk)
    if current.state not in WORKED_ON:
        raise CaseRefused(CaseRefusal.NOT_OPEN)
    bump_version(current, case_version)
    AddedEnquiry.objects.create(office_id=row.office_id, case=current, submission=row, added_by=by)
    current.save(update_fields=["version"])
    write_keys(current.founder)
    suggest_steps(current, row)
    take_along(row, current)
    params = {"channel": row.channel, "confirmed": row.confirmed_way, "reference": row.reference}
    record(current, TimelineKind.ENQUIRY_ADDED, by, params=params)
    mark_accepted(row)
    return current
