"""Offers as people read them: texts in the active language, or in another one that says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, get_language_info

from network.people.models import Organisation

from .models import Offer


@dataclass(frozen=True)
class Text:
    """A translated text and the language it is in. `is_fallback`: not the one the page is in."""

    text: str
    language: str
    direction: str
    language_name: str
    is_fallback: bool


@dataclass(frozen=True)
class OfferView:
    """One offer for a list or its own page. `towns` is empty where the whole Kreis is served."""

    offer: Offer
    title: Text
    summary: Text | None
    what_to_bring: Text | None
    organisation: Organisation
    organisation_name: Text
    organisation_description: Text | None
    topics: list[str]
    towns: list[str]

    @property
    def fallback_languages(self) -> list[str]:
        """Names of the languages in which parts of this offer are written instead of the page's."""
        texts = (self.title, self.summary, self.what_to_bring, self.organisation_description)
        return list(dict.fromkeys(t.language_name for t in texts if t and t.is_fallback))


def offer_view(offer: Offer) -> OfferView:
    """`offer` in the active language; topics and municipalities should be prefetched."""
    title = translated(offer, "title")
    name = translated(offer.organisation, "name")
    if title is None or name is None:
        raise ValueError(f"Offer {offer.code} or its organisation has no name in any language")
    return OfferView(
        offer=offer,
        title=title,
        summary=translated(offer, "summary"),
        what_to_bring=translated(offer, "what_to_bring"),
        organisation=offer.organisation,
        organisation_name=name,
        organisation_description=translated(offer.organisation, "description"),
        topics=[topic.name for topic in offer.topics.all()],
        towns=[town.name for town in offer.municipalities.all()],
    )


def translated(row: Model, field: str) -> Text | None:
    """The text of a translated field in the active language, else in the first that has one; None if none has."""
    active = get_language() or settings.LANGUAGE_CODE
    for code in _languages(active):
        if text := getattr(row, f"{field}_{code}"):
            info = get_language_info(code)
            return Text(
                text=text,
                language=code,
                direction="rtl" if info["bidi"] else "ltr",
                language_name=str(info["name_translated"]),
                is_fallback=code != active,
            )
    return None


def _languages(active: str) -> Iterable[str]:
    every = (code for code, _name in settings.LANGUAGES)
    return dict.fromkeys([active, *settings.MODELTRANSLATION_FALLBACK_LANGUAGES, *every])
