"""The small part of Markdown that pages are written in: headings, paragraphs, lists, emphasis, links. No HTML.

Headings begin with <h2>, for the title is the page's <h1>. Links lead to `page:privacy` (a page of
ours in the reader's language), to a path on our own host, or to https:, mailto:, tel:. {office}, {phone}, {email} and
{address} stand for the data of the office. In right-to-left text every run of Latin words is isolated and marked as
German, so that brackets stay where they belong and a screen reader speaks it rightly.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from gruendungswerkstatt.common import phones
from gruendungswerkstatt.common.context import Office

from .enums import PageSlug, TextProblem

PLACEHOLDERS = ("office", "phone", "email", "address")
FIRST_LEVEL, LAST_LEVEL = 2, 4
_SCHEMES = ("https", "mailto", "tel")
_RULES = ("heading", "list", "emphasis", "link", "newline", "escape", "entity")
_CLASSES = {
    "paragraph_open": "kern-body",
    "bullet_list_open": "kern-list kern-list--bullet",
    "ordered_list_open": "kern-list kern-list--number",
    "h2": "kern-heading-medium",
    "h3": "kern-heading-small",
    "h4": "kern-title",
}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_LATIN_WORD = r"[A-Za-zÀ-ɏẞ0-9§][\w.:/&+@'’§-]*"
_LATIN_RUN = re.compile(rf"(?=[§\s\d]*[A-Za-zÀ-ɏẞ]){_LATIN_WORD}(?:[ ,]+{_LATIN_WORD})*")
_IMAGE = re.compile(r"!\[")


def _is_allowed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "page":
        return parts.path in PageSlug.values
    if parts.scheme:
        return parts.scheme in _SCHEMES and (parts.scheme != "https" or bool(parts.netloc))
    return url.startswith("/") and not parts.netloc and "\\" not in url


def _parser(is_allowed: Callable[[str], bool]) -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(_RULES)
    parser.normalizeLink = str  # as it was typed, so that what is looked at is what stands in the page
    parser.validateLink = is_allowed
    return parser


_PARSER = _parser(_is_allowed)


class _Renderer(RendererHTML):
    """Tokens as HTML with KERN's classes, for one language and the data of one office."""

    def __init__(self, language: str, values: Mapping[str, SafeString]):
        super().__init__()
        self.is_rtl = get_language_info(language)["bidi"]
        self.values = values

    def text(self, tokens: Sequence[Token], idx: int, options, env) -> str:
        pieces = _PLACEHOLDER.split(tokens[idx].content)
        plain, names = pieces[::2], pieces[1::2]
        out = [self._words(plain[0])]
        for name, rest in zip(names, plain[1:], strict=True):
            out += [self.values.get(name, escape(f"{{{name}}}")), self._words(rest)]
        return "".join(out)

    def _words(self, text: str) -> str:
        if not self.is_rtl:
            return escape(text)
        out, end = [], 0
        for run in _LATIN_RUN.finditer(text):
            out += [escape(text[end : run.start()]), f'<bdi lang="de" dir="ltr">{escape(run[0])}</bdi>']
            end = run.end()
        return "".join([*out, escape(text[end:])])


def render(source: str, language: str, office: Office) -> SafeString:
    """`source` as HTML. Whatever it holds, nothing but the tags of this module comes out."""
    return _rendered(source, language, get_language() or language, tuple(_values(office, language).items()))


@lru_cache(maxsize=256)
def _rendered(source: str, language: str, _links_in: str, values: tuple[tuple[str, SafeString], ...]) -> SafeString:
    """Kept, because pages are read far more often than written; `_links_in` tells apart where links of ours lead."""
    tokens = _PARSER.parse(source)
    _dress(tokens)
    # Every text and attribute has been escaped by the renderer; HTML in the source is text.
    return mark_safe(_Renderer(language, dict(values)).render(tokens, _PARSER.options, {}))


def _dress(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1:]), FIRST_LEVEL), LAST_LEVEL)}"
        if css := _CLASSES.get(token.tag if token.type == "heading_open" else token.type):
            token.attrSet("class", css)
        if token.type == "link_open":
            _dress_link(token)
        _dress(token.children or ())


def _dress_link(token: Token) -> None:
    url = str(token.attrGet("href"))
    token.attrSet("class", "kern-link")
    if url.startswith("page:"):
        token.attrSet("href", address_of(url.removeprefix("page:")))
    elif url.startswith("https:"):
        token.attrSet("rel", "noopener noreferrer")


def address_of(slug: str) -> str:
    """Where a page of ours is found, in the present language."""
    return reverse("home") if slug == PageSlug.START else reverse("content:page_detail", args=[slug])


def _values(office: Office, language: str) -> Mapping[str, SafeString]:
    address = ", ".join(filter(None, [office.street, " ".join(filter(None, [office.postal_code, office.place]))]))
    return {
        "office": format_html("<bdi>{}</bdi>", office.names.get(language) or office.name),
        "phone": _link("tel", office.phone, phones.readable(office.phone)) if office.phone else mark_safe(""),
        "email": _link("mailto", office.email, office.email) if office.email else mark_safe(""),
        "address": format_html('<bdi lang="de" dir="ltr">{}</bdi>', address) if address else mark_safe(""),
    }


def _link(scheme: str, target: str, text: str) -> SafeString:
    return format_html('<a class="kern-link" href="{}:{}"><bdi dir="ltr">{}</bdi></a>', scheme, target, text)


def problems(source: str) -> list[tuple[TextProblem, str]]:
    """What an editor has to put right, each with the piece of text it is about."""
    links: list[str] = []

    def look_at(url: str) -> bool:
        links.append(url)
        return _is_allowed(url)

    _parser(look_at).parse(source)
    unknown = [name for name in _PLACEHOLDER.findall(source) if name not in PLACEHOLDERS]
    found = [(TextProblem.PLACEHOLDER, f"{{{name}}}") for name in dict.fromkeys(unknown)]
    found += [(TextProblem.LINK, url) for url in dict.fromkeys(links) if not _is_allowed(url)]
    return found + [(TextProblem.IMAGE, mark) for mark in _IMAGE.findall(source)[:1]]


def placeholders(source: str) -> set[str]:
    """Which data of the office a text asks for."""
    return set(_PLACEHOLDER.findall(source)) & set(PLACEHOLDERS)
