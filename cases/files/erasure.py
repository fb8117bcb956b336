"""What this room erases: cases three years after their end, and people who ask for it, with all that hangs on them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.audit.retention import delete_after
from gruendungswerkstatt.common import clock, erasure, retention
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.retention import Period, RetentionClass, Unit
from intake.models import Submission

from .enums import CaseState, ChangeKind
from .models import (
    AddedEnquiry,
    AskBack,
    Case,
    CaseLabel,
    Deadline,
    ErasureRequest,
    FollowUp,
    Founder,
    Funding,
    MatchKey,
    Merge,
    NameKey,
    Note,
    NoteDraft,
    PlanStep,
    StatusChange,
    TimelineEntry,
    Translation,
)

CASE = "case"
HANGING_ON_CASES = (
    Note,
    StatusChange,
    TimelineEntry,
    PlanStep,
    Deadline,
    ErasureRequest,
    AddedEnquiry,
    CaseLabel,
    FollowUp,
    Funding,
    NoteDraft,
)
# A case that was handed over has ended for this office as well.
ENDED_STATES = (CaseState.CLOSED, CaseState.HANDED_OVER)


def kept_until(case: Case) -> date:
    """The last day on which the office keeps a case that ends today."""
    return delete_after(case.office_id, CASE)


def erase_cases(keys: Sequence[int], *, is_dry_run: bool = False) -> Erasure:
    """Delete these cases with everything about them; a founder goes with the last case. Belongs into a transaction.

    What is left of cases that were put into them goes along. With `is_dry_run` only counts what would go.
    """
    keys = _with_shells(keys)
    cases = list(Case.objects.filter(pk__in=keys).values_list("pk", "founder", "submission"))
    others = Case.objects.exclude(pk__in=keys).values("founder")
    founders = Founder.objects.filter(pk__in={founder for _case, founder, _sent in cases}).exclude(pk__in=others)
    under_way = Erasure(is_dry_run)
    under_way.include(Case, (case for case, _founder, _sent in cases))
    under_way.include(Founder, founders.values_list("pk", flat=True))
    under_way.include(Submission, (sent for _case, _founder, sent in cases if sent is not None))
    under_way.include(Submission, AddedEnquiry.objects.filter(case__in=keys).values_list("submission", flat=True))
    erasure.carry_out(under_way)
    return under_way


def _with_shells(keys: Sequence[int]) -> list[int]:
    """`keys` and the empty cases that lead to them, however many merges ago."""
    found, new = list(keys), list(keys)
    while new:
        shells = Merge.objects.filter(into__in=new, undone_at=None).exclude(merged__in=found)
        new = list(shells.values_list("merged", flat=True))
        found += new
    return found


def erase(under_way: Erasure) -> None:
    """Delete the cases and the founders that go."""
    cases, founders = under_way.keys(Case), under_way.keys(Founder)
    for model in HANGING_ON_CASES:
        under_way.delete(model.objects.filter(case__in=cases))
    about = Q(case__in=cases) | Q(submission__in=under_way.keys(Submission))
    under_way.delete(AskBack.objects.filter(about))
    under_way.delete(Translation.objects.filter(submission__in=under_way.keys(Submission)))
    under_way.delete(Merge.objects.filter(Q(into__in=cases) | Q(merged__in=cases)))
    under_way.delete(Case.objects.filter(pk__in=cases))
    under_way.delete(MatchKey.objects.filter(founder__in=founders))
    under_way.delete(NameKey.objects.filter(founder__in=founders))
    under_way.delete(Founder.objects.filter(pk__in=founders))


def _expired(office_id: int, _period: Period) -> QuerySet:
    return Case.objects.for_office(office_id).filter(delete_after_on__lt=clock.today())


def _recompute(office_id: int, period: Period) -> None:
    last_change = StatusChange.objects.filter(case=OuterRef("pk"), kind=ChangeKind.STATE).order_by("-changed_at")
    handed_over_at = Subquery(last_change.values("changed_at")[:1], output_field=DateTimeField())
    ended = Case.objects.for_office(office_id).filter(state__in=ENDED_STATES)
    ended.update(delete_after_on=period.after_column(Coalesce(F("closed_at"), handed_over_at, F("last_contact_at"))))


def register() -> None:
    """Take part in erasing, and make the class of this room known."""
    erasure.register("cases_files", erase)
    retention.register(
        RetentionClass(
            code=CASE,
            label=_("Cases"),
            covers=_(
                "The case with its enquiry, notes, steps, appointments, messages, consents and referrals. "
                "The founder goes with the last case."
            ),
            starts=_("from closing or handing over on"),
            basis=_("Retention plan of the portal: 3 years"),
            default=Period(3, Unit.YEARS),
            least=1,
            most=10,
            expired=_expired,
            erase=erase_cases,
            recompute=_recompute,
        )
    )
