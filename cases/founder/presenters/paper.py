"""All data of a person as a paper (Art. 15 GDPR): the rows of the page, for typst instead of for a browser."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.dates import moment_words
from gruendungswerkstatt.printing import Paper, from_html, in_each, own_words

from .data import DataSection

TEMPLATE = "cases/founder/data.typ"


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
        return {"label": from_html(row["key"]), "own": [own_words(str(value), row["lang"]) for value in values]}
    return {"label": from_html(row["key"]), "values": [from_html(value) for value in values if value]}
