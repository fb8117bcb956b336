"""Looking for cases of an office."""

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, JSONField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from gruendungswerkstatt.common import clock
from intake.models import Submission
from network.people.models import Membership, OfficeOwnedQuerySet, Organisation

from . import columns
from .drafting import draft_of
from .enums import CaseState, ErasureRequestState, StepActor, TimelinePart
from .models import (
    AddedEnquiry,
    AskBack,
    Case,
    CaseLabel,
    Deadline,
    ErasureRequest,
    FollowUp,
    Funding,
    Label,
    Merge,
    PlanStep,
    TimelineEntry,
)
from .refusing import CaseMerged
from .rules import TIMELINE_PARTS
from .standing import last_change

EARLIEST = datetime.min.replace(tzinfo=UTC)


@cache  # putting this query together costs more than asking it; only office and case differ
def _cases_with_their_heads() -> OfficeOwnedQuerySet:
    waiting = ErasureRequest.objects.filter(case=OuterRef("pk"), state=ErasureRequestState.OPEN)
    added = AddedEnquiry.objects.filter(case=OuterRef("pk")).order_by("added_at", "id")
    asked = AskBack.objects.filter(case=OuterRef("pk")).order_by("-asked_at", "-id")
    follow_ups = FollowUp.objects.filter(case=OuterRef("pk")).order_by("months", "id")
    return (
        Case.objects.select_related("founder__municipality", "advisor__user", "submission")
        .annotate(has_erasure_request=Exists(waiting), label_names=label_names(), last_change=last_change())
        .annotate(
            added_columns=columns.column(added, (), **{name: f"submission__{name}" for name in _OF_ADDED}),
            asked_columns=columns.column(asked, _OF_ASKED, asker_name="asked_by__user__name"),
            follow_up_columns=columns.column(follow_ups, _OF_FOLLOW_UPS, recorder_name="recorded_by__user__name"),
            funding_columns=funding_columns(),
        )
    )


def case_for_office(office: Organisation, case_uuid: uuid.UUID, *, reader: Membership | None = None) -> Case | None:
    """A case of `office` with what its page shows at the top; None if it is not theirs.

    It knows whether a wish for deletion waits, `has_erasure_request`, its `label_names`, the UUID of the newest merge
    that can be undone, `merge_to_undo`, and in columns for `added_to`, `asked_in`, `followed_in`, `funding_of` and
    `standing.last_of` what hangs on it and how it changed last; with a `reader` also what that person is writing
    (drafting.draft_in). Raises CaseMerged for what is left after a merge.
    """
    merges = Merge.objects.filter(into=OuterRef("pk"), undone_at=None, undo_until_on__gte=clock.today())
    found = _cases_with_their_heads().for_office(office).filter(uuid=case_uuid)
    found = found.annotate(merge_to_undo=Subquery(merges.order_by("-merged_at").values("uuid")[:1]))
    if reader is not None:
        found = found.annotate(note_draft=draft_of(reader))
    # Without `first`: one row at most, and nothing to sort.
    case = next(iter(found), None)
    if case is not None:
        case.office = office
        if case.state == CaseState.MERGED:
            raise CaseMerged(case, remaining(case))
    return case


# What the case page says of a further enquiry, a question to the founder, a follow-up.
_OF_ADDED = ("uuid", "reference", "channel", "state", "confirmed_at", "code_lost_at", "pin_hash")
_OF_ASKED = ("uuid", "block", "text", "state", "asked_at", "answer", "answer_language", "answered_at", "seen_at")
_OF_FOLLOW_UPS = ("uuid", "months", "due_on", "state", "tries", "is_in_business", "work", "jobs", "text")


def added_to(case: Case) -> list[Submission]:
    """Further enquiries of a case from `case_for_office`, oldest first: what its page says of them, with no query."""
    return columns.read(Submission, case.added_columns)


def asked_in(case: Case) -> list[AskBack]:
    """What the founder of a case from `case_for_office` was asked, newest first, with `asker_name`; with no query."""
    return columns.read(AskBack, case.asked_columns)


def followed_in(case: Case) -> list[FollowUp]:
    """The follow-ups of a case from `case_for_office` in their order, with `recorder_name`; with no query."""
    return columns.read(FollowUp, case.follow_up_columns)


_OF_FUNDING = (
    "uuid", "version", "kind", "text", "asked_on", "decision", "decided_on", "starts_on", "ends_on", "created_at",
)  # fmt: skip


def funding_columns() -> ArraySubquery:
    """A case's funding in columns, for `annotate`; `funding_of` reads them."""
    rows = Funding.objects.filter(case=OuterRef("pk")).order_by("asked_on", "id")
    return columns.column(rows, _OF_FUNDING, amount=Cast("amount", CharField()))  # JSON knows no decimals


def funding_of(case: Case) -> list[Funding]:
    """Funding of a case with `funding_columns`, the first request at the top, with no query; not to be saved."""
    return columns.read(Funding, case.funding_columns)


def funding_for_office(office: Organisation, funding_uuid: uuid.UUID) -> Funding | None:
    """A funding of one of the office's cases with its case; None if it is not theirs."""
    return Funding.objects.for_office(office).select_related("case").filter(uuid=funding_uuid).first()


def remaining(case: Case) -> Case:
    """The case that `case` was put into, however many merges ago; itself if it was not."""
    while case.state == CaseState.MERGED:
        case = Merge.objects.select_related("into").get(merged=case, undone_at=None).into
    return case


def shells_of(cases: Iterable[int]) -> list[Case]:
    """What is left of the cases that were put into these (their keys), directly or by others: their looks count too."""
    found: list[Case] = []
    new = list(cases)
    while new:
        merges = Merge.objects.filter(into__in=new, undone_at=None).select_related("merged")
        shells = [merge.merged for merge in merges]
        new = [shell.pk for shell in shells]
        found += shells
    return found


def cases_of_submission(submission: Submission) -> OfficeOwnedQuerySet:
    """The one case that was opened from `submission` or that it was added to, if any; to be refined.

    Each way has an index of its own, so both are united instead of joined by OR.
    """
    cases, added = Case.objects.for_office(submission.office_id), AddedEnquiry.objects.for_office(submission.office_id)
    opened = cases.filter(submission=submission).values("pk")
    return cases.filter(pk__in=opened.union(added.filter(submission=submission).values("case"), all=True))


def case_of_submission(submission: Submission) -> Case | None:
    """The case of `submission` with its founder."""
    return cases_of_submission(submission).select_related("founder").first()


def added_enquiries(case: Case) -> OfficeOwnedQuerySet:
    """Further enquiries of the same person that were added to `case`, newest first."""
    added = AddedEnquiry.objects.for_office(case.office_id).filter(case=case)
    return added.select_related("submission__entered_by__user", "submission__municipality", "submission__office")


def enquiries(case: Case) -> list[Submission]:
    """The enquiry that `case` was opened from, if any, then further ones, newest first; each with who typed it in."""
    added = [enquiry.submission for enquiry in added_enquiries(case)]
    if case.submission_id is None:
        return added
    first = Submission.objects.for_office(case.office_id).select_related("entered_by__user", "municipality", "office")
    return [first.get(pk=case.submission_id), *added]


def label_names() -> ArraySubquery:
    """The names of a case's labels, for `annotate`."""
    put = CaseLabel.objects.filter(case=OuterRef("pk"))
    return ArraySubquery(put.order_by("label__sort_name").values("label__name"))


def timeline(case: Case) -> OfficeOwnedQuerySet:
    """The lines of a case's timeline with their authors, newest first."""
    lines = TimelineEntry.objects.for_office(case.office_id).filter(case=case)
    return lines.select_related("author__user", "author__organisation").order_by("-happened_at", "-id")


# A row of the timeline as the case page shows it.
TIMELINE_COLUMNS = (
    "id", "office_id", "kind", "params", "text", "happened_at", "author__user__name", "author__organisation_id",
    "organisation_name",
)  # fmt: skip


def timeline_rows(case: Case, part: str = "") -> OfficeOwnedQuerySet:
    """`timeline` as named rows of TIMELINE_COLUMNS, to be ordered and paged: objects would bring three others each.

    `part` (a TimelinePart) narrows it down to the lines of one part; an index has them by case and kind.
    """
    rows = _lines_with_authors(get_language() or "de").filter(office=case.office_id, case=case)
    return rows.filter(kind__in=TIMELINE_PARTS[TimelinePart(part)]) if part else rows


@cache
def _lines_with_authors(language: str) -> OfficeOwnedQuerySet:
    here = F(f"author__organisation__name_{language}")
    named = Coalesce(NullIf(here, Value("")), F("author__organisation__name_de"), output_field=CharField())
    return TimelineEntry.objects.annotate(organisation_name=named).values_list(*TIMELINE_COLUMNS, named=True)


def steps_and_deadlines(case: Case) -> tuple[list[PlanStep], list[Deadline]]:
    """All steps and deadlines of `case` with one query: open ones first, in the order of `steps` and `deadlines`.

    They hold what the case page shows and are not to be saved.
    """
    common = ("id", "uuid", "version", "text", "due_on", "done_at", "created_at")
    of_steps = PlanStep.objects.for_office(case.office_id).filter(case=case).order_by()
    of_deadlines = Deadline.objects.for_office(case.office_id).filter(case=case).order_by()
    no_texts = Value({}, JSONField())
    rows = of_steps.values_list(*common, "hint_code", "actor", Value(""), "texts", Value("step")).union(
        of_deadlines.values_list(*common, "kind", "source", "reason", no_texts, Value("deadline")), all=True
    )
    found: tuple[list[PlanStep], list[Deadline]] = ([], [])
    for *values, code, source, reason, texts, sort in rows:
        fields = dict(zip(common, values, strict=True)) | {"office_id": case.office_id, "case_id": case.pk}
        if sort == "step":
            found[0].append(PlanStep(hint_code=code, actor=source, texts=texts, **fields))
        else:
            found[1].append(Deadline(kind=code, source=source, reason=reason, **fields))
    found[0].sort(key=lambda step: _when(step, step.created_at))
    found[1].sort(key=lambda deadline: _when(deadline, deadline.due_on))
    return found


def _when(row: PlanStep | Deadline, day: date | datetime) -> tuple[Any, ...]:
    """Open ones first."""
    return (row.done_at is not None, row.done_at or EARLIEST, day, row.id)


def done_steps(case: Case) -> OfficeOwnedQuerySet:
    """Steps of a case that are done, in the order in which they were."""
    return steps(case).filter(done_at__isnull=False)


def done_deadlines(case: Case) -> OfficeOwnedQuerySet:
    """Deadlines of a case that are done, in the order in which they were."""
    return deadlines(case).filter(done_at__isnull=False)


def steps(case: Case) -> OfficeOwnedQuerySet:
    """Suggested and agreed steps of a case: open ones first, in the order they came."""
    return PlanStep.objects.for_office(case.office_id).filter(case=case).order_by("done_at", "created_at", "id")


def next_steps(case: Case) -> OfficeOwnedQuerySet:
    """What the founder of a case does next: open steps of theirs, the nearest day first, then as they came."""
    mine = steps(case).filter(done_at=None, actor=StepActor.FOUNDER)
    return mine.order_by(F("due_on").asc(nulls_last=True), "created_at", "id")


def step_for_office(office: Organisation, step_uuid: uuid.UUID) -> PlanStep | None:
    """A step of one of the office's cases with its case; None if it is not theirs."""
    return PlanStep.objects.for_office(office).select_related("case").filter(uuid=step_uuid).first()


def deadlines(case: Case) -> OfficeOwnedQuerySet:
    """What is watched for a case: open ones first, the nearest day at the top."""
    return (
        Deadline.objects.for_office(case.office_id)
        .filter(case=case)
        .order_by(F("done_at").asc(nulls_first=True), "due_on", "id")
    )


def deadline_for_office(office: Organisation, deadline_uuid: uuid.UUID) -> Deadline | None:
    """A deadline of one of the office's cases with its case; None if it is not theirs."""
    return Deadline.objects.for_office(office).select_related("case").filter(uuid=deadline_uuid).first()


def follow_ups(case: Case) -> OfficeOwnedQuerySet:
    """The follow-ups of a case in their order."""
    return FollowUp.objects.for_office(case.office_id).filter(case=case).order_by("months", "id")


def follow_up_for_office(office: Organisation, follow_up_uuid: uuid.UUID) -> FollowUp | None:
    """A follow-up of one of the office's cases with case and founder; None if it is not theirs."""
    return FollowUp.objects.for_office(office).select_related("case__founder").filter(uuid=follow_up_uuid).first()


def label_choices(office: Organisation) -> tuple[tuple[int, str, str], ...]:
    """(key, uuid, name) of the office's labels, by name: what a choice needs."""
    found = Label.objects.for_office(office).order_by("sort_name").values_list("pk", "uuid", "name")
    return tuple((pk, str(label_uuid), name) for pk, label_uuid, name in found)


def labels_with_counts(office: Organisation) -> OfficeOwnedQuerySet:
    """The office's labels by name; each knows on how many cases it is: `case_count`."""
    return Label.objects.for_office(office).annotate(case_count=Count("cases")).order_by("sort_name")


def label_for_office(office: Organisation, label_uuid: uuid.UUID) -> Label | None:
    """A label of `office` with its `case_count`; None if it is not theirs."""
    return labels_with_counts(office).filter(uuid=label_uuid).first()


def labels_of(case: Case) -> OfficeOwnedQuerySet:
    """The labels on a case, by name."""
    return Label.objects.for_office(case.office_id).filter(cases__case=case).order_by("sort_name")
