"""Opening a case from what a founder sent."""

from typing import Any

from django.conf import settings
from django.db import transaction

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.text import sort_key
from intake import office_hints
from intake.enums import SubmissionState
from intake.models import Submission
from intake.questions import planned_start
from intake.services import mark_accepted
from network.people.models import Membership

from . import deadlines
from .asking_back import take_along
from .enums import ChangeKind, ContactWay, ReminderStyle, TimelineKind
from .models import Case, Founder, PlanStep, StatusChange
from .names import write_keys
from .refusals import CaseRefusal
from .refusing import CaseRefused
from .selectors import case_of_submission, cases_of_submission
from .services import check_advisor
from .telling import record

_YES_NO = {"yes": True, "no": False}


@transaction.atomic
def open_case(submission: Submission, by: Membership, advisor: Membership | None = None) -> Case:
    """Open the case of a sent `submission` with its founder, suggested steps and first lines in the timeline.

    A submission has one case: asking again, or two advisors at once, gives the same one. Raises CaseRefused.
    """
    check_advisor(submission.office_id, advisor)
    row = locked_enquiry(submission.pk)
    case = case_of_submission(row)
    if case is not None:
        return case
    if row.state != SubmissionState.SENT:
        raise CaseRefused(CaseRefusal.SUBMISSION_CLOSED)
    founder = Founder.objects.create(**founder_fields(row))
    write_keys(founder)
    case = Case.objects.create(
        office_id=row.office_id,
        founder=founder,
        submission=row,
        reference=row.reference,
        advisor=advisor,
        sector=row.sector,
        planned_start_on=planned_start(row.answers),
        sort_name=founder.sort_name,
    )
    suggest_steps(case, row)
    take_along(row, case)
    record(case, TimelineKind.CASE_OPENED, by, params={"channel": row.channel, "confirmed": row.confirmed_way})
    deadlines.follow(case, by)
    if advisor is not None:
        StatusChange.objects.create(
            office_id=case.office_id, case=case, kind=ChangeKind.ADVISOR, after=str(advisor.uuid), author=by
        )
    mark_accepted(row)
    return case


def locked_enquiry(pk: int) -> Submission:
    """The enquiry as it is now; nobody else answers it in this transaction."""
    return Submission.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=pk)


def founder_fields(submission: Submission) -> dict[str, Any]:
    """The columns of a Founder that follow from the answers of `submission`; what was not answered stays unknown."""
    answers = submission.answers
    name_latin = answers.get("name_latin", "")
    interface_languages = [code for code, _name in settings.LANGUAGES]
    return {
        "office_id": submission.office_id,
        "name": answers["name"],
        "name_latin": name_latin,
        "name_original": answers.get("name_original", ""),
        "sort_name": sort_key(name_latin or answers["name"])[:200],
        "is_adult": submission.is_adult,
        "municipality_id": submission.municipality_id,
        "language": submission.language if submission.language in interface_languages else settings.LANGUAGE_CODE,
        "languages": answers.get("languages", []),
        "contact_way": answers.get("contact_way", ContactWay.IN_PERSON),
        "phone": answers.get("phone", ""),
        "email": answers.get("email", ""),
        "helper_contact": ", ".join(filter(None, (answers.get("helper_name"), answers.get("helper_phone")))),
        "may_call_helper": _YES_NO.get(answers.get("may_call_helper", "")),
        "is_phone_shared": _YES_NO.get(answers.get("phone_shared", "")),
        "safe_times": answers.get("safe_times", []),
        "wants_sms": answers.get("wants_sms") == "yes",
        "wants_email": answers.get("wants_email") == "yes",
        "reminder_style": answers.get("reminder_style", ReminderStyle.NEUTRAL),
        "own_word": answers.get("own_word", ""),
        "needs_interpreter": _YES_NO.get(answers.get("interpreter", "")),
    }


def suggest_steps(case: Case, submission: Submission) -> None:
    """Write the steps that follow from an enquiry into its case; those that are there already stay as they are."""
    found = office_hints.shown(submission.office_id, submission.answers, clock.today())
    PlanStep.objects.bulk_create(
        [PlanStep(office_id=case.office_id, case=case, hint_code=slot.hint.code) for slot in found],
        ignore_conflicts=True,
    )


def note_confirmation(submission: Submission, by: Membership | None, **_signal: Any) -> None:
    """A founder confirmed what the office typed after a case was opened from it (intake.signals)."""
    if submission.state == SubmissionState.ACCEPTED:
        case = cases_of_submission(submission).get()
        record(case, TimelineKind.ENQUIRY_CONFIRMED, by, params={"confirmed": submission.confirmed_way})
