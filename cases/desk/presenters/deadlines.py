"""Deadlines in words, on the case page and on "My day"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import pgettext

from cases.files.enums import DeadlineKind
from cases.files.models import Deadline
from cases.files.rules import NEAR_DAYS
from gruendungswerkstatt.audit.tokens import new_token
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import day_short

from .submission import Badge


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline; `badge` says how near it is, None for one that is done."""

    deadline: Deadline
    title: Any
    badge: Badge | None
    changing: tuple[Any, ...] = ()  # how another day is set, on the case page
    token: str = field(default_factory=new_token)  # of its button


def deadline_lines(deadlines: Iterable[Deadline]) -> list[DeadlineLine]:
    """`deadlines` as the case page lists them."""
    today = clock.today()
    return [
        DeadlineLine(row, deadline_title(row.kind, row.text), None if row.done_at else due_badge(row.due_on, today))
        for row in deadlines
    ]


def deadline_title(kind: str, text: str) -> Any:
    """What it is about: own words for something else, else what every deadline of this kind is called."""
    return text if kind == DeadlineKind.OTHER else DeadlineKind(kind).label


def due_badge(due_on: date, today: date) -> Badge:
    """How near a day is: past, near or later."""
    words = {"day": day_short(due_on)}
    if due_on < today:
        return Badge("danger", pgettext("deadline", "Past since %(day)s") % words)
    if due_on == today:
        return Badge("warning", pgettext("deadline", "Today"))
    is_near = due_on <= today + timedelta(days=NEAR_DAYS)
    return Badge("warning" if is_near else "info", pgettext("deadline", "By %(day)s") % words)
