"""The case page in words: head, contact, steps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.appointments.models import Appointment
from cases.files.enums import ContactWay, DatePrecision, Phase, StepActor
from cases.files.models import Case, Founder, PlanStep
from cases.files.presenters import received_words
from cases.files.rules import PHASES
from cases.files.step_words import words_in
from cases.referrals.rules import is_adult
from gruendungswerkstatt.audit.tokens import new_token
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.templatetags.bidi import bdi, email_link, phone_link
from intake import hints, office_hints, questions
from intake.presenters import month_words

from .worklist import STATE_BADGES

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class PhaseMark:
    """One phase of the line: "done", "current" or "later"."""

    label: Any
    mark: str


@dataclass(frozen=True)
class CaseHead:
    """The top of a case page; `contact` and `talk` are rows of {% description_list %}.

    `asks_age` is False where an exact date of birth answers `of_age`.
    """

    spellings: list[str]
    badge: str
    phases: list[PhaseMark]
    phase_number: int
    contact: Rows
    talk: Rows
    application: str
    of_age: str
    asks_age: bool


def case_head(case: Case) -> CaseHead:
    """Names, phases and how to reach the founder of `case`, in the active language."""
    here = PHASES.index(Phase(case.phase))
    marks = ["done" if i < here else "current" if i == here else "later" for i in range(len(PHASES))]
    return CaseHead(
        spellings=spellings(case.founder),
        badge=STATE_BADGES[case.state],
        phases=[PhaseMark(phase.label, mark) for phase, mark in zip(PHASES, marks, strict=True)],
        phase_number=here + 1,
        contact=_answered(_contact(case.founder)),
        talk=_answered(_talk(case)),
        application=application_words(case),
        of_age=_of_age(is_adult(case.founder, clock.today())),
        asks_age=case.founder.born_precision != DatePrecision.DAY,
    )


def spellings(founder: Founder) -> list[str]:
    """The other names under which a founder is known, each once."""
    others = dict.fromkeys(name for name in (founder.name, founder.name_original) if name)
    return [name for name in others if name != founder.display_name]


def _contact(founder: Founder) -> Rows:
    """How to reach the founder safely."""
    return [
        {"key": _("Wants to be reached"), "value": founder.get_contact_way_display()},
        {"key": _("Telephone"), "value": _phone(founder)},
        {"key": _("E-mail"), "value": email_link(founder.email)},
        {"key": _("Helper"), "value": _helper(founder)},
        {"key": _("Good times to call"), "value": _labels("safe_times", founder.safe_times)},
        {"key": _("Reminders"), "value": _reminders(founder)},
        {"key": _("Own word in messages"), "value": bdi(founder.own_word)},
    ]


def _phone(founder: Founder) -> list[SafeString | str]:
    if not founder.phone:
        return []
    shared = [_("Others use this telephone too: say nothing about the matter.")] if founder.is_phone_shared else []
    return [phone_link(founder.phone), *shared]


def _helper(founder: Founder) -> list[SafeString | str]:
    """The helper with the answer to "May we call the helper?" (rule 15), unless it was yes."""
    if not founder.helper_contact:
        return []
    if founder.may_call_helper is None:
        note = [_("Please ask the founder first whether we may call the helper.")]
    else:
        note = [] if founder.may_call_helper else [_("Please do not call the helper.")]
    name, _comma, number = founder.helper_contact.rpartition(", ")
    if not number.startswith("+"):
        return [bdi(founder.helper_contact), *note]
    return [*([bdi(name)] if name else []), phone_link(number), *note]


def _reminders(founder: Founder) -> list[str]:
    wanted = ((ContactWay.SMS, founder.wants_sms), (ContactWay.EMAIL, founder.wants_email))
    ways = [str(way.label) for way, is_wanted in wanted if is_wanted]
    return [*ways, founder.get_reminder_style_display()] if ways else [_("None wished")]


def _talk(case: Case) -> Rows:
    """What to know before a talk."""
    answers = case.submission.answers if case.submission else {}
    return [
        {"key": _("Languages"), "value": _labels("languages", case.founder.languages)},
        {"key": _("Interpreter"), "value": _interpreter(case.founder, answers)},
        {"key": _("German"), "value": _label("german", answers.get("german", ""))},
        {"key": _("Preferred advisor"), "value": _label("advisor_gender", answers.get("advisor_gender", ""))},
        {"key": _("Help for the visit"), "value": _labels("visit_help", answers.get("visit_help", []))},
        {"key": _("Place of residence"), "value": bdi(case.founder.municipality.name)},
        {"key": _("Sector"), "value": _label("sector", case.sector)},
        {
            "key": _("Planned start"),
            "value": month_words(case.planned_start_on) if case.planned_start_on else "",
        },
    ]


def _interpreter(founder: Founder, answers: dict[str, Any]) -> str:
    if founder.needs_interpreter is None:
        return _label("interpreter", answers.get("interpreter", ""))
    return _("Needed") if founder.needs_interpreter else _("Not wished")


def application_words(case: Case) -> str:
    """Whether money was asked for, and when the request was received (rule 3)."""
    if case.has_application is None:
        return _("Not recorded yet")
    if not case.has_application or case.application_received_at is None:
        return _("No application")
    return _("Received on %(moment)s") % {"moment": received_words(case.application_received_at)}


def _of_age(is_known_adult: bool | None) -> str:
    if is_known_adult is None:
        return _("Not known yet")
    return _("Yes") if is_known_adult else _("No")


def _answered(rows: Rows) -> Rows:
    return [row for row in rows if row["value"]]


def _labels(question: str, codes: Iterable[str]) -> str:
    return listed(questions.label(question, code) for code in codes)


def _label(question: str, code: str) -> str:
    return questions.label(question, code) if code else ""


def next_of(appointments: Iterable[Appointment]) -> Appointment | None:
    """The next planned one of a case's appointments that has not ended."""
    coming = [one for one in appointments if one.is_planned and one.ends_at > clock.now()]
    return min(coming, key=lambda one: one.starts_at, default=None)


@dataclass(frozen=True)
class StepLine:
    """A step in words: the advisor's own, or those of its hint. `topic` is a code of the directory."""

    step: PlanStep
    title: Any
    text: Any
    source: str
    topic: str
    is_own_words: bool
    is_late: bool
    actor: str = ""  # said only where it is not the founder
    token: str = field(default_factory=new_token)  # of its button


def step_lines(steps: Iterable[PlanStep]) -> list[StepLine]:
    """`steps` as the case page lists them. A hint that no longer exists shows its code."""
    today = clock.today()
    return [_line(step, today) for step in steps]


def _line(step: PlanStep, today: date) -> StepLine:
    hint = hints.by_code(step.hint_code)
    is_late = step.done_at is None and step.due_on is not None and step.due_on < today
    if hint is None:
        said = words_in(step, get_language() or settings.LANGUAGE_CODE)
        actor = step.get_actor_display() if step.actor == StepActor.ADVISOR else ""
        return StepLine(step, said.text, "", "", "", is_own_words=not said.language, is_late=is_late, actor=actor)
    topic = hint.topics[0] if hint.topics else ""
    words = office_hints.words_of(step.office_id, hint.code)
    return StepLine(step, words.title, words.text, hint.source, topic, is_own_words=False, is_late=is_late)
