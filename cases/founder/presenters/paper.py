"""All data of a person as a paper (Art. 15 GDPR): the rows of the page, for typst instead of for a browser."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import moment_words
from gruendungswerkstatt.printing import Paper, in_each, isolated, ltr, own_words

from .data import DataSection

TEMPLATE = "cases/founder/data.typ"
_SET_OFF = re.compile(r"<bdi( dir=\"ltr\")?>(.*?)</bdi>", re.DOTALL)


def data_paper(sections: Iterable[DataSection], language: str) -> Paper:
    """`sections`, which were made in `language`, as a paper in it."""
    body = {
        "heading": in_each([language], _("My data")),
        "made": in_each([language], lambda: moment_words(clock.now())),
        "intro": in_each([language], _("This is what we keep about you.")),
        "ask": in_each(
            [language],
            _("Is something wrong? Or do you want to read the notes of your advisor too? Please tell your advisor."),
        ),
        "sections": [
            {"heading": [str(section.title)], "rows": [_row(row) for row in section.rows]} for section in sections
        ],
    }
    return Paper(TEMPLATE, in_each([language], _("My data"))[0], [language], body)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    values = row["value"] if isinstance(row["value"], list) else [row["value"]]
    if row["own_words"]:
        return {"label": _plain(row["key"]), "own": [own_words(str(value), row["lang"]) for value in values]}
    return {"label": _plain(row["key"]), "values": [_plain(value) for value in values if value]}


def _plain(value: Any) -> str:
    """What a filter wrote as HTML, with isolates instead of <bdi>; everything else as it is."""
    if not isinstance(value, SafeString):
        return str(value)
    set_off = _SET_OFF.sub(lambda match: ltr(match[2]) if match[1] else isolated(match[2]), value)
    return unescape(strip_tags(set_off))
