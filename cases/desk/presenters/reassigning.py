"""What lies under one name and goes to another one, in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.appointments.models import Appointment
from cases.desk.enums import HandedOn
from cases.desk.selectors.reassigning import how_much
from cases.files.models import Case
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short, moment_words
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.templatetags.bidi import bdi
from intake import office_hints
from network.people.models import Membership
from network.people.signals import LeftBehind

from .deadlines import due_badge
from .submission import Badge
from .worklist import STATE_BADGES

KINDS = {HandedOn.DONE: "success", HandedOn.BUSY: "danger"}


@dataclass(frozen=True)
class CaseLine:
    """A case that is open, with what waits in it."""

    case: Case
    badges: tuple[Badge, ...]
    facts: tuple[Any, ...]
    is_chosen: bool


@dataclass(frozen=True)
class AppointmentLine:
    """An appointment to come; `seen` names it with its version for the form."""

    appointment: Appointment
    when: str
    badge: Badge | None = None
    is_chosen: bool = False

    @property
    def seen(self) -> str:
        return f"{self.appointment.uuid}:{self.appointment.version}"


def case_lines(cases: Iterable[Case], chosen: Collection[Any] = ()) -> list[CaseLine]:
    """Cases of `open_under` in words; `chosen` are those that were ticked."""
    today = clock.today()
    return [
        CaseLine(case, tuple(_badges(case, today)), tuple(_facts(case)), is_chosen=case.uuid in chosen)
        for case in cases
    ]


def appointment_lines(
    appointments: Iterable[Appointment], results: Mapping[Any, HandedOn] | None = None, chosen: Collection[Any] = ()
) -> list[AppointmentLine]:
    """Appointments in words, each with what becomes of it if that is known."""
    return [
        AppointmentLine(one, moment_words(one.starts_at), _badge(results, one), is_chosen=one.uuid in chosen)
        for one in appointments
    ]


def left_behind(member: Membership, reader: Membership) -> LeftBehind | None:
    """How much is open under the name of `member`; those who may reassign it are led there."""
    cases, appointments = how_much(member)
    if not (cases or appointments):
        return None
    numbers = [
        *([ngettext("%(n)s open case", "%(n)s open cases", cases) % {"n": cases}] if cases else []),
        *(
            [ngettext("%(n)s appointment", "%(n)s appointments", appointments) % {"n": appointments}]
            if appointments
            else []
        ),
    ]
    words = _("Under this person's name there are still: %(numbers)s. Nobody else gets them by themselves.")
    words = words % {"numbers": listed(numbers)}
    if not (reader.is_team_lead and reader.is_office_staff):
        return LeftBehind(words + " " + _("A team lead can hand them to somebody else."))
    return LeftBehind(words, reverse("cases:reassign", args=[member.uuid]), _("Hand them to somebody else"))


def tell_left_behind(sender: Any, *, member: Membership, reader: Membership, **_named: Any) -> LeftBehind | None:
    """`left_behind` for whoever asks by the signal."""
    return left_behind(member, reader) if member.organisation_id == reader.organisation_id else None


def _badge(results: Mapping[Any, HandedOn] | None, one: Appointment) -> Badge | None:
    if results is None:
        return None
    return Badge(KINDS.get(results[one.uuid], "warning"), results[one.uuid].label)


def _badges(case: Case, today: date) -> Iterable[Badge]:
    yield Badge(STATE_BADGES[case.state], case.get_state_display())
    step = case.next_step[0] if case.next_step else None
    due = [date.fromisoformat(step["due_on"])] if step and step["due_on"] else []
    due += [day for day in (case.next_deadline_on, case.next_follow_up_on) if day]
    if due and min(due) <= today:
        yield due_badge(min(due), today)


def _facts(case: Case) -> Iterable[Any]:
    yield _step(case)
    if case.next_deadline_on:
        yield format_html("{}: {}", _("Next deadline"), day_short(case.next_deadline_on))
    if case.next_follow_up_on:
        yield format_html("{}: {}", _("Next follow-up"), day_short(case.next_follow_up_on))
    if case.next_appointment_at:
        yield format_html("{}: {}", _("Next appointment"), moment_words(case.next_appointment_at))
    if n := case.unanswered:
        yield ngettext("%(n)s referral without an answer", "%(n)s referrals without an answer", n) % {"n": n}
    if n := case.questions:
        yield ngettext("%(n)s open question", "%(n)s open questions", n) % {"n": n}
    if n := case.documents:
        yield ngettext("%(n)s document to look at", "%(n)s documents to look at", n) % {"n": n}


def _step(case: Case) -> Any:
    if not case.next_step:
        return _("No next step")
    step = case.next_step[0]
    words = office_hints.words_of(case.office_id, step["hint"]) if step["hint"] else None
    title = bdi(step["text"] or (words.title if words else step["hint"]))
    if not step["due_on"]:
        return format_html("{}: {}", _("Next step"), title)
    return format_html("{}: {} ({})", _("Next step"), title, day_short(date.fromisoformat(step["due_on"])))
