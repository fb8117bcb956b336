"""Looking at pages: drafts for those who write them, versions for everybody, feedback for the team lead."""

import uuid
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from network.people.models import Organisation

from . import published, shipped
from .enums import PageSlug, TranslationState
from .models import Feedback, Page, PageVersion
from .pages import LANGUAGES, SOURCE_LANGUAGE, Published, Text


@dataclass(frozen=True)
class Draft:
    """What an office is writing; `version` 0 and the published texts where it has not begun."""

    slug: str
    texts: dict[str, Text]
    video: str
    version: int
    translated_from: dict[str, str]

    def state(self, language: str) -> TranslationState:
        """How the text in `language` stands to the German one."""
        if not self.texts[language]:
            return TranslationState.MISSING
        source = self.texts[SOURCE_LANGUAGE].digest
        is_current = language == SOURCE_LANGUAGE or self.translated_from.get(language) == source
        return TranslationState.CURRENT if is_current else TranslationState.STALE

    def differs_from(self, page: Published) -> bool:
        """Whether publishing would show anything new."""
        written = {language: text for language, text in self.texts.items() if text}
        return written != dict(page.texts) or self.video != page.video


def drafts(office: Organisation) -> dict[str, Draft]:
    """Every page of the office by its slug, one query."""
    begun = {page.slug: page for page in Page.objects.for_office(office)}
    return {slug: _draft(begun.get(slug), office, slug) for slug in PageSlug.values}


def draft(office: Organisation, slug: str) -> Draft:
    """One page of the office as it is being written."""
    return _draft(Page.objects.for_office(office).filter(slug=slug).first(), office, slug)


def _draft(page: Page | None, office: Organisation, slug: str) -> Draft:
    if page is not None:
        return Draft(slug, texts_of(page), page.video, page.version, page.translated_from)
    shown = published.page_of(office.pk, slug)
    texts = {language: shown.texts.get(language, Text()) for language in LANGUAGES}
    source = texts[SOURCE_LANGUAGE].digest
    return Draft(slug, texts, shown.video, 0, {language: source for language in LANGUAGES if texts[language]})


def texts_of(page: Page) -> dict[str, Text]:
    """The language columns of a draft."""
    return {
        language: Text(*(getattr(page, f"{name}_{language}") or "" for name in ("title", "summary", "body")))
        for language in LANGUAGES
    }


def versions(office: Organisation, slug: str) -> QuerySet[PageVersion]:
    """What the office published of a page, newest first, with who did."""
    found = PageVersion.objects.for_office(office).filter(page__slug=slug)
    return found.select_related("page", "published_by__user").order_by("-number")


def version(office: Organisation, slug: str, number: int) -> PageVersion | None:
    """One version of a page of the office."""
    return versions(office, slug).filter(number=number).first()


def last_number(page: Page) -> int:
    """The number of the newest version; 0 if there is none."""
    return PageVersion.objects.for_office(page.office_id).filter(page=page).aggregate(Max("number"))["number__max"] or 0


def notice(name: str) -> Published | None:
    """The privacy notice of that name, whoever published it and whatever came after; None if there is none."""
    if found := shipped.notice(name):
        return found
    office, _dot, number = name.partition(".")
    if not (_is_number(office) and _is_number(number)):
        return None
    rows = PageVersion.objects.for_office(int(office)).select_related("page")
    row = rows.filter(page__slug=PageSlug.PRIVACY, number=int(number)).first()
    return published.of_version(row) if row else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def feedback(office: Organisation) -> QuerySet[Feedback]:
    """What people told the office about barriers: in no order."""
    return Feedback.objects.for_office(office)


def feedback_of(office: Organisation, feedback_uuid: uuid.UUID) -> Feedback | None:
    """One message about a barrier."""
    return Feedback.objects.for_office(office).filter(uuid=feedback_uuid).first()


def waiting_feedback(office_id: int) -> int:
    """How many messages nobody has answered."""
    return Feedback.objects.for_office(office_id).filter(answered_at=None).count()
