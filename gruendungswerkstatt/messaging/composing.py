"""Makes the words of a message from the templates of its kind, in the recipient's language."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override

from .enums import Channel
from .registry import Recipient

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


def compose(kind: str, channel: str, recipient: Recipient) -> Text:
    """The words of a message of `kind`. Raises what template engines raise; nothing of it is fit for keeping."""
    language = language_of(recipient)
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    context = {**recipient.context, "language": language, "direction": direction}
    with override(language):
        if channel == Channel.SMS:
            return Text(language, title="", body=_lines(f"messages/{kind}/sms.txt", context))
        return Text(
            language,
            title=_one_line(f"messages/{kind}/subject.txt", context),
            body=_lines(f"messages/{kind}/body.txt", context),
            html=render_to_string(f"messages/{kind}/body.html", context),
        )


def _one_line(template: str, context: dict) -> str:
    return " ".join(render_to_string(template, context).split())[:TITLE_LENGTH]


def _lines(template: str, context: dict) -> str:
    """Rendered lines without the blanks that tags leave: never more than one empty line in a row."""
    lines: list[str] = []
    for line in render_to_string(template, context).strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.strip())
    return "\n".join(lines)
