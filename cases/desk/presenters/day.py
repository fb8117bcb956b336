""" "My day" in words: parts with lines, each with who must act and what is usually done next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cases.appointments.enums import Place
from cases.desk.enums import DayPart
from cases.desk.selectors import Day, DayRow
from cases.files.enums import AskBackBlock, Phase
from gruendungswerkstatt.audit.tokens import new_token
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.rows import row_url
from gruendungswerkstatt.common.templatetags.bidi import bdi, day_short, moment_words, phone_link, time_of_day
from gruendungswerkstatt.documents.enums import DocumentKind
from gruendungswerkstatt.messaging.enums import Channel
from intake import office_hints
from intake.enums import SubmissionState
from intake.models import Submission
from intake.rules import ANSWER_WITHIN_WORKING_DAYS
from intake.workdays import working_days_since
from network.people.models import Membership

from .deadlines import deadline_title, due_badge
from .followups import months_words
from .submission import Badge, inbox_row

OFFICE = "office"  # in the address: everybody's


@dataclass(frozen=True, slots=True)
class Deed:
    """The usual next thing: a form with `hidden` values and a button for each of `buttons` (name, value, label).

    `asks`: label of the one field that has to be filled in.
    """

    url: str
    buttons: tuple[tuple[str, str, Any], ...]
    hidden: tuple[tuple[str, str], ...] = ()
    asks: Any = ""
    token: str = field(default_factory=new_token)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line: whose and where, what, who must act, the next thing to do or a link to it."""

    name: str
    url: str
    reference: str
    badges: tuple[Badge, ...]
    facts: tuple[Any, ...]
    actor: Any
    deed: Deed | None = None
    links: tuple[tuple[str, Any], ...] = ()  # address, text


@dataclass(frozen=True)
class Section:
    """A part of the day. `more` is the address with more of its lines, "" if these are all or no more are shown."""

    code: str
    title: Any
    lines: list[DayLine]
    is_cut: bool
    more: str


@dataclass(frozen=True)
class Reader:
    """Who reads: the line's `actor` is "You" for `membership`; `query` keeps the view that was chosen."""

    membership: Membership
    is_office: bool
    covered: tuple[int, ...] = ()  # colleagues who are away and whose deputy the reader is

    @property
    def query(self) -> str:
        return f"?whose={OFFICE}" if self.is_office else ""

    def actor(self, row: DayRow | None) -> Any:
        """Who must act; whoever comes first where nobody is named."""
        if row is None or row.advisor is None:
            return pgettext("who acts", "Nobody yet: whoever comes first")
        if row.advisor in self.covered:
            return format_html("{} {}", pgettext("who acts", "You, as deputy of"), bdi(row.advisor_name))
        return pgettext("who acts", "You") if row.advisor == self.membership.pk else bdi(row.advisor_name)

    def deed(self, name: str, key: Any, *buttons: tuple[str, str, Any], **more: Any) -> Deed:
        return Deed(row_url(f"cases:{name}", key) + self.query, buttons, **more)


def day_sections(day: Day, reader: Reader, only: str = "") -> list[Section]:
    """The parts of `day` that have lines, in the order of the page; with `only` that part, be it empty."""
    lines: dict[str, list[DayLine]] = {DayPart.ENQUIRIES: [_enquiry(row, reader) for row in day.enquiries]}
    lines |= {part: [line(row, reader) for row in day.rows.get(part, ())] for part, line in _LINES.items()}
    return [_section(part, lines[part], day.lines, reader, only) for part in DayPart if lines[part] or part == only]


def _section(part: DayPart, lines: list[DayLine], most: int, reader: Reader, only: str) -> Section:
    is_cut = len(lines) > most
    sign = "&" if reader.query else "?"
    more = f"{reverse('cases:day_detail')}{reader.query}{sign}only={part}" if is_cut and not only else ""
    return Section(part.value, part.label, lines[:most], is_cut, more)


_REACHED = (("reached", "yes", gettext_lazy("Called and reached")), ("reached", "no", gettext_lazy("Not reached")))


def _button(label: Any) -> tuple[str, str, Any]:
    return ("", "", label)


def _case(row: DayRow, part: str = "") -> dict[str, Any]:
    """What every line about a case begins with."""
    address = row_url("cases:case_detail", row.case.uuid)
    return {
        "name": row.case.name_latin or row.case.name,
        "url": f"{address}#{part}" if part else address,
        "reference": row.case.reference,
    }


def _enquiry(submission: Submission, reader: Reader) -> DayLine:
    """Waiting: read it and open a case. Somebody who has lost the code: call back."""
    row, url = inbox_row(submission), row_url("cases:submission_detail", submission.uuid)
    facts = [bdi(submission.municipality.name), row.languages, row.interpreter, row.sector]
    is_waiting = submission.state == SubmissionState.SENT
    if is_waiting:
        facts.append(_waited(clock.local(submission.sent_at).date()))
    # Whoever has to be looked at twice is read first; the page of the enquiry then opens the case.
    is_plain = is_waiting and submission.is_confirmed and not submission.check_marks
    deed = None
    if is_plain:
        hidden = (("advisor", str(reader.membership.uuid)),)
        deed = reader.deed("submission_accept", submission.uuid, _button(_("Open case")), hidden=hidden)
    return DayLine(
        name=submission.name,
        url=url,
        reference=submission.reference,
        badges=tuple(row.badges),
        facts=tuple(fact for fact in facts if fact),
        actor=reader.actor(None),
        deed=deed,
        links=((url, _("Read the enquiry") if is_waiting else _("Call back")),),
    )


def _waited(sent_on: date) -> SafeString | str:
    days = working_days_since(sent_on, clock.today())
    words = ngettext(
        "Waiting for %(n)s working day (aim: %(most)s)", "Waiting for %(n)s working days (aim: %(most)s)", days
    )
    return words % {"n": days, "most": ANSWER_WITHIN_WORKING_DAYS}


def _appointment(row: DayRow, reader: Reader) -> DayLine:
    is_today = clock.local(row.day).date() == clock.today()
    has_begun = row.day <= clock.now()
    deed, links = None, ()
    if has_begun:
        hidden = (("version", str(row.version)),)
        deed = reader.deed("day_appointment", row.uuid, _button(_("Took place")), hidden=hidden)
        links = ((row_url("appointments:appointment_outcome", row.uuid), _("Another outcome")),)
    else:
        links = ((row_url("appointments:appointment_move", row.uuid), _("Move or change")),)
    return DayLine(
        **_case(row),
        badges=() if is_today else (Badge("warning", _("Outcome missing")),),
        facts=tuple(
            fact
            for fact in (
                time_of_day(row.day) if is_today else moment_words(row.day),
                Place(row.code).label,
                format_html('<span dir="auto">{}</span>', row.text) if row.text else "",
            )
            if fact
        ),
        actor=reader.actor(row),
        deed=deed,
        links=links,
    )


def _deadline(row: DayRow, reader: Reader) -> DayLine:
    title = deadline_title(row.code, row.text)
    return DayLine(
        **_case(row, "deadlines"),
        badges=(due_badge(row.day, clock.today()),),
        facts=(format_html('<span dir="auto">{}</span>', title),),
        actor=reader.actor(row),
        deed=reader.deed("day_deadline", row.uuid, _button(pgettext("deadline", "Done"))),
    )


def _step(row: DayRow, reader: Reader) -> DayLine:
    words = office_hints.words_of(reader.membership.organisation_id, row.code) if row.code else None
    title = row.text or (words.title if words else row.code)
    return DayLine(
        **_case(row, "steps"),
        badges=(due_badge(row.day, clock.today()),),
        facts=(format_html('<span dir="auto">{}</span>', title),),
        actor=reader.actor(row),
        deed=reader.deed("day_step", row.uuid, _button(pgettext("step", "Done"))),
    )


def _call(row: DayRow, reader: Reader) -> DayLine:
    return DayLine(
        **_case(row, "call"),
        badges=(due_badge(row.day, clock.today()),),
        facts=tuple(fact for fact in (_("The first call reached nobody"), phone_link(row.case.phone)) if fact),
        actor=reader.actor(row),
        deed=reader.deed("day_call", row.case.uuid, *_REACHED, hidden=(("part", DayPart.CALLS.value),)),
    )


def _message(row: DayRow, reader: Reader) -> DayLine:
    channels = listed(str(Channel(code).label) for code in row.code)
    return DayLine(
        **_case(row),
        badges=(Badge("danger", _("Not delivered: %(channels)s") % {"channels": channels}),),
        facts=tuple(
            fact
            for fact in (
                format_html("{}: {}", _("Appointment"), moment_words(row.day)),
                phone_link(row.case.phone),
            )
            if fact
        ),
        actor=reader.actor(row),
        deed=reader.deed("day_call", row.case.uuid, *_REACHED),
    )


def _document(row: DayRow, reader: Reader) -> DayLine:
    url = row_url("cases:document_detail", row.case.uuid, row.uuid)
    return DayLine(
        **_case(row, "documents"),
        badges=(),
        facts=(DocumentKind(row.code).label, format_html("{}: {}", _("Received"), day_short(row.day))),
        actor=reader.actor(row),
        links=((url, _("Look at it")),),
    )


def _referral(row: DayRow, reader: Reader) -> DayLine:
    return DayLine(
        **_case(row, "referrals"),
        badges=(),
        facts=(format_html("{}: {}", pgettext("referral", "Sent"), day_short(row.day)),),
        actor=format_html("{}: {}", _("The partner"), bdi(row.text)),
        deed=reader.deed("day_referral", row.uuid, _button(_("Asked again"))),
    )


def _answer(row: DayRow, reader: Reader) -> DayLine:
    about = AskBackBlock(row.code).label if row.code in AskBackBlock.values else _("Question in own words")
    return DayLine(
        **_case(row, "questions"),
        badges=(Badge("warning", _("New answer")),),
        facts=(about, format_html("{}: {}", _("Received"), day_short(row.day))),
        actor=reader.actor(row),
        deed=Deed(row_url("cases:ask_back_seen", row.uuid), (_button(_("I have read the answer")),)),
    )


def _follow_up(row: DayRow, reader: Reader) -> DayLine:
    hidden = (("version", str(row.version)),)
    return DayLine(
        **_case(row, "follow-ups"),
        badges=(due_badge(row.day, clock.today()),),
        facts=tuple(
            fact
            for fact in (
                months_words(int(row.code)),
                _("Was not reached once") if row.text != "0" else "",
                phone_link(row.case.phone),
            )
            if fact
        ),
        actor=reader.actor(row),
        deed=reader.deed("day_follow_up", row.uuid, _button(_("Not reached")), hidden=hidden),
        links=((row_url("cases:follow_up_detail", row.uuid), _("Record follow-up")),),
    )


def _idle(row: DayRow, reader: Reader) -> DayLine:
    return DayLine(
        **_case(row, "steps"),
        badges=(),
        facts=(Phase(row.code).label, format_html("{}: {}", _("Last contact"), day_short(row.day))),
        actor=reader.actor(row),
        deed=reader.deed("day_plan", row.case.uuid, _button(_("Add step")), asks=_("Next step")),
    )


_LINES: dict[str, Callable[[DayRow, Reader], DayLine]] = {
    DayPart.APPOINTMENTS: _appointment,
    DayPart.ANSWERS: _answer,
    DayPart.CALLS: _call,
    DayPart.DEADLINES: _deadline,
    DayPart.STEPS: _step,
    DayPart.MESSAGES: _message,
    DayPart.DOCUMENTS: _document,
    DayPart.REFERRALS: _referral,
    DayPart.FOLLOW_UPS: _follow_up,
    DayPart.IDLE: _idle,
}
