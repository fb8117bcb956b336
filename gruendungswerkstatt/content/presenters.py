"""Pages as people read them: in their language or saying which other one it is; drafts as editors see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from gruendungswerkstatt.common.bilingual import second_language
from gruendungswerkstatt.common.context import Office, portal_office
from network.people.models import Organisation
from network.people.portal_office import as_office

from . import markdown
from .enums import PageSlug, TranslationState
from .pages import LANGUAGES, SOURCE_LANGUAGE, Published, Text
from .published import page_of
from .selectors import Draft

_BADGES = {TranslationState.CURRENT: "success", TranslationState.STALE: "warning", TranslationState.MISSING: "danger"}
# What a legal notice and a statement must name (§ 5 DDG, § 12b BGG): warned about if the office's row lacks it.
_NEEDED = {"phone": "phone", "email": "email", "address": "street"}


@dataclass(frozen=True)
class PageView:
    """A page in one language. `is_fallback`: not the one that was asked for."""

    title: str
    summary: SafeString
    body: SafeString
    language: str
    direction: str
    language_name: str
    is_fallback: bool
    page: Published


def page_view(page: Published, office: Office | None = None, language: str = "") -> PageView:
    """`page` with the data of `office` (the portal's unless given), in `language` (the present one unless given)."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    found = page.language(wanted)
    text = page.texts[found]
    return _view(page, text, found, office or portal_office(), is_fallback=found != wanted)


def page_views(page: Published, office: Office | None = None) -> list[PageView]:
    """`page` in the present language and, for somebody who reads along, in a second one if there is that text."""
    views = [page_view(page, office)]
    if language := second_language():
        beside = page_view(page, office, language)
        views += [] if beside.is_fallback else [beside]
    return views


def _view(page: Published, text: Text, language: str, office: Office, *, is_fallback: bool) -> PageView:
    info = get_language_info(language)
    return PageView(
        title=text.title,
        summary=markdown.render(text.summary, language, office),
        body=markdown.render(text.body, language, office),
        language=language,
        direction="rtl" if info["bidi"] else "ltr",
        language_name=str(info["name_translated"]),
        is_fallback=is_fallback,
        page=page,
    )


@dataclass(frozen=True)
class Translation:
    """One language of a draft for those who edit: how it stands to the German text, and how it will look."""

    language: str
    name: str
    state: str
    badge: str
    view: PageView | None


def translations(draft: Draft, office: Organisation) -> list[Translation]:
    """Every language of a draft with its preview; None where there is no text yet."""
    page = Published(draft.slug, "", draft.texts, draft.video)
    return [
        Translation(
            language=language,
            name=str(get_language_info(language)["name_translated"]),
            state=str(draft.state(language).label),
            badge=_BADGES[draft.state(language)],
            view=page_view(page, as_office(office), language) if draft.texts[language] else None,
        )
        for language in LANGUAGES
    ]


@dataclass(frozen=True)
class DraftRow:
    """One page in the list: what visitors read, what is not published yet, which translations need work."""

    slug: str
    label: str
    published: Published
    is_changed: bool
    states: list[dict[str, str]]


def draft_rows(drafts: Iterable[Draft], office: Organisation) -> list[DraftRow]:
    """The list of an office's pages."""
    return [_row(draft, page_of(office.pk, draft.slug)) for draft in drafts]


def _row(draft: Draft, shown: Published) -> DraftRow:
    others = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
    wanting = [language for language in others if draft.state(language) != TranslationState.CURRENT]
    return DraftRow(
        slug=draft.slug,
        label=str(PageSlug(draft.slug).label),
        published=shown,
        is_changed=draft.differs_from(shown),
        states=[
            {
                "badge": _BADGES[draft.state(language)],
                "text": f"{get_language_info(language)['name_translated']}: {draft.state(language).label}",
            }
            for language in wanting
        ],
    )


def missing_data(draft: Draft, office: Organisation) -> list[str]:
    """Placeholders of a draft that stay empty because the office's row lacks the data."""
    source = draft.texts[SOURCE_LANGUAGE]
    asked = markdown.placeholders(source.summary + source.body)
    return [f"{{{name}}}" for name, column in _NEEDED.items() if name in asked and not getattr(office, column)]


def notice_view(office_id: int | None) -> PageView:
    """The privacy notice that a founder reads: of the office that is responsible, or of the portal's."""
    return page_view(page_of(office_id, PageSlug.PRIVACY))


def footer_pages() -> list[dict[str, Any]]:
    """What the footer of every page leads to; costs no query."""
    return [
        {"url": markdown.address_of(slug), "label": PageSlug(slug).label}
        for slug in PageSlug.values
        if slug != PageSlug.START
    ]
