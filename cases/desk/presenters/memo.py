"""*Vermerk*: a contact or a whole case in words that fit into the office's own file (domain rule 18).

Always in German, because that file is German; people's own words stay as they were written. Whether somebody came to
an appointment has no line in the timeline (rule 2), so it cannot come in here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from cases.appointments.models import Appointment
from cases.files.models import Case, PlanStep, TimelineEntry, Translation
from cases.files.selectors import funding_of
from cases.files.translating import words_of
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short, moment_words
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.printing import Paper, from_html, isolated, ltr, own_words
from intake import questions
from network.people.models import Membership

from .case import application_words, next_of, spellings, step_lines
from .funding import funding_rows
from .timeline import detail_of

LANGUAGE = "de"
TEMPLATE = "cases/desk/memo.typ"
MOST_LINES, MOST_LETTERS = 10, 400  # of a whole case, so that it stays on one page
MOST_STEPS = 3
MOST_FUNDINGS = 4  # the latest requests
IDEA = "idea"
_ISOLATES = re.compile("[\u2066-\u2069]")


@dataclass(frozen=True)
class MemoLine:
    """What happened, when and by whom; `text` are somebody's own words."""

    title: str
    when: str
    text: str


@dataclass(frozen=True)
class Memo:
    """`facts` are pairs of label and value; all of it in German, numbers and names set off with isolates."""

    heading: str
    made: str
    facts: list[tuple[str, str]]
    lines_heading: str
    lines: list[MemoLine]
    steps_heading: str
    steps: list[str]

    @property
    def text(self) -> str:
        """For copying: without the marks that only a screen or paper needs."""
        parts = [self.heading, self.made, "", *(f"{label}: {value}" for label, value in self.facts)]
        if self.lines:
            parts += ["", f"{self.lines_heading}:"]
            for line in self.lines:
                parts += [f"– {line.when}: {line.title}", *([line.text] if line.text else [])]
        if self.steps:
            parts += ["", f"{self.steps_heading}:", *(f"{n}. {step}" for n, step in enumerate(self.steps, 1))]
        return _ISOLATES.sub("", "\n".join(parts)) + "\n"

    @property
    def paper(self) -> Paper:
        """For printing, and for a file that takes PDFs."""
        body: dict[str, Any] = {
            "heading": [self.heading],
            "made": [self.made],
            "facts": [{"label": label, "value": value} for label, value in self.facts],
            "lines_heading": [self.lines_heading],
            "lines": [
                {"title": line.title, "when": line.when, "own": own_words(line.text) if line.text else None}
                for line in self.lines
            ],
            "steps_heading": [self.steps_heading],
            "steps": self.steps,
        }
        return Paper(TEMPLATE, self.heading, [LANGUAGE], body)


def case_memo(
    case: Case,
    entries: Sequence[TimelineEntry],
    steps: Iterable[PlanStep],
    appointments: Iterable[Appointment],
    by: Membership,
    translations: Mapping[str, Translation],
) -> Memo:
    """The whole `case` as `by` takes it along: where it stands, the newest of `entries` in short, the next steps.

    `translations` are those of the idea, by language (cases.files.translating).
    """
    with override(LANGUAGE):
        following = next_of(appointments)
        facts = [
            *_who(case),
            *_idea(case, translations.get(LANGUAGE)),
            (_("Phase"), case.get_phase_display()),
            (_("State"), " · ".join(filter(None, [case.get_state_display(), case.get_outcome_display()]))),
            (_("Advisor"), isolated(case.advisor.user.name) if case.advisor else pgettext("advisor", "Nobody")),
            (_("Application"), application_words(case)),
            *funding_rows(funding_of(case)[-MOST_FUNDINGS:]),
            (_("Next appointment"), moment_words(following.starts_at) if following else _("None planned")),
        ]
        lines = [
            MemoLine(line.title, line.when, Truncator(line.text).chars(MOST_LETTERS))
            for line in _lines(entries[:MOST_LINES])
        ]
        return _memo(facts, _("Latest contacts"), lines, steps, by)


def contact_memo(case: Case, entries: Sequence[TimelineEntry], steps: Iterable[PlanStep], by: Membership) -> Memo:
    """One contact, which is all `entries` of one moment, whole."""
    with override(LANGUAGE):
        return _memo(_who(case), _("Contact"), _lines(entries), steps, by)


def _memo(
    facts: list[tuple[str, str]], heading: str, lines: list[MemoLine], steps: Iterable[PlanStep], by: Membership
) -> Memo:
    open_steps = [line for line in step_lines(steps) if line.step.done_at is None]
    made = _("Made on %(moment)s by %(name)s") % {
        "moment": moment_words(clock.now()),
        "name": isolated(by.user.name),
    }
    words = [_step_words(line.title, line.step) for line in open_steps[:MOST_STEPS]]
    return Memo(_("Memo from the start-up workshop"), made, facts, heading, lines, _("Next steps"), words)


def _who(case: Case) -> list[tuple[str, str]]:
    founder = case.founder
    names = [founder.display_name, *spellings(founder)]
    languages = listed(questions.label("languages", code) for code in founder.languages)
    rows = [
        (_("Name"), " · ".join(isolated(name) for name in names)),
        (_("Date of birth"), day_short(founder.born_on) if founder.born_on else ""),
        (_("Case"), ltr(case.reference)),
        (_("Languages"), languages),
    ]
    return [(str(label), value) for label, value in rows if value]


def _idea(case: Case, german: Translation | None) -> list[tuple[str, str]]:
    """The idea as the founder wrote it, and what somebody made of it in German."""
    words = words_of(case.submission, IDEA) if case.submission else None
    if words is None:
        return []
    rows = [(str(questions.QUESTIONS[IDEA].title), _in_one_line(words.text))]
    if german is not None:
        who = listed([isolated(german.author.user.name), day_short(german.written_at)])
        stale = "" if german.source_digest == words.digest else _("the founder's words were changed after it")
        machine = _("suggested by a machine, checked") if german.is_from_machine else ""
        rows.append((_("Translation"), " · ".join(filter(None, [_in_one_line(german.text), who, machine, stale]))))
    return rows


def _in_one_line(text: str) -> str:
    return isolated(Truncator(" ".join(text.split())).chars(MOST_LETTERS))


def _lines(entries: Iterable[TimelineEntry]) -> list[MemoLine]:
    return [
        MemoLine(
            title=": ".join(
                filter(
                    None, [entry.get_kind_display(), from_html(detail_of(entry.kind, entry.params, entry.office_id))]
                )
            ),
            when=", ".join(
                filter(
                    None, [moment_words(entry.happened_at), isolated(entry.author.user.name) if entry.author else ""]
                )
            ),
            text=entry.text,
        )
        for entry in entries
    ]


def _step_words(title: str | Promise, step: PlanStep) -> str:
    if not step.due_on:
        return str(title)
    return _("%(step)s (until %(day)s)") % {"step": title, "day": day_short(step.due_on)}
