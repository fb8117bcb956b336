"""Erasing before the time is over: what a person asks for and what the office decides (Art. 17 GDPR)."""

from collections import Counter

from django.db import transaction

from gruendungswerkstatt.audit.erasure_runs import record_run
from gruendungswerkstatt.audit.models import ErasureCause, ErasureRun
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import bump_version
from intake.erasure import ENQUIRY, AlreadyAccepted, erase_submission
from intake.models import Submission
from network.people.models import Membership

from .enums import ErasureDecline, ErasureReason, ErasureRequestState, TimelineKind
from .erasure import CASE, erase_cases
from .models import Case, ErasureRequest, Founder
from .refusals import ErasureRefusal
from .services import record


class ErasureRefused(Exception):
    """Nothing is erased or decided like this; `reason` says why."""

    def __init__(self, reason: ErasureRefusal):
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def request_erasure(case: Case, by: Membership | None = None) -> ErasureRequest:
    """Note that the founder of `case` wants everything deleted; `by` is None where the founder asks in the portal.

    One request at a time: asking again gives the one that waits. The office decides within a month (Art. 12 (3)).
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    found = ErasureRequest.objects.filter(case=case, state=ErasureRequestState.OPEN).first()
    if found is None:
        found = ErasureRequest.objects.create(office_id=case.office_id, case=case, recorded_by=by)
        record(case, TimelineKind.ERASURE_REQUESTED, by)
    return found


@transaction.atomic
def decline_erasure(request: ErasureRequest, by: Membership, reason: ErasureDecline, *, version: int) -> ErasureRequest:
    """Keep the data for a reason that the person is told. Raises ErasureRefused, StaleVersion."""
    current = ErasureRequest.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
    if current.state != ErasureRequestState.OPEN:
        raise ErasureRefused(ErasureRefusal.DECIDED)
    bump_version(current, version)
    current.state, current.decline_reason = ErasureRequestState.DECLINED, reason
    current.decided_by, current.decided_at = by, clock.now()
    current.save(update_fields=["state", "decline_reason", "decided_by", "decided_at", "version"])
    record(current.case, TimelineKind.ERASURE_DECLINED, by, params={"reason": str(reason)})
    return current


@transaction.atomic
def erase_founder(founder: Founder, *, by: Membership, reason: ErasureReason) -> ErasureRun:
    """Delete a person with all cases of the office, by decision of its team lead `by`; returns the proof.

    What stays is that somebody was erased, when, by whom and why; nothing of the person. Whoever is gone already is
    not erased twice: the proof then counts nothing.
    """
    keys = list(Case.objects.select_for_update().filter(founder=founder).values_list("pk", flat=True))
    erase_cases(keys)
    counts = {CASE: len(keys)} if keys else {}
    return record_run(founder.office_id, ErasureCause.OFFICE, counts, by=by, reason=reason)


def what_would_go(founder: Founder) -> Counter[str]:
    """How many rows of which model `erase_founder` would delete."""
    keys = list(Case.objects.for_office(founder.office_id).filter(founder=founder).values_list("pk", flat=True))
    return erase_cases(keys, is_dry_run=True).counts


def last_request(case: Case) -> ErasureRequest | None:
    """The newest request, answered or not."""
    return ErasureRequest.objects.for_office(case.office_id).filter(case=case).first()


@transaction.atomic
def erase_own_submission(submission: Submission) -> ErasureRun:
    """Delete, at once, what a person sent or began and no case was opened from. Raises ErasureRefused(HAS_CASE)."""
    try:
        under_way = erase_submission(submission)
    except AlreadyAccepted as error:
        raise ErasureRefused(ErasureRefusal.HAS_CASE) from error
    counts = {ENQUIRY: under_way.counts["submission"]} if under_way.counts["submission"] else {}
    return record_run(submission.office_id, ErasureCause.FOUNDER, counts, reason=ErasureReason.REQUESTED)
