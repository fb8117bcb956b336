"""The order of the questions: steps 0 to 9, each of groups, one group a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from .conditions import Answers
from .questions import QUESTIONS, Question


@dataclass(frozen=True)
class Group:
    """Questions asked on one page; `code` is its address."""

    code: str
    title: Any
    keys: tuple[str, ...]
    intro: Any = ""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(QUESTIONS[key] for key in self.keys)

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that the page shows somebody with these (saved) answers.

        A question that depends on another one of the same page is always shown: without script it could not appear.
        """
        own = frozenset(self.keys)
        return [q for q in self.questions if q.is_asked(answers) or not own.isdisjoint(q.asked_when.keys())]

    def is_needed(self, answers: Answers) -> bool:
        return bool(self.asked(answers))


@dataclass(frozen=True)
class Step:
    """Groups that belong together in the task list; `number` as in the form table of the domain."""

    number: int
    title: Any
    groups: tuple[Group, ...]
    note: Any = ""
    is_short_way: bool = False


STEPS = (
    Step(
        1,
        _("About you"),
        (
            Group("place", _("Where you live"), ("municipality", "is_adult", "filled_with_help")),
            Group("person", _("Your name"), ("name", "contact_way")),
            Group(
                "contact",
                _("How we reach you"),
                ("phone", "email", "helper_name", "helper_phone", "may_call_helper"),
            ),
            Group("languages", _("Your languages"), ("languages",)),
            Group("idea", _("Your idea"), ("idea", "idea_later")),
        ),
        is_short_way=True,
    ),
    Step(
        2,
        _("Reaching you safely"),
        (
            Group("safety", _("Your phone"), ("phone_shared", "safe_times")),
            Group("reminders", _("Our messages to you"), ("reminder_style", "own_word")),
            Group("names", _("How your name is written"), ("name_latin", "name_original")),
        ),
    ),
    Step(
        3,
        _("Talking with each other"),
        (
            Group("german", _("Language in the talk"), ("interpreter", "german")),
            Group("visit", _("Your visit"), ("advisor_gender", "visit_help")),
        ),
    ),
    Step(
        4,
        _("Your situation"),
        (
            Group("benefits", _("Money and work today"), ("benefits", "self_employed")),
            Group("residence", _("Your residence card"), ("residence",)),
            Group("money", _("Money for the start"), ("wants_money",)),
        ),
        note=_("The Jobcenter reads this form."),
    ),
    Step(
        5,
        _("Your business"),
        (
            Group("sector", _("Field of work"), ("sector",)),
            Group("trade", _("Your craft"), ("trade",)),
            Group("details", _("More about the work"), ("alcohol", "transport_of", "care_of", "activities")),
            Group(
                "business",
                _("How you want to work"),
                ("place", "working_time", "ownership", "planned_start"),
            ),
        ),
    ),
    Step(
        6,
        _("Your experience"),
        (
            Group(
                "experience",
                _("Work until now"),
                ("field_years", "own_business", "own_business_country", "origin_country"),
            ),
            Group("qualification", _("School and training"), ("qualification", "recognition")),
        ),
    ),
    Step(7, _("Where you are now"), (Group("stage", _("Plan and money"), ("stage", "capital", "own_money")),)),
    Step(8, _("Help you would like"), (Group("topics", _("Topics"), ("topics",)),)),
)
# Step 9 asks these on the page where the answers are checked.
CLOSING = Group("closing", _("Reminders of appointments"), ("wants_sms", "wants_email"))
FIRST = STEPS[0].groups[0]
# Everything on one page, in the same order: what the office types in, and the paper form.
WHOLE = Group("whole", _("All questions"), tuple(k for s in STEPS for g in s.groups for k in g.keys) + CLOSING.keys)
GROUPS = {group.code: group for step in STEPS for group in step.groups}
SAVED = {**GROUPS, CLOSING.code: CLOSING}  # what is kept while somebody types
_STEP_OF = {group.code: step for step in STEPS for group in step.groups}
_GROUP_OF = {key: group for group in GROUPS.values() for key in group.keys}


def step_of(group: Group) -> Step:
    return _STEP_OF[group.code]


def group_of(key: str) -> Group | None:
    """The group that asks question `key`; None for those of the closing page."""
    return _GROUP_OF.get(key)


def needed_groups(answers: Answers) -> Iterator[Group]:
    """The groups that apply to somebody with these answers, in order."""
    return (group for group in GROUPS.values() if group.is_needed(answers))
