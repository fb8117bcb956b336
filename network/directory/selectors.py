"""Looking into the directory. Everything here is public; only published offers of living organisations are seen."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Round

from gruendungswerkstatt.common.paging import Ordering
from network.people.models import Municipality, Organisation

from .models import Offer, OfferQuerySet, ServiceTopic, TopicGroup
from .rules import compound_parts, search_words, stem

BY_POSITION = Ordering("position", "", ("position", "id"))
BY_MATCH = Ordering("match", "", ("-match", "position", "id"))


@dataclass(frozen=True)
class OfferFilters:
    """What narrows a list of offers; "" where nothing was chosen. All values are codes."""

    group: str = ""
    topic: str = ""
    language: str = ""
    municipality: str = ""
    setting: str = ""
    cost: str = ""


@dataclass(frozen=True)
class Found:
    """The offers that answer a search. `is_loose`: none has all the words, these have some of them."""

    offers: QuerySet[Offer]
    ordering: Ordering
    count: int
    is_loose: bool = False


def groups() -> QuerySet[TopicGroup]:
    """The groups of topics in their order."""
    return TopicGroup.objects.all()


def topics() -> QuerySet[ServiceTopic]:
    """All topics with their groups, in the order of the groups."""
    return ServiceTopic.objects.select_related("group").order_by("group__position", "position")


def municipalities() -> QuerySet[Municipality]:
    """The towns that offers can be limited to."""
    return Municipality.objects.order_by("code")


def responsible_office(municipality_code: str) -> Organisation | None:
    """The office that a town belongs to; None without a town."""
    if not municipality_code:
        return None
    return Organisation.objects.filter(municipalities__code=municipality_code).first()


def offer(offer_uuid: uuid.UUID) -> Offer | None:
    """A published offer with organisation, topics and towns; None if there is none (any more)."""
    return _with_card_data(Offer.objects.published()).filter(uuid=offer_uuid).first()


def offers(query: str = "", filters: OfferFilters | None = None, *, without: Organisation | None = None) -> Found:
    """Published offers that answer `query` (in any language, with mistakes) and `filters`, best match first.

    All words of the query have to be found; if no offer has them all, offers with any of them or with the parts of
    a compound are found instead. `without` leaves out one organisation's offers. Two queries more at most, then rows.
    """
    base = _with_card_data(_narrowed(Offer.objects.published(), filters or OfferFilters()))
    if without is not None:
        base = base.exclude(organisation=without)
    words = search_words(query)
    if not words:
        return Found(base if not query.strip() else base.none(), BY_POSITION, 0 if query.strip() else base.count())
    ranked = base.annotate(
        match=Cast(Round(TrigramWordSimilarity(Value(" ".join(words)), "search_text") * 100), IntegerField())
    )
    strict = ranked.filter(reduce(and_, (_has_word(word) for word in words)))
    if count := strict.count():
        return Found(strict, BY_MATCH, count)
    loose = ranked.filter(reduce(or_, (_has_word(word) | _has_part(word) for word in words)))
    return Found(loose, BY_MATCH, loose.count(), is_loose=True)


def offers_for_topics(codes: Iterable[str]) -> QuerySet[Offer]:
    """Published offers for any of the topics, each once."""
    return (
        _with_card_data(Offer.objects.published())
        .filter(topics__code__in=list(codes))
        .distinct()
        .order_by("position", "id")
    )


def topics_without_offer() -> QuerySet[ServiceTopic]:
    """Topics nobody of the network offers help with at present: the office's own team does."""
    served = Offer.objects.published().filter(topics__isnull=False).values("topics")
    return ServiceTopic.objects.exclude(pk__in=served)


def _with_card_data(found: OfferQuerySet) -> QuerySet[Offer]:
    return found.select_related("organisation").prefetch_related("topics", "municipalities")


def _narrowed(found: OfferQuerySet, filters: OfferFilters) -> OfferQuerySet:
    """Each filter as a sub-query, so that an offer with several matching topics stays one row."""
    if filters.group:
        found = found.filter(
            pk__in=Offer.topics.through.objects.filter(servicetopic__group__code=filters.group).values("offer")
        )
    if filters.topic:
        found = found.filter(
            pk__in=Offer.topics.through.objects.filter(servicetopic__code=filters.topic).values("offer")
        )
    if filters.language:
        found = found.filter(Q(languages__contains=[filters.language]) | Q(has_interpreting=True))
    if filters.municipality:
        limited = Offer.municipalities.through.objects
        found = found.filter(
            Q(pk__in=limited.filter(municipality__code=filters.municipality).values("offer"))
            | ~Q(pk__in=limited.values("offer"))  # no town named: the whole Kreis
        )
    if filters.setting:
        found = found.filter(settings__contains=[filters.setting])
    if filters.cost:
        found = found.filter(cost=filters.cost)
    return found


def _has_word(word: str) -> Q:
    return Q(search_text__contains=word) | Q(search_text__trigram_word_similar=word)


def _has_part(word: str) -> Q:
    """Both parts of a compound, or the beginning of a long word."""
    found = Q(search_text__contains=stem(word)) if stem(word) else Q(pk=None)
    for first, second in compound_parts(word):
        found |= Q(search_text__contains=first) & Q(search_text__contains=second)
    return found
