"""What "My day" shows, in ten queries however much there is (docs/adr/0028-deadlines-and-my-day.md).

Each part asks for its own rows only; whose cases they are is asked once for all, which keeps every plan small.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.utils.translation import get_language

from cases.appointments.models import Appointment
from cases.desk.enums import DayPart
from cases.files.enums import AskBackState, CaseState, FollowUpState
from cases.files.models import AskBack, Case, Deadline, FollowUp, PlanStep
from cases.files.rules import NEAR_DAYS, WORKED_ON
from cases.referrals.enums import ReferralState
from cases.referrals.models import Referral
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.documents.enums import RequestState
from gruendungswerkstatt.documents.models import DocumentRequest
from gruendungswerkstatt.messaging.enums import MessageState
from gruendungswerkstatt.messaging.models import Message
from intake import selectors as intake
from intake.models import Submission, SubmissionQuerySet
from intake.workdays import before_working_days
from network.people.models import Membership, Organisation

ANSWER_WORKING_DAYS = 5  # a partner who has not answered for so long is asked again; so is one who was asked
LINES, LINES_ALONE = 6, 50
MOST_FAILED = 200  # messages of which we look for the appointment
NOTHING = uuid.UUID(int=0)  # asks as often where nothing failed


@dataclass(frozen=True, slots=True)
class CaseOf:
    """The case of a line. `advisor` is the key of a membership, None for nobody."""

    pk: int
    uuid: uuid.UUID
    reference: str
    name: str
    name_latin: str
    phone: str
    advisor: int | None
    advisor_name: str | None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line. What `code`, `text` and `day` are depends on the part; `advisor` is who must act."""

    uuid: uuid.UUID
    version: int
    code: Any
    text: str
    day: date | datetime
    case: CaseOf
    advisor: int | None
    advisor_name: str | None


@dataclass(frozen=True)
class Whose:
    """An advisor's own cases, those of colleagues who are away and whose deputy they are (keys in `covered`), and those
    of nobody; with `advisor` None all of the office.
    """

    office: Organisation
    advisor: Membership | None
    covered: tuple[int, ...] = ()

    @property
    def seen_to(self) -> list[int]:
        """Keys of the advisors whose cases these are."""
        return [self.advisor.pk, *self.covered] if self.advisor else []

    def cases(self, column: str = "case__advisor") -> Q:
        """Rows of these cases; `column` is where the case's advisor stands."""
        if not self.advisor:
            return Q()
        own = Q(**{f"{column}__in": self.seen_to}) if self.covered else Q(**{column: self.advisor})
        return own | Q(**{column: None})

    def order(self, *fields: Any, column: str = "case__advisor") -> tuple[Any, ...]:
        """One's own first, then those of who is away, then nobody's; in the office's view all by day."""
        if not self.advisor:
            return fields
        if not self.covered:
            return (F(column).asc(nulls_last=True), *fields)
        ranks = (When(**{column: self.advisor}, then=0), When(**{f"{column}__isnull": True}, then=2))
        return (Choice(*ranks, default=1, output_field=IntegerField()), *fields)

    def each(self, column: str) -> list[Q]:
        """`cases` taken apart into those of one kind, in their order: an index gives each sorted, joined by OR none."""
        if not self.advisor:
            return [Q()]
        covered = [Q(**{f"{column}__in": self.covered})] if self.covered else []
        return [Q(**{column: self.advisor}), *covered, Q(**{column: None})]

    def in_order(self, row: DayRow) -> tuple[Any, ...]:
        """The same order for rows."""
        rank = 0 if self.advisor is None or row.advisor == self.advisor.pk else 2 if row.advisor is None else 1
        return (rank, row.day, row.uuid)


@dataclass(frozen=True)
class Day:
    """What waits: enquiries as objects, all else as rows by part; one more than `lines` where there are more."""

    enquiries: list[Submission]
    rows: dict[str, list[DayRow]]
    lines: int


def day_of(whose: Whose, only: str = "") -> Day:
    """What waits today, or one part of it with more lines."""
    lines = LINES_ALONE if only else LINES
    found = {part: list(read(whose, lines + 1)) for part, read in _READ.items() if only in ("", part)}
    for part, *row in _of_cases(whose, only, lines + 1):
        found.setdefault(part, []).append(tuple(row))
    rows = _with_cases(whose, found)
    for part in _CASES:
        rows[part] = sorted(rows[part], key=whose.in_order)[: lines + 1]
    enquiries = list(inbox(whose.office)[: lines + 1]) if only in ("", DayPart.ENQUIRIES) else []
    return Day(enquiries, rows, lines)


def inbox(office: Organisation) -> SubmissionQuerySet:
    """Enquiries that wait; each knows whether an answer to a question came that nobody has read: `has_answer`."""
    answers = AskBack.objects.filter(submission=OuterRef("pk"), state=AskBackState.ANSWERED, seen_at=None)
    return intake.inbox(office).annotate(has_answer=Exists(answers))


def referral_for_office(office: Organisation, referral_uuid: uuid.UUID) -> Referral | None:
    """A referral of `office` that a partner may still see, with case and partner; None for all others."""
    found = Referral.objects.for_office(office).filter(uuid=referral_uuid, consent__withdrawn_at=None)
    return found.select_related("case", "partner").first()


# A row: uuid, version, code, text, day, the case's key (of documents its UUID), and who must act if that is not the
# case's advisor (key, name).
Raw = tuple[Any, ...]


def _with_cases(whose: Whose, found: dict[str, list[Raw]]) -> dict[str, list[DayRow]]:
    """The rows with their cases, which one query brings."""
    keys = {row[5] for rows in found.values() for row in rows}
    wanted = Q(pk__in=[0, *(k for k in keys if isinstance(k, int))]) | Q(
        uuid__in=[k for k in keys if not isinstance(k, int)]
    )
    columns = ("pk", "uuid", "reference", "founder__name", "founder__name_latin", "founder__phone", "advisor")
    # Names are only needed where others than oneself appear.
    are_own = whose.advisor and not whose.covered
    name = Value(None, output_field=CharField()) if are_own else F("advisor__user__name")
    cases = [CaseOf(*row) for row in Case.objects.for_office(whose.office).filter(wanted).values_list(*columns, name)]
    by_key: dict[Any, CaseOf] = {case.pk: case for case in cases} | {case.uuid: case for case in cases}
    rows: dict[str, list[DayRow]] = defaultdict(list)
    for part, raws in found.items():
        for *row, key, actor in (_with_actor(raw) for raw in raws):
            case = by_key[key]
            rows[part].append(DayRow(*row, case, *(actor or (case.advisor, case.advisor_name))))
    return rows


def _with_actor(raw: Raw) -> Raw:
    return (*raw[:6], raw[6:])


def _appointments(whose: Whose, cut: int) -> QuerySet:
    """Today's, then those that have passed and nobody said how they ended, the latest first."""
    today = clock.today()
    morning = clock.at(today, 0)
    found = Appointment.objects.for_office(whose.office).planned()
    found = found.filter(starts_at__lt=clock.at(today + timedelta(days=1), 0))
    if whose.advisor:
        found = found.filter(advisor__in=whose.seen_to)
    is_past = Choice(When(starts_at__gte=morning, then=0), default=1, output_field=IntegerField())
    of_today = Choice(When(starts_at__gte=morning, then=F("starts_at")))
    columns = ("uuid", "version", "place", "topic", "starts_at", "case_id", "advisor_id", "advisor__user__name")
    return found.order_by(is_past, of_today, "-starts_at", "-id").values_list(*columns)[:cut]


def _undelivered(whose: Whose, cut: int) -> Iterator[Raw]:
    """Appointments to come of which a message failed, until somebody was in touch with the founder since.

    Two queries: messages know their appointment by its UUID alone. A message about an appointment as it was before it
    was moved says nothing any more.
    """
    now = clock.now()
    failed = Message.objects.for_office(whose.office).filter(state=MessageState.FAILED, not_after_at__gt=now)
    newest = failed.order_by("-due_at", "-id").values_list("subject_uuid", "subject_version", "channel", "due_at")
    by_subject: dict[tuple[uuid.UUID, int], list[tuple[str, datetime]]] = defaultdict(list)
    for subject, version, channel, due_at in newest[:MOST_FAILED]:
        by_subject[subject, version].append((channel, due_at))
    coming = Appointment.objects.for_office(whose.office).filter(whose.cases(), ends_at__gt=now)
    subjects = {subject for subject, _version in by_subject} or {NOTHING}
    coming = coming.filter(uuid__in=subjects).order_by(*whose.order("starts_at", "id"))
    columns = ("uuid", "version", "starts_at", "case_id", "case__last_contact_at")
    lines = 0
    for key, version, starts_at, case_id, last_contact_at in coming.values_list(*columns):
        messages = [one for one in by_subject.get((key, version), ()) if one[1] > last_contact_at]
        if messages and lines < cut:
            lines += 1
            yield key, version, sorted({channel for channel, _due_at in messages}), "", starts_at, case_id


def _documents(whose: Whose, cut: int) -> QuerySet:
    """Files that came and nobody has looked at, the oldest first. Documents know their case by its UUID alone."""
    cases = Case.objects.for_office(whose.office).filter(state__in=WORKED_ON)
    found = DocumentRequest.objects.for_office(whose.office).filter(state=RequestState.RECEIVED)
    found = found.filter(subject_uuid__in=cases.filter(whose.cases("advisor")).values("uuid"))
    if whose.advisor:
        is_own = Exists(cases.filter(uuid=OuterRef("subject_uuid"), advisor__in=whose.seen_to))
        found = found.order_by(is_own.desc(), "received_at", "id")
    else:
        found = found.order_by("received_at", "id")
    return found.values_list("uuid", "version", "kind", Value(""), "received_at", "subject_uuid")[:cut]


_READ = {DayPart.APPOINTMENTS: _appointments, DayPart.MESSAGES: _undelivered, DayPart.DOCUMENTS: _documents}


def _of_cases(whose: Whose, only: str, cut: int) -> Iterable[Raw]:
    """Parts whose rows point to their case, each of one or more selections: one query for all, each row with the name
    of its part.
    """
    wanted = [build for part, build in _CASES.items() if only in ("", part)]
    parts = [found[:cut] for build in wanted for found in build(whose)]
    if not parts:
        return []
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _deadlines(whose: Whose) -> list[QuerySet]:
    """Near or past."""
    until = clock.today() + timedelta(days=NEAR_DAYS)
    found = Deadline.objects.for_office(whose.office).filter(whose.cases(), done_at=None, due_on__lte=until)
    found = found.filter(case__state__in=WORKED_ON).order_by(*whose.order("due_on", "id"))
    part = Value(DayPart.DEADLINES.value)
    return [found.values_list(part, "uuid", "version", "kind", "text", "due_on", "case_id")]


def _steps(whose: Whose) -> list[QuerySet]:
    """Whose day has come."""
    found = PlanStep.objects.for_office(whose.office).filter(whose.cases(), done_at=None, due_on__lte=clock.today())
    found = found.filter(case__state=CaseState.OPEN).order_by(*whose.order("due_on", "id"))
    part = Value(DayPart.STEPS.value)
    return [found.values_list(part, "uuid", "version", "hint_code", "text", "due_on", "case_id")]


def _referrals(whose: Whose) -> list[QuerySet]:
    """Sent and not answered for five working days, nor asked about in the last five."""
    since = clock.at(before_working_days(clock.today(), ANSWER_WORKING_DAYS), 0)
    present = F(f"partner__name_{get_language()}")
    named = Coalesce(NullIf(present, Value("")), F("partner__name_de"), output_field=CharField())
    found = Referral.objects.for_office(whose.office).filter(whose.cases(), state=ReferralState.SENT)
    found = found.filter(sent_at__lt=since, consent__withdrawn_at=None, case__state__in=WORKED_ON)
    found = found.filter(Q(reminded_at=None) | Q(reminded_at__lt=since)).order_by(*whose.order("sent_at", "id"))
    return [
        found.values_list(
            *(Value(DayPart.REFERRALS.value), "uuid", "version", Value("")),
            *(named, _day("sent_at"), "case_id"),
        )
    ]


def _calls(whose: Whose) -> list[QuerySet]:
    """Nobody was reached, and the day of the second try has come."""
    found = Case.objects.for_office(whose.office).filter(whose.cases("advisor"), second_try_on__lte=clock.today())
    found = found.filter(state__in=WORKED_ON).order_by(*whose.order("second_try_on", "id", column="advisor"))
    part = Value(DayPart.CALLS.value)
    return [found.values_list(part, "uuid", "version", Value(""), Value(""), "second_try_on", "pk")]


def _follow_ups(whose: Whose) -> list[QuerySet]:
    """Their day has come; `text` is how often nobody was reached."""
    found = FollowUp.objects.for_office(whose.office).filter(whose.cases(), state=FollowUpState.OPEN)
    found = found.filter(due_on__lte=clock.today()).order_by(*whose.order("due_on", "id"))
    part, months, tries = Value(DayPart.FOLLOW_UPS.value), Cast("months", CharField()), Cast("tries", CharField())
    return [found.values_list(part, "uuid", "version", months, tries, "due_on", "case_id")]


def _idle(whose: Whose) -> list[QuerySet]:
    """Open cases without an open step and without an appointment to come: the longest without contact first."""
    found = _without_next_step(Case.objects.for_office(whose.office).filter(state=CaseState.OPEN))
    found = found.order_by("last_contact_at", "id")
    columns = (Value(DayPart.IDLE.value), "uuid", "version", "phase", Value(""), _day("last_contact_at"), "pk")
    return [found.filter(cases).values_list(*columns) for cases in whose.each("advisor")]


def _without_next_step(cases: QuerySet) -> QuerySet:
    """Those of `cases` without an open step and without an appointment to come.

    PostgreSQL looks a case's steps up when it comes to it along the index that sorts, and stops after the lines that
    are shown. With NOT EXISTS it would join and sort all open cases first: with many of them that takes a hundred times
    as long, and twice as long to plan.
    """
    steps = PlanStep.objects.filter(case=OuterRef("pk"), done_at=None)
    coming = Appointment.objects.not_over().filter(case=OuterRef("pk"))
    return cases.alias(is_idle=_nothing_in(steps), is_not_expected=_nothing_in(coming)).filter(
        is_idle=True, is_not_expected=True
    )


def _nothing_in(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(found=Value(False))[:1]), Value(True))


def _day(moment: str) -> TruncDate:
    return TruncDate(moment, tzinfo=clock.BERLIN)


def _answers(whose: Whose) -> list[QuerySet]:
    """What founders answered and nobody has read."""
    found = AskBack.objects.for_office(whose.office).filter(whose.cases(), state=AskBackState.ANSWERED, seen_at=None)
    found = found.filter(case__isnull=False).order_by(*whose.order("answered_at", "id"))
    part = Value(DayPart.ANSWERS.value)
    return [found.values_list(part, "uuid", "version", "block", Value(""), _day("answered_at"), "case_id")]


_CASES = {
    DayPart.ANSWERS: _answers,
    DayPart.CALLS: _calls,
    DayPart.DEADLINES: _deadlines,
    DayPart.STEPS: _steps,
    DayPart.REFERRALS: _referrals,
    DayPart.FOLLOW_UPS: _follow_ups,
    DayPart.IDLE: _idle,
}
