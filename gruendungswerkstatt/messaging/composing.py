"""Makes the words of a message from a text with placeholders, in the recipient's language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, override

from . import wordings
from .enums import Channel
from .registry import MessageKind, Recipient
from .wordings import Wording

TITLE_LENGTH = 200


@dataclass(frozen=True)
class Text:
    """What is sent: `title` and `html` only by e-mail. `language` is the one it was written in."""

    language: str
    title: str
    body: str
    html: str = ""


def language_of(recipient: Recipient) -> str:
    """The recipient's language, or the first of the interface where it does not have that one."""
    known = [code for code, _name in settings.LANGUAGES]
    return recipient.language if recipient.language in known else settings.LANGUAGE_CODE


def shipped(kind: MessageKind, channel: str, language: str) -> Wording:
    """The text that comes with the portal."""
    with override(language):
        return kind.shipped(channel)


def digest(wording: Wording) -> str:
    """By which a changed text is told from the one before."""
    return hashlib.sha256(f"{wording.title}\n{wording.body}".encode()).hexdigest()[:16]


def compose(kind: MessageKind, channel: str, recipient: Recipient, own: Wording | None = None) -> Text:
    """The words of a message: the office's `own` text in the recipient's language, else the shipped one.

    Raises what the kind's values raise; nothing of it is fit for keeping.
    """
    language = language_of(recipient)
    return write(kind, channel, language, recipient.context, own or shipped(kind, channel, language))


def write(kind: MessageKind, channel: str, language: str, context: Mapping[str, Any], wording: Wording) -> Text:
    """`wording` filled in for one context. Raises UnknownPlaceholder, and what the kind's values raise."""
    is_rtl = get_language_info(language)["bidi"]
    with override(language):
        values, known = kind.values(context), kind.placeholders
    lines = wordings.fill(wording.body, values, known)
    body = wordings.as_text(lines, is_rtl)
    if channel == Channel.SMS:
        return Text(language, title="", body=body)
    title = " ".join(wordings.as_text(wordings.fill(wording.title, values, known), is_rtl).splitlines())
    leading = [wordings.isolated(value, is_rtl) for value in _leading(kind, values)]
    title = " – ".join([*leading, title])[:TITLE_LENGTH]
    return Text(language, title, body, wordings.as_html(lines, title=title, language=language, is_rtl=is_rtl))


def _leading(kind: MessageKind, values: Mapping[str, str]) -> list[str]:
    """What stands in front of every title, if the person has it."""
    found = [wordings.one_line(values[name]) for name, p in kind.placeholders.items() if p.leads_title]
    return [value for value in found if value]
