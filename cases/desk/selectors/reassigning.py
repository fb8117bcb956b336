"""What is open under the name of somebody of the office, and whose names that concerns."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from cases.appointments import selectors as diary
from cases.appointments.models import Appointment
from cases.files.enums import AskBackState, FollowUpState
from cases.files.models import AskBack, Case, Deadline, FollowUp, PlanStep
from cases.files.rules import WORKED_ON
from cases.referrals.enums import ReferralState
from cases.referrals.models import Referral
from gruendungswerkstatt.documents.enums import RequestState
from gruendungswerkstatt.documents.models import DocumentRequest
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation
from network.people.selectors import office_staff

MOST = 200  # cases, and appointments, of one go


@dataclass(frozen=True)
class Open:
    """Cases and appointments of one member, MOST of each at most; `are_all_cases` tells whether there are no more.

    A case knows its `next_step` (a list of none or one: text, hint, due_on), and how much waits in it (`_COUNTS`).
    """

    cases: list[Case]
    appointments: list[Appointment]
    are_all_cases: bool


@dataclass(frozen=True)
class Holder:
    """A member under whose name `count` cases are open; `is_here`: works on cases of the office."""

    member: Membership
    count: int
    is_here: bool


def open_under(member: Membership) -> Open:
    """What is open under the member's name, in two queries: cases by name, appointments by day."""
    cases = list(_with_what_waits(cases_of(member)).order_by("sort_name", "id")[: MOST + 1])
    return Open(cases[:MOST], list(diary.coming(member)[:MOST]), len(cases) <= MOST)


def cases_of(member: Membership) -> OfficeOwnedQuerySet:
    """Cases the member is responsible for and that somebody still has to work on: also closed ones with a follow-up."""
    follow_up = FollowUp.objects.filter(case=OuterRef("pk"), state=FollowUpState.OPEN)
    found = Case.objects.for_office(member.organisation_id).filter(advisor=member)
    return found.filter(Q(state__in=WORKED_ON) | Exists(follow_up))


def how_much(member: Membership) -> tuple[int, int]:
    """How many cases and appointments are open under the member's name."""
    return cases_of(member).count(), diary.coming(member).count()


def holders(office: Organisation) -> list[Holder]:
    """Who works on cases of `office`, then who does not any more but still has some; by name."""
    open_cases = Case.objects.for_office(office).filter(state__in=WORKED_ON, advisor__isnull=False).order_by()
    counts = dict(open_cases.values_list("advisor").annotate(count=Count("pk")))
    here = [Holder(member, counts.pop(member.pk, 0), is_here=True) for member in office_staff(office)]
    others = Membership.objects.filter(organisation=office, pk__in=counts).select_related("user")
    return here + [Holder(one, counts[one.pk], is_here=False) for one in others.order_by("user__name", "id")]


def _with_what_waits(cases: QuerySet) -> QuerySet:
    of_case = OuterRef("pk")
    steps = PlanStep.objects.filter(case=of_case, done_at=None).order_by("due_on", "created_at", "id")
    referrals = Referral.objects.filter(case=of_case, state=ReferralState.SENT, consent__withdrawn_at=None)
    unread = Q(state=AskBackState.ASKED) | Q(state=AskBackState.ANSWERED, seen_at=None)
    appointments = Appointment.objects.not_over().filter(case=of_case)
    deadlines = Deadline.objects.filter(case=of_case, done_at=None).order_by("due_on", "id")
    follow_ups = FollowUp.objects.filter(case=of_case, state=FollowUpState.OPEN).order_by("due_on", "id")
    documents = DocumentRequest.objects.filter(subject_uuid=OuterRef("uuid"), state=RequestState.RECEIVED)
    return cases.select_related("founder").annotate(
        next_step=ArraySubquery(steps.values(data=JSONObject(text="text", hint="hint_code", due_on="due_on"))[:1]),
        next_deadline_on=Subquery(deadlines.values("due_on")[:1]),
        next_follow_up_on=Subquery(follow_ups.values("due_on")[:1]),
        next_appointment_at=Subquery(appointments.order_by("starts_at").values("starts_at")[:1]),
        unanswered=_counted(referrals, "case"),
        questions=_counted(AskBack.objects.filter(unread, case=of_case), "case"),
        documents=_counted(documents, "subject_uuid"),
    )


def _counted(rows: QuerySet, column: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(column).annotate(n=Count("pk")).values("n")), 0)
