"""Days and times in words, the same on screens, in messages and on paper, as the office's clock shows them.

Names and patterns are in the catalogues, so a further language brings its own. Arabic months carry both names in use
(«آذار / مارس»), because readers from Syria and from Egypt know different ones.
"""

from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import get_language, override, pgettext, pgettext_lazy

from .clock import local

MONTHS = (
    pgettext_lazy("month", "January"),
    pgettext_lazy("month", "February"),
    pgettext_lazy("month", "March"),
    pgettext_lazy("month", "April"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"),
    pgettext_lazy("month", "August"),
    pgettext_lazy("month", "September"),
    pgettext_lazy("month", "October"),
    pgettext_lazy("month", "November"),
    pgettext_lazy("month", "December"),
)
WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)


def day_words(value: date | datetime, language: str | None = None) -> str:
    """A day in words, "Montag, 23. November 2026"; `language` is the present one unless given."""
    return _day_words(_day(value), language or get_language())


@lru_cache(maxsize=4096)
def _day_words(day: date, language: str | None) -> str:
    with _language(language):
        return pgettext("day with weekday", "%(weekday)s %(day)s %(month)s %(year)s") % {
            "weekday": WEEKDAYS[day.weekday()],
            "day": day.day,
            "month": MONTHS[day.month - 1],
            "year": day.year,
        }


def day_short(value: date | datetime, language: str | None = None) -> str:
    """A day without weekday, month as a word: "23. November 2026"."""
    return _day_short(_day(value), language or get_language())


@lru_cache(maxsize=4096)  # a list shows the same days again and again
def _day_short(day: date, language: str) -> str:
    with override(language):
        return pgettext("day", "%(day)s %(month)s %(year)s") % {
            "day": day.day,
            "month": MONTHS[day.month - 1],
            "year": day.year,
        }


def time_of_day(value: datetime) -> str:
    """The time on the office's clock: "14:30"."""
    return local(value).strftime("%H:%M")


def moment_words(value: datetime, language: str | None = None) -> str:
    """Day and time: "Montag, 23. November 2026, 14:30 Uhr"."""
    return _moment_words(local(value).replace(second=0, microsecond=0), language or get_language())


@lru_cache(maxsize=4096)  # a timeline shows the same moments again and again
def _moment_words(value: datetime, language: str | None) -> str:
    with _language(language):
        return pgettext("day and time", "%(day)s, %(time)s") % {"day": day_words(value), "time": time_of_day(value)}


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _language(language: str | None) -> override:
    # override(None) would switch translation off; without a language the present one stays.
    return override(language or get_language(), deactivate=False)
