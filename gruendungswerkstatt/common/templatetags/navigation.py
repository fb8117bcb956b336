"""Where one can go from every page: the other languages, the rooms of one's role."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.conf import settings
from django.template import Context
from django.urls import NoReverseMatch
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.rows import row_url

register = template.Library()

# Which pages a role works with, in the order of the day. Roles as in network.people, which this room may not import.
STAFF_PAGES = (
    ("cases:day_detail", _("My day"), {"advisor", "team_lead"}),
    ("cases:inbox_list", _("My inbox"), {"advisor", "team_lead"}),
    ("cases:case_list", _("Cases"), {"advisor", "team_lead"}),
    ("appointments:appointment_list", _("Appointments"), {"advisor", "team_lead"}),
    ("statistics:figure_list", _("Statistics"), {"advisor", "team_lead"}),
    ("referrals:referral_list", _("Referrals"), {"partner"}),
    ("directory:offer_list", _("Directory"), {"advisor", "team_lead", "partner", "administrator"}),
    ("messages:message_list", _("Messages"), {"team_lead"}),
    ("people:office_settings", _("Our office"), {"team_lead", "administrator"}),
)
# Pages below one of these that live in other rooms: while somebody is there, that entry is marked.
SUB_PAGES = {
    "people:office_settings": (
        *("people:member_", "people:invitation_new", "messages:text_", "content:page_list", "content:page_edit"),
        *("content:page_preview", "content:version_", "content:feedback_list", "retention:", "audit:history_"),
        "hints:",
    ),
}


@dataclass(frozen=True)
class LanguageLink:
    """One language: its code, its own name, its direction and the address of the present page in it."""

    code: str
    name: str
    direction: str
    url: str
    current: bool


@dataclass(frozen=True)
class PageLink:
    """One entry of the main navigation; `current` as aria-current says it: "page", "true" on a page below it, ""."""

    url: str
    label: Any
    current: str


@register.simple_tag(takes_context=True)
def language_links(context: Context, path: str = "") -> list[LanguageLink]:
    """The page at `path`, else the present one with its query string, in every language.

    Where no request is known it is the first page.
    """
    request = context.get("request")
    path = path or (request.get_full_path() if request else f"/{get_language()}/")
    return [
        LanguageLink(
            code=code,
            name=name,
            direction="rtl" if get_language_info(code)["bidi"] else "ltr",
            url=_in_language(path, code),
            current=code == get_language(),
        )
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def alternate_links(context: Context) -> SafeString:
    """For the head of public pages: the same page in every language, for search engines, by SITE_URL.

    The address without a language leads to the browser's own.
    """
    links = [(link.code, link.url) for link in language_links(context)]
    own = links[0][1].removeprefix(f"/{links[0][0]}")
    site = settings.SITE_URL.rstrip("/")
    return format_html_join(
        "\n  ",
        '<link rel="alternate" hreflang="{}" href="{}{}">',
        ((code, site, url) for code, url in [*links, ("x-default", own)]),
    )


def _in_language(path: str, code: str) -> str:
    """`path` in another language: only its first part differs. A path without a language leads to the first page."""
    if code == get_language():
        return path
    parts = urlsplit(path)
    first, _slash, rest = parts.path.lstrip("/").partition("/")
    tail = rest if first in dict(settings.LANGUAGES) else ""
    return urlunsplit(("", "", f"/{code}/{tail}", parts.query, ""))


@register.inclusion_tag("components/navigation.html", takes_context=True)
def staff_navigation(context: Context) -> dict[str, list[PageLink]]:
    """The main navigation for the role of `request.membership`; empty for people who are not signed in."""
    request = context.get("request")
    membership = getattr(request, "membership", None)
    if not membership:
        return {"items": []}
    here = request.resolver_match.view_name if request.resolver_match else ""
    items = []
    for name, label, roles in STAFF_PAGES:
        if membership.role in roles and (url := url_or_empty(name)):
            items.append(PageLink(url=url, label=label, current=_current(here, name)))
    return {"items": items}


def _current(here: str, name: str) -> str:
    """How the entry `name` is marked on the page called `here`."""
    if here == name:
        return "page"
    return "true" if here.startswith(SUB_PAGES.get(name, ())) else ""


def url_or_empty(name: str) -> str:
    """The address of the named page, "" where this installation does not have that room."""
    try:
        return row_url(name)
    except NoReverseMatch:
        return ""
