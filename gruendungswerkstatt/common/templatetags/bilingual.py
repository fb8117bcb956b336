"""`{% both %}…{% endboth %}`: a piece of a page in the present language and, for who reads along, in a second one."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from gruendungswerkstatt.common.bilingual import in_both, second_language

register = template.Library()


class _Both(template.Node):
    def __init__(self, nodelist: NodeList, name: str):
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        first, second = in_both(lambda: self.nodelist.render(context))
        found = mark_safe(first + _beside(second))
        if not self.name:
            return found
        context[self.name] = found
        return mark_safe("")


@register.tag
def both(parser: Parser, token: Token) -> _Both:
    """Words, with or without markup inside a line: they are drawn once in each language. Never an id or a control.

    `{% both as title %}` keeps them for a tag that wants them.
    """
    name = "".join(token.split_contents()[2:])
    nodelist = parser.parse(("endboth",))
    parser.delete_first_token()
    return _Both(nodelist, name)


def _beside(text: str) -> SafeString:
    language = second_language()
    if not text or not language:
        return mark_safe("")
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    html = '<span class="gw-beside" lang="{}" dir="{}">{}</span>'
    return format_html(html, language, direction, mark_safe(text))


@register.simple_tag
def second_language_code() -> str:
    """The language somebody reads along in; "" for none."""
    return second_language()


@register.filter
def and_beside(first: Any, second: Any) -> SafeString:
    """`first` and, unless it says the same, `second`, which is in the second language already."""
    return format_html("{}{}", first, _beside(escape(second)) if second != first else "")
