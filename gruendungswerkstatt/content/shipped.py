"""The texts that the portal brings along: what visitors read until an office publishes its own.

They lie in texts/<slug>.<language>.md: the title as a heading, the summary, a line of three dashes, the body. The
privacy notice has a folder of versions. A submission keeps the version its founder read, so a version that was
shipped is never changed: a new one is put beside it.
"""

from functools import cache
from pathlib import Path

from .enums import PageSlug
from .pages import LANGUAGES, Published, Text

FOLDER = Path(__file__).parent / "texts"
NOTICE_VERSION = "2026-11"


@cache
def page(slug: str) -> Published:
    """The portal's own text of a page."""
    return notice(NOTICE_VERSION) if slug == PageSlug.PRIVACY else _read(slug, f"{slug}.{{}}.md", "")


@cache
def notice(version: str) -> Published | None:
    """A version of the privacy notice that the portal brings or brought along; None if there is none of that name."""
    if version not in notice_versions():
        return None
    return _read(PageSlug.PRIVACY, f"privacy/{version}.{{}}.md", version)


@cache
def notice_versions() -> frozenset[str]:
    """All versions of the notice that were ever shipped."""
    return frozenset(path.name.split(".")[0] for path in (FOLDER / "privacy").glob("*.md"))


def _read(slug: str, pattern: str, name: str) -> Published:
    return Published(slug, name, {code: _parse((FOLDER / pattern.format(code)).read_text()) for code in LANGUAGES})


def _parse(source: str) -> Text:
    head, _line, body = source.partition("\n---\n")
    title, _newline, summary = head.strip().partition("\n")
    return Text(title.removeprefix("# ").strip(), summary.strip(), body.strip())
