"""Several words in one line."""

from collections.abc import Iterable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext


def comma() -> str:
    """What stands between the parts of a sentence in the active language, with its blank."""
    return pgettext("between parts of a sentence", ", ")


def listed(words: Iterable[object]) -> str:
    """ "Arabic, German"; empty words are left out."""
    return comma().join(text for word in words if (text := str(word)))


def listed_html(parts: Iterable[object]) -> SafeString:
    """The same of pieces of a page."""
    return format_html_join(comma(), "{}", ((part,) for part in parts if part))
