"""What this room moves when two cases become one (signals.case_merging), and what it knows of rooms below it."""

from typing import Any

from django.db.models import Exists, OuterRef

from gruendungswerkstatt.documents.models import Document, DocumentRequest
from gruendungswerkstatt.messaging.models import Message

from .enums import DeadlineSource
from .models import (
    AddedEnquiry,
    AskBack,
    Case,
    CaseLabel,
    Deadline,
    ErasureRequest,
    FollowUp,
    Funding,
    MatchKey,
    NameKey,
    Note,
    NoteDraft,
    PlanStep,
    TimelineEntry,
)
from .moving import Merging
from .signals import case_merging


def move(merging: Merging, **_signal: Any) -> None:
    """Everything of the case and of its founder that lies here, or below without knowing cases."""
    for model in (Note, TimelineEntry, ErasureRequest, AddedEnquiry, AskBack, Funding):
        merging.move_of_case(model.objects.all())
    _enquiry(merging)
    _labels(merging)
    _steps(merging)
    _deadlines(merging)
    _follow_ups(merging)
    _drafts(merging)
    _documents(merging)
    _messages(merging)
    if merging.is_of_two_founders:
        _founder(merging)


def _enquiry(merging: Merging) -> None:
    """The enquiry a case was opened from becomes a further one of the other: its number and code go on working."""
    source, target = merging.source, merging.target
    if source.submission_id is None:
        return
    merging.counts[AddedEnquiry._meta.label] += 1
    if not merging.is_preview:
        row = AddedEnquiry.objects.create(
            office_id=target.office_id, case=target, submission_id=source.submission_id, added_by=merging.by
        )
        merging.made(row)


def _labels(merging: Merging) -> None:
    there = CaseLabel.objects.filter(case=merging.target, label=OuterRef("label"))
    mine = CaseLabel.objects.filter(case=merging.source).annotate(is_there=Exists(there))
    merging.leave_twins(mine.filter(is_there=True))
    merging.move_of_case(mine.filter(is_there=False))


def _steps(merging: Merging) -> None:
    """A hint suggests a step once; the one that is there learns what the other one knew."""
    there = PlanStep.objects.filter(case=merging.target).exclude(hint_code="")
    twins = PlanStep.objects.filter(case=merging.source, hint_code__in=there.values("hint_code"))
    merging.move_of_case(PlanStep.objects.exclude(pk__in=twins.values("pk")))
    merging.leave_twins(twins)
    known = {step.hint_code: step for step in there}
    for twin in twins:
        step = known[twin.hint_code]
        merging.change(step, due_on=step.due_on or twin.due_on, done_at=step.done_at or twin.done_at)


def _deadlines(merging: Merging) -> None:
    """A kind follows from a case once; a second one that differs is one by hand from now on."""
    target, source = merging.target, merging.source
    by_rule = Deadline.objects.filter(case=target, source=DeadlineSource.RULE)
    same = by_rule.filter(kind=OuterRef("kind"), due_on=OuterRef("due_on"))
    mine = Deadline.objects.filter(case=source).annotate(is_same=Exists(same))
    of_rule = mine.filter(source=DeadlineSource.RULE)
    merging.leave_twins(of_rule.filter(is_same=True))
    others = of_rule.filter(is_same=False, kind__in=by_rule.values("kind"))
    merging.move(
        others,
        {"case_id": source.pk, "source": DeadlineSource.RULE.value},
        {"case_id": target.pk, "source": DeadlineSource.HAND.value},
    )
    twins = of_rule.filter(is_same=True).values("pk")
    merging.move_of_case(Deadline.objects.exclude(pk__in=twins).exclude(pk__in=merging.keys_of(Deadline)))


def _follow_ups(merging: Merging) -> None:
    """A case has each of them once."""
    there = FollowUp.objects.filter(case=merging.target, months=OuterRef("months"))
    mine = FollowUp.objects.filter(case=merging.source).annotate(is_there=Exists(there))
    merging.leave_twins(mine.filter(is_there=True))
    merging.move_of_case(mine.filter(is_there=False))


def _drafts(merging: Merging) -> None:
    """Nobody writes two notes at once into a case: of one person the words in the remaining case go on."""
    there = NoteDraft.objects.filter(case=merging.target, author=OuterRef("author"))
    mine = NoteDraft.objects.filter(case=merging.source).annotate(is_there=Exists(there))
    merging.leave_twins(mine.filter(is_there=True))
    merging.move_of_case(mine.filter(is_there=False))


def _documents(merging: Merging) -> None:
    """Documents know their case by its UUID."""
    was, now = {"subject_uuid": merging.source.uuid}, {"subject_uuid": merging.target.uuid}
    for model in (DocumentRequest, Document):
        merging.move(model.objects.for_office(merging.target.office_id).filter(**was), was, now)


def _messages(merging: Merging) -> None:
    """Short messages know their case by its UUID, and all their recipient."""
    was, now = {"subject_uuid": merging.source.uuid}, {"subject_uuid": merging.target.uuid}
    messages = Message.objects.for_office(merging.target.office_id)
    if not merging.is_of_two_founders:
        merging.move(messages.filter(**was), was, now)
        return
    source, target = merging.founders
    to, to_now = {"recipient_uuid": source.uuid}, {"recipient_uuid": target.uuid}
    merging.move(messages.filter(**to).exclude(**was), to, to_now)
    merging.move(messages.filter(**was, **to), was | to, now | to_now)


def _founder(merging: Merging) -> None:
    """Keys of search and matching are made anew for who remains."""
    source, target = merging.founders
    cases = Case.objects.filter(founder=source).exclude(pk=merging.source.pk)
    merging.move(
        cases,
        {"founder_id": source.pk, "sort_name": source.sort_name},
        {"founder_id": target.pk, "sort_name": target.sort_name},
    )
    if not merging.is_preview:
        for model in (NameKey, MatchKey):
            model.objects.filter(founder=source).delete()


def register() -> None:
    """Take part in putting cases together."""
    case_merging.connect(move, dispatch_uid="cases.files.merging")
