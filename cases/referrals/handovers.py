"""Handing an enquiry or a case over to the right place: only with the person's consent, which is recorded with it.

The portal passes nothing on by itself: the office sends the paper. Without consent the place is only shown.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.files import services as files
from cases.files.enums import CaseState, TimelineKind
from cases.files.models import Case
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from intake import services as intake
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from network.people.models import Membership

from . import rules
from .enums import ReferralRefusal
from .models import Handover
from .places import Place
from .services import ReferralRefused


def refusal_of_enquiry(submission: Submission) -> ReferralRefusal | None:
    """Why an enquiry cannot be handed over to anybody (rule 10); None if it can with consent."""
    if submission.is_adult is not True:
        return ReferralRefusal.AGE_UNKNOWN if submission.is_adult is None else ReferralRefusal.UNDER_AGE
    return None if submission.office.notice_version else ReferralRefusal.NO_NOTICE


def refusal_of_case(case: Case, today: date) -> ReferralRefusal | None:
    """The same of a case."""
    return rules.case_refusal(case, today) or (None if case.office.notice_version else ReferralRefusal.NO_NOTICE)


@transaction.atomic
def hand_over_enquiry(
    submission: Submission, by: Membership, place: Place, *, given_by: str, interpreted_by: str = "", version: int
) -> Handover:
    """Record the consent and close the enquiry. Raises ReferralRefused, StaleVersion."""
    row = Submission.objects.select_for_update(of=("self",)).select_related("office").get(pk=submission.pk)
    if row.state != SubmissionState.SENT:
        raise StaleVersion
    _refuse(refusal_of_enquiry(row))
    intake.close(row, ClosingReason.HANDED_OVER, version)
    said = {"given_by": given_by, "interpreted_by": interpreted_by, "notice_language": row.language}
    return _written(by, place, office=row.office, submission=row, **said)


@transaction.atomic
def hand_over_case(
    case: Case, by: Membership, place: Place, *, given_by: str, interpreted_by: str = "", version: int
) -> Handover:
    """Record the consent and end the case as handed over. Raises ReferralRefused, CaseRefused, StaleVersion."""
    _refuse(refusal_of_case(case, clock.today()))
    files.record(case, TimelineKind.CONSENT_GIVEN, by, params={"partner": place.german, "way": given_by})
    files.change_state(case, by, CaseState.HANDED_OVER, reason=place.german, version=version)
    said = {"given_by": given_by, "interpreted_by": interpreted_by, "notice_language": case.founder.language}
    return _written(by, place, office=case.office, case=case, **said)


def note_shown(case: Case, by: Membership, place: Place) -> None:
    """The founder was told where to go; nothing was passed on."""
    files.record(case, TimelineKind.PLACE_SHOWN, by, params={"place": place.german})


def of_enquiry(submission: Submission) -> Handover | None:
    """How an enquiry was handed over; None if it was not."""
    return _found(submission.office_id, submission=submission)


def of_case(case: Case) -> Handover | None:
    """How a case was handed over last; None if it was not."""
    return _found(case.office_id, case=case)


def of_person(office_id: int, cases: Collection[Case], submissions: Collection[Submission]) -> list[Handover]:
    """All handings over of a person's cases and enquiries, newest first."""
    about = Q(case__in=[case.pk for case in cases]) | Q(submission__in=[row.pk for row in submissions])
    return list(Handover.objects.for_office(office_id).filter(about).order_by("-given_at", "-id"))


def handed_to(submission: Submission, case: Case | None) -> str:
    """Where a person's enquiry or case went that has ended so; "" if it did not. Asks only where it may have."""
    if case is not None:
        found = of_case(case) if case.state == CaseState.HANDED_OVER else None
    else:
        found = of_enquiry(submission) if submission.closing_reason == ClosingReason.HANDED_OVER else None
    return found.place if found else ""


def _found(office_id: int, **about: Any) -> Handover | None:
    found = Handover.objects.for_office(office_id).filter(**about).select_related("recorded_by__user")
    return found.order_by("-given_at", "-id").first()


def _written(by: Membership, place: Place, **said: Any) -> Handover:
    version = said["office"].notice_version
    return Handover.objects.create(**said, place=place.german, notice_version=version, recorded_by=by)


def _refuse(reason: ReferralRefusal | None) -> None:
    if reason is not None:
        raise ReferralRefused(reason)
