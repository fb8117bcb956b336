"""A page in two languages at once, for somebody who reads along: the second one is chosen for a whole request.

Templates wrap what both are to read in `{% both %}` (templatetags/bilingual.py); where no markup fits, as in entries
of a list, `side_by_side` joins the two. Without a second language both leave everything as it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

_second: ContextVar[str] = ContextVar("second_language", default="")
# What has a direction of its own is isolated (Unicode, UAX 9): FIRST STRONG ISOLATE and its end.
_ISOLATE, _END = "\u2068", "\u2069"


@contextmanager
def reading_along(language: str) -> Iterator[None]:
    """Within the block pages show `language` too; "" or one that the portal does not have: none."""
    token = _second.set(language if language in dict(settings.LANGUAGES) else "")
    try:
        yield
    finally:
        _second.reset(token)


def second_language() -> str:
    """The language to show beside the present one; "" for none."""
    second = _second.get()
    return second if second != get_language() else ""


def in_both(text: Callable[[], str]) -> tuple[str, str]:
    """What `text` gives in the present language, and in the second one; "" there if it is none or says the same."""
    first, second = text(), ""
    if language := second_language():
        with override(language):
            second = text()
    return first, "" if second.strip() == first.strip() else second


def side_by_side(text: Any) -> str:
    """A text that may be lazy, with its second language after it, as plain text."""
    first, second = in_both(lambda: str(text))
    return f"{_ISOLATE}{first}{_END} – {_ISOLATE}{second}{_END}" if second else first
