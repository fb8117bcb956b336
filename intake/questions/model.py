"""What a question is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from intake.conditions import ALWAYS, Answers, Condition


class Kind(Enum):
    """How a question is answered. Choices are stored as codes, everything else as text."""

    CHOICE = "choice"  # one of few: radio buttons
    LONG_CHOICE = "long_choice"  # one of many: a list to open
    CHOICES = "choices"  # any number of codes
    CHECK = "check"  # "yes" or not answered
    NAME = "name"
    TEXT = "text"
    LONG_TEXT = "long_text"
    PHONE = "phone"  # stored as E.164
    EMAIL = "email"
    MONTH = "month"  # stored as "2027-03"

    @property
    def is_coded(self) -> bool:
        return self in (Kind.CHOICE, Kind.LONG_CHOICE, Kind.CHOICES, Kind.CHECK)

    @property
    def is_multiple(self) -> bool:
        return self is Kind.CHOICES


class Reader(TextChoices):
    """Who reads an answer (rule 4: say who reads)."""

    TEAM = "team", _("The advisors of the start-up team at the Jobcenter read this. Nobody else.")
    PARTNERS = (
        "partners",
        _("The advisors of the start-up team at the Jobcenter read this. A partner only gets it if you agree."),
    )


@dataclass(frozen=True)
class Option:
    """One possible answer. `group` is the heading it stands under; an `is_exclusive` one excludes all others.

    Long lists are sorted by name in the reader's language; `rank` -1 stands before, 1 after all others.
    """

    code: str
    label: Any
    hint: Any = ""
    group: str = ""
    is_exclusive: bool = False
    rank: int = 0


@dataclass(frozen=True)
class Question:
    """One question of the intake.

    `title` names it in summaries, `text` asks it. `asked_when` says for which answers to other questions it applies,
    `required_when` when sending needs it. `why` and `readers` are shown to the founder. `missing` is the message if a
    required answer was not given. `is_own_words` marks what is kept in the language it was written in (rule 6),
    `is_in_messages` what stands where strangers may read it (rule 12),
    `is_latin` a name in the letters of German registers.
    """

    key: str
    kind: Kind
    title: Any
    text: Any
    options: tuple[Option, ...] = ()
    groups: tuple[tuple[str, Any], ...] = ()  # (code, heading) of the options' groups, in order
    asked_when: Condition = ALWAYS
    required_when: Condition | None = None
    help: Any = ""
    example: Any = ""
    why: Any = ""
    readers: Reader = Reader.TEAM
    missing: Any = ""
    max_length: int = 200
    autocomplete: str = "off"
    is_own_words: bool = False
    is_in_messages: bool = False
    is_latin: bool = False
    choice_label: Callable[[Option], Any] = lambda option: option.label  # in the form, where it differs

    @cached_property
    def by_code(self) -> dict[str, Option]:
        return {option.code: option for option in self.options}

    def is_asked(self, answers: Answers) -> bool:
        """Whether the question applies to somebody with these answers."""
        return self.asked_when.holds(answers)

    def is_required(self, answers: Answers) -> bool:
        """Whether an enquiry with these answers needs this one before it can be sent."""
        return self.required_when is not None and self.is_asked(answers) and self.required_when.holds(answers)

    def label_of(self, code: str) -> str:
        """The option's label in the active language; a code of an older questionnaire is shown as it is."""
        option = self.by_code.get(code)
        return str(option.label) if option else code
