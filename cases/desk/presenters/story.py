"""The way through a case's timeline: its parts, and the pages of each as addresses of the case page."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import pgettext

from cases.files.enums import TimelinePart
from cases.files.models import Case
from gruendungswerkstatt.common.paging import Page
from gruendungswerkstatt.common.rows import row_url

PLACE = "#timeline"


@dataclass(frozen=True, slots=True)
class PartLink:
    """One part of the timeline, or all of it."""

    label: Any
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Story:
    """Where the reader is: the parts, whether only some lines are shown, and the addresses of all, later and earlier.

    `later` and `earlier` are "" where there is nothing.
    """

    parts: list[PartLink]
    is_narrowed: bool
    all_url: str
    later: str
    earlier: str


def timeline_part(asked: str) -> str:
    """The part that an address asks for; "" (all) for what is none."""
    return asked if asked in TimelinePart.values else ""


def story(case: Case, lines: Page, part: str) -> Story:
    """`lines` are a page of the `part` of a case's timeline."""
    url = row_url("cases:case_detail", case.uuid)
    every = PartLink(pgettext("lines of the history", "Everything"), url + PLACE, is_current=not part)
    parts = [PartLink(one.label, _address(url, one, ""), is_current=one == part) for one in TimelinePart]
    later, earlier = (_address(url, part, cursor) if cursor else "" for cursor in (lines.newer, lines.older))
    return Story([every, *parts], bool(part or later), every.url, later, earlier)


def _address(url: str, part: str, cursor: str) -> str:
    asked = {name: value for name, value in (("lines", part), ("timeline", cursor)) if value}
    return f"{url}?{urlencode(asked)}{PLACE}"
