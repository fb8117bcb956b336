"""Values inside text of either direction: numbers, telephones, addresses, days.

A number inside Arabic text turns around its neighbours unless it is isolated: these filters wrap what has a direction
of its own into <bdi>.
"""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gruendungswerkstatt.common import dates, phones

register = template.Library()


@register.filter
def ltr(value: object) -> SafeString | str:
    """`value` isolated and written left to right: codes, reference numbers, e-mail addresses, amounts."""
    return format_html('<bdi dir="ltr">{}</bdi>', value) if value not in (None, "") else ""


@register.filter
def bdi(value: object) -> SafeString | str:
    """`value` isolated in its own direction: names, German terms in Arabic text."""
    return format_html("<bdi>{}</bdi>", value) if value not in (None, "") else ""


@register.filter
def phone(value: str) -> SafeString | str:
    """An E.164 number as people read it, isolated: "+4923039..." → "02303 9..."."""
    return ltr(phones.readable(value)) if value else ""


@register.filter
def phone_link(value: str) -> SafeString | str:
    """An E.164 number as a link that dials it."""
    return format_html('<a class="kern-link" href="tel:{}">{}</a>', value, phone(value)) if value else ""


@register.filter
def email_link(value: str) -> SafeString | str:
    """An e-mail address as a link that writes to it."""
    return format_html('<a class="kern-link" href="mailto:{}">{}</a>', value, ltr(value)) if value else ""


@register.filter
def day_words(value: date | datetime | None) -> SafeString | str:
    """<time> with weekday and month as words, in the present language."""
    return _time(value, dates.day_words(value)) if value else ""


@register.filter
def day_short(value: date | datetime | None) -> SafeString | str:
    """<time> without weekday: "23. November 2026"."""
    return _time(value, dates.day_short(value)) if value else ""


@register.filter
def time_of_day(value: datetime | None) -> SafeString | str:
    """The time on the office's clock, isolated: 14:30."""
    return ltr(dates.time_of_day(value)) if value else ""


@register.filter
def moment_words(value: datetime | None) -> SafeString | str:
    """<time> with day and time in words."""
    return _time(value, dates.moment_words(value)) if value else ""


def _time(value: date | datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
