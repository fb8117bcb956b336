"""Values inside plain text of either direction, where there is no <bdi>: the isolates of Unicode (UAX #9)."""

import unicodedata
from datetime import datetime

from django import template
from django.utils.translation import get_language_bidi

from gruendungswerkstatt.common import dates

register = template.Library()

FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
# Direction marks, embeddings, overrides and isolates inside a value could turn around what follows it.
_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@register.filter
def isolate(value: object) -> str:
    """`value` so that it neither turns around nor is turned around by what stands beside it.

    Left-to-right values in left-to-right text stay bare: one invisible sign more would halve what fits into an SMS.
    """
    text = str(value).translate(_CONTROLS)
    if not text or not (get_language_bidi() or any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}"


@register.filter
def day(value: datetime) -> str:
    """The day with weekday and month as words, in the present language."""
    return dates.day_words(value)


@register.filter
def clock(value: datetime) -> str:
    """The time on the office's clock, isolated."""
    return isolate(dates.time_of_day(value))


@register.filter
def moment(value: datetime) -> str:
    """Day and time in one line, in the present language."""
    return dates.moment_words(value)
