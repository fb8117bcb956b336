"""What a page is, wherever it comes from: written by an office or brought along by the portal."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings

from gruendungswerkstatt.common.context import Office

SOURCE_LANGUAGE = "de"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
FIELDS = ("title", "summary", "body")


@dataclass(frozen=True)
class Text:
    """A page in one language: `summary` and `body` in Markdown."""

    title: str = ""
    summary: str = ""
    body: str = ""

    def __bool__(self) -> bool:
        return bool(self.title and (self.summary or self.body))

    @property
    def digest(self) -> str:
        """Changes with every change of the text."""
        return hashlib.sha256("\0".join(asdict(self).values()).encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Published:
    """A page as visitors read it. `name` names the version for ever; `published_at` is None for the portal's own.

    `office` is what the placeholders stood for when it was published.
    """

    slug: str
    name: str
    texts: Mapping[str, Text]
    video: str = ""
    published_at: datetime | None = None
    office: Office | None = None

    def language(self, wanted: str) -> str:
        """`wanted` if there is a text in it, else the language it falls back on."""
        return next(code for code in _in_order(wanted) if self.texts.get(code))

    def text(self, wanted: str) -> Text:
        """The text in `wanted`, else in the language it falls back on."""
        return self.texts[self.language(wanted)]


def _in_order(wanted: str) -> Iterable[str]:
    return dict.fromkeys([wanted, SOURCE_LANGUAGE, *LANGUAGES])
