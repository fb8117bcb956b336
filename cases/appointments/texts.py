"""The shipped texts of messages about appointments, and what their placeholders stand for.

Rule 12 of the domain: reminder, appointment, weekday, date, time, telephone; the place if the founder chose so; a word
of their own. Rule 2: that coming is voluntary is a fixed sentence, so it is a placeholder and not typed.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common import clock, dates, phones
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.wordings import Placeholder, Script, Wording

from . import reminders

_CANCELLED_TOO = (
    Placeholder("own_word", gettext_lazy("The person's own word"), may_be_empty=True, leads_title=True),
    Placeholder("weekday", gettext_lazy("Weekday"), Script.LANGUAGE),
    Placeholder("date", gettext_lazy("Date"), Script.LANGUAGE),
    Placeholder("time", gettext_lazy("Time"), Script.NUMBERS),
    Placeholder("phone", gettext_lazy("Telephone of the office"), Script.NUMBERS),
)
_PLANNED_ONLY = (
    Placeholder("place", gettext_lazy("Place, if the person wants it in messages"), may_be_empty=True),
    Placeholder("voluntary", gettext_lazy("The fixed sentence that coming is voluntary"), Script.LANGUAGE),
)


def placeholders(kind: str) -> dict[str, Placeholder]:
    """What the texts of `kind` may and must use, by name."""
    found = _CANCELLED_TOO if kind == reminders.CANCELLED else _CANCELLED_TOO + _PLANNED_ONLY
    return {placeholder.name: placeholder for placeholder in found}


_of_office = lru_cache(maxsize=64)(phones.readable)  # one number for all the messages of a day


def values(context: Mapping[str, Any]) -> dict[str, str]:
    """What stands for the placeholders of every kind, in the present language; `phone` in E.164."""
    starts_at = context["starts_at"]
    return {
        "own_word": context["own_word"],
        "weekday": str(dates.WEEKDAYS[local(starts_at).weekday()]),
        "date": dates.day_short(starts_at),
        "time": dates.time_of_day(starts_at),
        "phone": _of_office(context["phone"]),
        "place": str(context["place"]),
        "voluntary": _("Coming is voluntary. Nothing happens if you do not come."),
    }


def example() -> dict[str, Any]:
    """An invented appointment that has everything."""
    return {
        "starts_at": clock.at(clock.today() + timedelta(days=3), 14, 30),
        "phone": "+4923032538000",
        "place": "Bahnhofstraße 1, 59423 Unna",
        "own_word": _("olive tree"),
    }


def booked(channel: str) -> Wording:
    """The shipped text about a new appointment, in the present language."""
    if channel == Channel.SMS:
        return Wording(
            _("{own_word}\nYour appointment: {weekday}, {date}, {time}\n{place}\nTel. {phone}\n{voluntary}"),
        )
    return Wording(
        _(
            "{own_word}\n\nYou have an appointment:\n\n{weekday}, {date}\nTime: {time}\nPlace: {place}\n"
            "Telephone: {phone}\n\n{voluntary}"
        ),
        title=_("Your appointment"),
    )


def moved(channel: str) -> Wording:
    """The shipped text about a changed appointment, in the present language."""
    if channel == Channel.SMS:
        return Wording(
            _("{own_word}\nYour appointment has changed: {weekday}, {date}, {time}\n{place}\nTel. {phone}\n{voluntary}")
        )
    return Wording(
        _(
            "{own_word}\n\nYour appointment has changed. It is now:\n\n{weekday}, {date}\nTime: {time}\n"
            "Place: {place}\nTelephone: {phone}\n\n{voluntary}"
        ),
        title=_("Your appointment has changed"),
    )


def cancelled(channel: str) -> Wording:
    """The shipped text about a cancelled appointment, in the present language."""
    if channel == Channel.SMS:
        return Wording(
            _(
                "{own_word}\nYour appointment is cancelled: {weekday}, {date}, {time}\n"
                "If you would like another appointment, please call. Tel. {phone}"
            )
        )
    return Wording(
        _(
            "{own_word}\n\nThis appointment is cancelled:\n\n{weekday}, {date}\nTime: {time}\n\n"
            "If you would like another appointment, please call.\nTelephone: {phone}"
        ),
        title=_("Your appointment is cancelled"),
    )


def reminder(channel: str) -> Wording:
    """The shipped text before an appointment, in the present language."""
    if channel == Channel.SMS:
        return Wording(
            _("{own_word}\nAppointment reminder: {weekday}, {date}, {time}\n{place}\nTel. {phone}\n{voluntary}")
        )
    return Wording(
        _(
            "{own_word}\n\nWe remind you of your appointment:\n\n{weekday}, {date}\nTime: {time}\nPlace: {place}\n"
            "Telephone: {phone}\n\n{voluntary}"
        ),
        title=_("Appointment reminder"),
    )
