"""What became of a case since it was opened: moves, notes, appointments, steps, and its end."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.types.json import Jsonb

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.enums import CaseState, ChangeKind, Outcome, Phase, TimelineKind
from cases.files.erasure import CASE
from cases.files.models import Case, Note, PlanStep, StatusChange, TimelineEntry
from cases.files.rules import PHASES
from gruendungswerkstatt.common import retention
from gruendungswerkstatt.common.clock import at, local
from gruendungswerkstatt.common.ids import new_uuid
from network.people.models import Membership

from .founders import Person
from .sheets import Sheet
from .words import NOTES, PASSED_ON, PAUSED, TOPICS

FOUNDED = (Outcome.FOUNDED_FULL_TIME, Outcome.FOUNDED_SIDE)
ENDED_BEFORE = (
    Outcome.OTHER_WORK,
    Outcome.TRAINING,
    Outcome.MOVED_AWAY,
    Outcome.WITHDRAWN,
    Outcome.NOT_VIABLE,
    Outcome.NOT_REACHABLE,
)
A_DAY = timedelta(days=1)
FRIDAY = 4


def in_office_hours(moment: datetime) -> datetime:
    """A moment near `moment` at which people work: from eight to five, the weekend's on the Monday after it."""
    here = local(moment)
    weekend = A_DAY * (7 - here.weekday()) if here.weekday() > FRIDAY else timedelta()
    return at(here.date() + weekend, 8 + here.hour * 9 // 24, here.minute)


@dataclass(frozen=True)
class Ending:
    """Where a case stands in the end."""

    state: CaseState
    outcome: str
    reason: str


class Lives:
    """Fills the sheets of cases and everything that hangs on them."""

    def __init__(self, chance: random.Random, office_id: int, present: datetime):
        self.chance = chance
        self.office_id = office_id
        self.present = present
        self.cases = Sheet(
            Case,
            *("id", "uuid", "office_id", "founder_id", "submission_id", "reference", "phase", "state", "outcome"),
            *("advisor_id", "sector", "planned_start_on", "opened_at", "last_contact_at", "closed_at"),
            *("delete_after_on", "sort_name", "version"),
        )
        self.notes = Sheet(Note, "uuid", "office_id", "case_id", "author_id", "text", "written_at")
        self.changes = Sheet(
            StatusChange, *("office_id", "case_id", "kind", "before", "after", "reason", "author_id", "changed_at")
        )
        self.timeline = Sheet(
            TimelineEntry, "office_id", "case_id", "kind", "params", "text", "author_id", "happened_at"
        )
        self.steps = Sheet(PlanStep, "uuid", "office_id", "case_id", "hint_code", "created_at", "done_at")
        self.appointments = Sheet(
            Appointment,
            *("uuid", "office_id", "case_id", "advisor_id", "starts_at", "ends_at", "topic", "state"),
            *("created_by_id", "created_at"),
        )
        self.sheets = (self.cases, self.notes, self.changes, self.timeline, self.steps, self.appointments)

    def add(
        self, case_id: int, person: Person, advisor: Membership | None, by: Membership, *, stays_open: bool
    ) -> None:
        """A case opened by `by` soon after `person` wrote, and its life until now; without advisor it has none yet."""
        opened_at = min(in_office_hours(person.sent_at + A_DAY * self.chance.uniform(1, 3)), self.present)
        self._line(case_id, TimelineKind.CASE_OPENED, by, opened_at)
        for hint_code in person.profile.hint_codes:
            self.steps.add(new_uuid(), self.office_id, case_id, hint_code, opened_at, None)
        phase, ending, moments = Phase.ACCESS, Ending(CaseState.OPEN, "", ""), [opened_at]
        if advisor is not None:
            self.changes.add(self.office_id, case_id, ChangeKind.ADVISOR, "", str(advisor.uuid), "", by.pk, opened_at)
            moments += self._moments(opened_at)
            phase = self._phases(case_id, advisor, moments[1:])
            ending = ending if stays_open else self._ending(phase, opened_at)
            self._contacts(case_id, advisor, moments[1:])
            self._end(case_id, advisor, ending, moments[-1])
        closed_at = moments[-1] if ending.state == CaseState.CLOSED else None
        delete_after_on = retention.by_code(CASE).default.after(local(closed_at).date()) if closed_at else None
        self.cases.add(
            *(case_id, new_uuid(), self.office_id, person.founder_id, person.submission_id, person.reference, phase),
            *(ending.state, ending.outcome, advisor.pk if advisor else None, person.profile.sector),
            *(person.planned_start, opened_at, moments[-1], closed_at, delete_after_on),
            *(person.sort_name, len(moments)),
        )

    def _moments(self, opened_at: datetime) -> list[datetime]:
        """When something happened: one to four times, in order, until now."""
        until_now = self.present - opened_at
        moments = (opened_at + until_now * self.chance.random() for _ in range(self.chance.choice((1, 1, 1, 2, 2, 4))))
        return sorted(min(max(in_office_hours(moment), opened_at), self.present) for moment in moments)

    def _phases(self, case_id: int, advisor: Membership, moments: list[datetime]) -> Phase:
        """Forward by one phase at some of the moments; the phase reached."""
        reached = 0
        for moment in moments:
            if reached + 1 < len(PHASES) and self.chance.random() < 0.7:
                before, after = PHASES[reached], PHASES[reached + 1]
                self._change(case_id, ChangeKind.PHASE, TimelineKind.PHASE_CHANGED, before, after, "", advisor, moment)
                reached += 1
        return PHASES[reached]

    def _ending(self, phase: Phase, opened_at: datetime) -> Ending:
        """The older a case, the more often it has ended; who got as far as the start has often founded."""
        roll = self.chance.random()
        if roll < 0.7 * min((self.present - opened_at) / (A_DAY * 500), 1):
            outcomes = FOUNDED if PHASES.index(phase) >= PHASES.index(Phase.START) else ENDED_BEFORE
            return Ending(CaseState.CLOSED, self.chance.choice(outcomes), "")
        if roll > 0.97:
            return Ending(CaseState.HANDED_OVER, "", PASSED_ON)
        if roll > 0.9:
            return Ending(CaseState.RESTING, "", self.chance.choice(PAUSED))
        return Ending(CaseState.OPEN, "", "")

    def _end(self, case_id: int, advisor: Membership, ending: Ending, moment: datetime) -> None:
        if ending.state != CaseState.OPEN:
            self._change(
                case_id,
                ChangeKind.STATE,
                TimelineKind.STATE_CHANGED,
                CaseState.OPEN,
                ending.state,
                ending.reason,
                advisor,
                moment,
                **({"outcome": ending.outcome} if ending.outcome else {}),
            )

    def _contacts(self, case_id: int, advisor: Membership, moments: list[datetime]) -> None:
        """Often a note at the first moment, and an appointment that took place at the second of many."""
        if self.chance.random() < 0.7:
            text = self.chance.choice(NOTES)
            self.notes.add(new_uuid(), self.office_id, case_id, advisor.pk, text, moments[0])
            self._line(case_id, TimelineKind.NOTE, advisor, moments[0], text=text)
        if len(moments) > 2:
            self._appointment(case_id, advisor, moments[0], moments[1])

    def _appointment(self, case_id: int, advisor: Membership, planned_at: datetime, ended_at: datetime) -> None:
        starts_at = max(planned_at, ended_at - timedelta(minutes=45))
        uuid = new_uuid()
        self.appointments.add(
            *(uuid, self.office_id, case_id, advisor.pk, starts_at, starts_at + timedelta(minutes=45)),
            *(self.chance.choice(TOPICS), AppointmentState.TOOK_PLACE, advisor.pk, planned_at),
        )
        self._line(
            case_id,
            TimelineKind.APPOINTMENT_ENDED,
            advisor,
            ended_at,
            outcome=AppointmentState.TOOK_PLACE,
            appointment=str(uuid),
            starts_at=local(starts_at).isoformat(),
        )

    def _change(
        self,
        case_id: int,
        kind: ChangeKind,
        line: TimelineKind,
        before: str,
        after: str,
        reason: str,
        by: Membership,
        moment: datetime,
        **more: str,
    ) -> None:
        self.changes.add(self.office_id, case_id, kind, before, after, reason, by.pk, moment)
        self._line(case_id, line, by, moment, text=reason, before=before, after=after, **more)

    def _line(
        self, case_id: int, kind: TimelineKind, by: Membership, moment: datetime, *, text: str = "", **params: str
    ) -> None:
        self.timeline.add(self.office_id, case_id, kind, Jsonb(params), text, by.pk, moment)
