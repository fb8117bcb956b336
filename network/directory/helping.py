"""Who helps with a topic: kept in the process, so that a founder's page names offices without asking the database."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q
from django.utils.translation import get_language

from gruendungswerkstatt.common.kept import Kept

from .models import Offer

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class HelpOffer:
    """One offer for a topic: the names of its organisation by language, and its towns, none for the whole Kreis."""

    offer_uuid: uuid.UUID
    organisation_id: int
    names: Mapping[str, str]
    towns: frozenset[str]

    def name(self) -> tuple[str, str]:
        """The organisation's name in the active language, else in the first that has one; and which language it is."""
        order = dict.fromkeys([get_language(), *settings.MODELTRANSLATION_FALLBACK_LANGUAGES, *_LANGUAGES])
        return next(((self.names[code], code) for code in order if self.names.get(code)), ("", ""))


def _find() -> Mapping[str, list[HelpOffer]]:
    """Published offers by the code of each of their topics, in the directory's order. One query."""
    columns = [f"organisation__name_{code}" for code in _LANGUAGES]
    towns = ArrayAgg("municipalities__code", filter=Q(municipalities__isnull=False), distinct=True, default=[])
    offers = Offer.objects.published().filter(topics__isnull=False).annotate(topic=F("topics__code"))
    rows = offers.values("uuid", "topic", "organisation_id", "position", "id", *columns).annotate(towns=towns)
    found: dict[str, list[HelpOffer]] = {}
    for row in rows.order_by("position", "id"):
        names = {code: row[column] or "" for code, column in zip(_LANGUAGES, columns, strict=True)}
        offer = HelpOffer(row["uuid"], row["organisation_id"], names, frozenset(row["towns"]))
        found.setdefault(row["topic"], []).append(offer)
    return found


kept: Kept[Mapping[str, list[HelpOffer]]] = Kept(_find, otherwise={})


def offers_for(topic: str, town: str = "") -> list[HelpOffer]:
    """Published offers for the topic with this code that serve `town` ("" for any), one of each organisation."""
    serving = [offer for offer in kept.get().get(topic, ()) if not town or not offer.towns or town in offer.towns]
    return list({offer.organisation_id: offer for offer in reversed(serving)}.values())[::-1]
