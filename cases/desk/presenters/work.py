"""What can be done with a case: forms on pages of their own, and how they wait closed on the case page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from cases.files.models import Case
from cases.files.rules import WORKED_ON
from gruendungswerkstatt.common.rows import row_url

from .case import CaseHead
from .deadlines import DeadlineLine


@dataclass(frozen=True)
class Work:
    """One thing to do: `name` of the address that takes its form, what it is called, the text of its button."""

    name: str
    title: Any
    submit: Any
    about: tuple[Any, ...] = ()  # what to know before


WORK = {
    "call": Work("call_log", _("Call with a note"), _("Save call")),
    "step": Work("step_create", _("Add a step"), _("Add step")),
    "deadline": Work("deadline_create", _("Add a deadline"), _("Set deadline")),
    "phase": Work("phase_move", _("Phase"), _("Change phase")),
    "application": Work("application_record", _("Application"), _("Record application")),
    "age": Work("age_record", _("18 or older"), _("Record age")),
    "advisor": Work("advisor_assign", _("Advisor"), _("Change advisor")),
    "state": Work("state_change", _("State"), _("Change state")),
    "close": Work("state_change", _("Close case"), _("Close case")),
    "new_code": Work(
        "code_renew",
        _("New code"),
        _("Make a new code"),
        (_("The code opens next step, time and place of appointments. The old one ends at once."),),
    ),
    "new_pin": Work(
        "pin_set",
        _("New PIN"),
        _("Set a new PIN"),
        (
            _(
                "The PIN opens messages, consents, who has seen the data, all data, and deletion. "
                "The old one ends at once."
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Opener:
    """A part that waits closed: its `title`, and the page at `url` that has it under the id `part`.

    `link` says what is there, for whom opens it without a script. `seen` is the version that the page around it shows:
    a form that is fetched later is about that one, so a change meanwhile is told and not passed over.
    """

    title: Any
    url: str
    part: str
    link: Any
    seen: int = 0


@dataclass(frozen=True)
class Sheet:
    """A form on its page. `refusal` stands in its place where it cannot be used."""

    part: str
    url: str
    title: Any
    submit: Any
    form: Any
    about: tuple[Any, ...] = ()
    refusal: Any = ""


def part_of(code: str) -> str:
    """The id of a form's part on its page."""
    return f"sheet-{code}"


def sheet(case: Case, form: Any, *, refusal: Any = "") -> Sheet:
    """`form` of a case on its page."""
    work = WORK[form.code]
    return Sheet(
        part_of(form.code), _address(case, work), work.title, work.submit, form, about=work.about, refusal=refusal
    )


def opener(case: Case, code: str, said: SafeString | str = "") -> Opener:
    """The form `code` as it waits on the case page; `said` is how things stand."""
    work = WORK[code]
    title = format_html("{}: {}", work.title, said) if said else work.title
    return Opener(title, _address(case, work), part_of(code), work.submit, case.version)


def work_openers(case: Case, head: CaseHead, *, is_age_asked_here: bool) -> list[Opener]:
    """What can be done with the case itself, in the order of the page."""
    advisor = format_html("<bdi>{}</bdi>", case.advisor.user.name) if case.advisor else pgettext("advisor", "Nobody")
    openers = [opener(case, "phase", case.get_phase_display()), opener(case, "application", head.application)]
    if head.asks_age and not is_age_asked_here:
        openers.append(opener(case, "age", head.of_age))
    openers += [opener(case, "advisor", advisor), opener(case, "state", case.get_state_display())]
    if case.state in WORKED_ON:
        openers.append(opener(case, "close"))
    return openers


def step_openers(case: Case, done: int) -> list[Opener]:
    """A new step, and those that are `done`."""
    words = ngettext("%(n)s step done", "%(n)s steps done", done) % {"n": done}
    return [opener(case, "step"), *_done(case, "step", done, words)]


def deadline_openers(case: Case, done: int) -> list[Opener]:
    """A new deadline while the case is worked on, and those that are `done`."""
    words = ngettext("%(n)s deadline done", "%(n)s deadlines done", done) % {"n": done}
    first = [opener(case, "deadline")] if case.state in WORKED_ON else []
    return [*first, *_done(case, "deadline", done, words)]


def answers_openers(case: Case, further: int) -> list[Opener]:
    """The answers of the enquiry and of `further` ones; nothing where there was none."""
    if case.submission_id is None and not further:
        return []
    title = _("Answers of the enquiry")
    if further:
        more = ngettext("%(n)s further enquiry", "%(n)s further enquiries", further) % {"n": further}
        title = format_html("{} · {}", title, more)
    return [Opener(title, row_url("cases:case_answers", case.uuid), "answers-all", _("Read the answers"))]


def _done(case: Case, code: str, done: int, words: str) -> list[Opener]:
    return [Opener(words, _address(case, WORK[code]), f"{code}s-done", words)] if done else []


def with_changing(lines: Iterable[DeadlineLine]) -> list[DeadlineLine]:
    """Open deadlines with the way to another day."""
    return [replace(line, changing=(_changing(line),)) for line in lines]


def _changing(line: DeadlineLine) -> Opener:
    url = row_url("cases:deadline_change", line.deadline.uuid)
    title = format_html('{}<span class="kern-sr-only">: {}</span>', _("Change the day"), line.title)
    return Opener(title, url, part_of(f"change-{line.deadline.uuid}"), _("Change deadline"), line.deadline.version)


def changing_sheet(line: DeadlineLine, form: Any) -> Sheet:
    """Another day of a deadline, on its page."""
    url = row_url("cases:deadline_change", line.deadline.uuid)
    title = format_html("{}: {}", _("Change the day"), line.title)
    return Sheet(part_of(form.code), url, title, _("Change deadline"), form)


def _address(case: Case, work: Work) -> str:
    return row_url(f"cases:{work.name}", case.uuid)
