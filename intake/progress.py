"""How far somebody is, computed from the answers: nothing is counted that could go wrong."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .conditions import Answers
from .questions import Question
from .steps import GROUPS, STEPS, Group, Step, needed_groups


class Progress(TextChoices):
    """Where a group or step stands."""

    NOT_NEEDED = "not_needed", _("Not needed for you")
    NOT_STARTED = "not_started", _("Not begun yet")
    IN_PROGRESS = "in_progress", _("Begun")
    DONE = "done", pgettext_lazy("page of questions", "Done")


@dataclass(frozen=True)
class Count:
    """Pages that are done, of those that apply."""

    done: int
    total: int


def missing(answers: Answers) -> list[Question]:
    """The questions without whose answer the enquiry cannot be sent, in the order they are asked."""
    questions = (question for group in GROUPS.values() for question in group.questions)
    return [q for q in questions if q.is_required(answers) and not answers.get(q.key)]


def group_progress(group: Group, answers: Answers, visited: Collection[str]) -> Progress:
    """State of one page. Seen and left without an answer is done: whatever is optional may stay empty."""
    asked = group.asked(answers)
    if not asked:
        return Progress.NOT_NEEDED
    is_missing = any(q.is_required(answers) and not answers.get(q.key) for q in asked)
    is_begun = group.code in visited or any(answers.get(q.key) for q in asked)
    if not is_begun:
        return Progress.NOT_STARTED
    return Progress.DONE if group.code in visited and not is_missing else Progress.IN_PROGRESS


def step_progress(step: Step, answers: Answers, visited: Collection[str]) -> Progress:
    states = {group_progress(group, answers, visited) for group in step.groups} - {Progress.NOT_NEEDED}
    if not states:
        return Progress.NOT_NEEDED
    return states.pop() if len(states) == 1 else Progress.IN_PROGRESS


def count(answers: Answers, visited: Collection[str], *, short_way_only: bool = False) -> Count:
    """How many pages are done; of the short way alone, or of all that apply."""
    groups = [g for s in STEPS if s.is_short_way or not short_way_only for g in s.groups]
    states = [group_progress(group, answers, visited) for group in groups]
    return Count(states.count(Progress.DONE), len(states) - states.count(Progress.NOT_NEEDED))


def next_group(group: Group, answers: Answers, visited: Collection[str]) -> Group | None:
    """The first page after `group` that applies and is not done; None if there is none."""
    order = list(GROUPS)
    later = set(order[order.index(group.code) + 1 :])
    return _first_open(later, answers, visited)


def first_open_group(answers: Answers, visited: Collection[str]) -> Group | None:
    """The first page that applies and is not done."""
    return _first_open(set(GROUPS), answers, visited)


def _first_open(codes: set[str], answers: Answers, visited: Collection[str]) -> Group | None:
    return next(
        (
            group
            for group in needed_groups(answers)
            if group.code in codes and group_progress(group, answers, visited) is not Progress.DONE
        ),
        None,
    )


def group_before(group: Group, answers: Answers) -> Group | None:
    """The page before `group` that applies; None at the first."""
    before = None
    for needed in needed_groups(answers):
        if needed is group:
            return before
        before = needed
    return None
