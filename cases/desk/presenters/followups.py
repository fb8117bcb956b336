"""Follow-ups in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.files.enums import FollowUpAnswer, FollowUpState, Work
from cases.files.models import FollowUp
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short

from .deadlines import due_badge
from .submission import Badge

KINDS = {FollowUpState.DONE: "success", FollowUpState.NOT_REACHED: "warning", FollowUpState.NOT_NEEDED: "info"}


@dataclass(frozen=True)
class FollowUpLine:
    """A follow-up: when it is, where it stands, what was said; `is_open` if it can be recorded."""

    follow_up: FollowUp
    title: str
    badge: Badge
    facts: list[str]
    is_open: bool


def follow_up_lines(follow_ups: Iterable[FollowUp]) -> list[FollowUpLine]:
    """`follow_ups` as the case page lists them."""
    return [_line(row) for row in follow_ups]


def _line(row: FollowUp) -> FollowUpLine:
    is_open = row.state == FollowUpState.OPEN
    badge = due_badge(row.due_on, clock.today()) if is_open else Badge(KINDS[row.state], row.get_state_display())
    answer = "" if row.is_in_business is None else (FollowUpAnswer.YES if row.is_in_business else FollowUpAnswer.NO)
    facts = [_("Was not reached once")] if is_open and row.tries else []
    return FollowUpLine(row, months_words(row.months), badge, [*facts, *_said(answer, row.work, row.jobs)], is_open)


def told(params: Mapping[str, Any]) -> list[str]:
    """The detail of a line of the timeline about a follow-up."""
    months, again_on = params.get("months"), params.get("again_on")
    answer, jobs = params.get("answer", ""), params.get("jobs")
    return [
        *([months_words(months)] if isinstance(months, int) else []),
        *_said(answer if answer != FollowUpAnswer.NOT_REACHED else "", params.get("work", ""), jobs),
        *([_("Again on %(day)s") % {"day": day_short(date.fromisoformat(again_on))}] if again_on else []),
    ]


def months_words(months: int) -> str:
    """ "3 months after closing"."""
    words = ngettext("%(n)s month after closing", "%(n)s months after closing", months)
    return words % {"n": months}


def _said(answer: str, work: str, jobs: int | None) -> list[str]:
    said = []
    if answer in FollowUpAnswer.values:
        said.append(_("Still in business: %(answer)s") % {"answer": FollowUpAnswer(answer).label})
    if work in Work.values:
        said.append(str(Work(work).label))
    if jobs is not None:
        said.append(ngettext("%(n)s employee", "%(n)s employees", jobs) % {"n": jobs})
    return said
