"""Retention classes (DIN 66398): what is kept, from when on, and for how long.

A room registers its classes in `AppConfig.ready`. What an office chose instead of the default stands in
`audit.RetentionPeriod`.
"""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate
from django.utils.translation import ngettext

from .clock import BERLIN


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Period:
    """How long: a number of hours, days, months or years."""

    amount: int
    unit: Unit

    def after(self, day: date) -> date:
        """The last day on which something is kept whose time began on `day`; a month's last one where it is shorter."""
        if self.unit == Unit.HOURS:
            raise ValueError("hours are counted from a moment, not from a day")
        if self.unit == Unit.DAYS:
            return day + timedelta(days=self.amount)
        months = self.amount * (12 if self.unit == Unit.YEARS else 1)
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    def after_column(self, moment: str | Combinable) -> Func:
        """`after` for the database: the day that follows from the moment in a column, or of an expression."""
        interval = {Unit.DAYS: "1 day", Unit.MONTHS: "1 month", Unit.YEARS: "1 year"}[self.unit]
        return Func(
            TruncDate(moment, tzinfo=BERLIN),
            Value(self.amount),
            template=f"(%(expressions)s * interval '{interval}')::date",
            arg_joiner=" + ",
            output_field=models.DateField(),
        )

    @property
    def duration(self) -> timedelta:
        """A period of hours or days as a length of time."""
        return timedelta(**{self.unit.value: self.amount})

    def __str__(self) -> str:
        words = {
            Unit.HOURS: ngettext("%(n)s hour", "%(n)s hours", self.amount),
            Unit.DAYS: ngettext("%(n)s day", "%(n)s days", self.amount),
            Unit.MONTHS: ngettext("%(n)s month", "%(n)s months", self.amount),
            Unit.YEARS: ngettext("%(n)s year", "%(n)s years", self.amount),
        }
        return words[self.unit] % {"n": self.amount}


# Rows of one office whose time is over, to be locked and counted. `period` is the office's present one.
Expired = Callable[[int, Period], models.QuerySet]
# Erases the rows with these keys, in the transaction that locked them.
Erase = Callable[[Sequence[int]], Any]
# Brings `delete_after_on` of one office's rows into line with a new period.
Recompute = Callable[[int, Period], None]


@dataclass(frozen=True)
class RetentionClass:
    """One class: `starts` says when its time begins, `covers` what goes, `basis` where the default comes from.

    An office chooses between `least` and `most`, in the unit of the default.
    """

    code: str
    label: Any
    covers: Any
    starts: Any
    basis: Any
    default: Period
    least: int
    most: int
    expired: Expired
    erase: Erase
    recompute: Recompute | None = None  # None: nothing is stored, `expired` counts from a moment

    @property
    def is_fixed(self) -> bool:
        """Whether offices cannot choose."""
        return self.least == self.most

    def period(self, amount: int | None) -> Period:
        """The default, or what the office chose."""
        return self.default if amount is None else Period(amount, self.default.unit)


_classes: dict[str, RetentionClass] = {}


def register(found: RetentionClass) -> None:
    """Make a class known. Raises ValueError if its code is taken or its default outside its limits."""
    if found.code in _classes:
        raise ValueError(f"Retention class {found.code!r} is registered twice")
    if not found.least <= found.default.amount <= found.most:
        raise ValueError(f"The default of {found.code!r} is outside its limits")
    _classes[found.code] = found


def classes() -> list[RetentionClass]:
    """All classes, in the order of their rooms."""
    return list(_classes.values())


def by_code(code: str) -> RetentionClass | None:
    """One class; None if no room has it."""
    return _classes.get(code)
