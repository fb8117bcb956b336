"""Topics of help and the offers of the network: public, translated by modeltranslation."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common import clock, history
from gruendungswerkstatt.common.abstract import Identified, Versioned
from network.people.models import Municipality, Organisation

from .enums import CostKind, Setting, SpokenLanguage


class TopicGroup(models.Model):
    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ServiceTopic(models.Model):
    """A topic of help. Its code is what a founder's answer stores."""

    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=120)
    group = models.ForeignKey(TopicGroup, on_delete=models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField()
    # Other words people look for this topic with, in any language: "Firma", "Laden", "شركة". Never shown.
    search_words = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class OfferQuerySet(models.QuerySet):
    def published(self):
        """Offers that may be shown: not withdrawn, and of organisations within their term."""
        today = clock.today()
        return self.filter(
            Q(organisation__valid_from=None) | Q(organisation__valid_from__lte=today),
            Q(organisation__valid_to=None) | Q(organisation__valid_to__gte=today),
            is_published=True,
        )


class Offer(Identified, Versioned):
    """What an organisation provides, as a founder reads it. `code` names it for imports; addresses use the UUID."""

    code = models.SlugField(unique=True, max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    topics = models.ManyToManyField(ServiceTopic, related_name="offers")
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("what happens there"), blank=True)
    what_to_bring = models.TextField(_("what to bring"), blank=True)
    languages = ArrayField(models.CharField(max_length=5, choices=SpokenLanguage), default=list)  # spoken by staff
    has_interpreting = models.BooleanField(default=False)  # other languages work too: somebody interprets
    settings = ArrayField(models.CharField(max_length=8, choices=Setting), default=list)
    cost = models.CharField(max_length=8, choices=CostKind, default=CostKind.UNKNOWN)
    municipalities = models.ManyToManyField(Municipality, blank=True, related_name="+")  # empty: the whole Kreis
    has_childcare = models.BooleanField(default=False)
    is_step_free = models.BooleanField(default=False)
    is_for_women = models.BooleanField(default=False)
    is_published = models.BooleanField(default=True)
    position = models.PositiveIntegerField(
        default=0
    )  # order of lists without a search; kept by whoever edits the network
    # Folded words of title, summary, organisation and topics in every language; kept by services.index_offer.
    search_text = models.TextField(editable=False, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            GinIndex(fields=["search_text"], name="offer_search", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["position", "id"], name="offer_by_position"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language_labels(self) -> list[str]:
        """Names of the languages the staff speak, in the active language."""
        return [str(SpokenLanguage(code).label) for code in self.languages]

    @property
    def setting_labels(self) -> list[str]:
        """How it takes place, in the active language; [] if that is not known."""
        return [str(Setting(code).label) for code in self.settings]


@history.track()
class OfferTopic(Offer.topics.through):
    """That an offer helps with a topic: a class of its own so that the link has a history."""

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.servicetopic_id}"


@history.track()
class OfferMunicipality(Offer.municipalities.through):
    """That an offer is for the people of a town."""

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.municipality_id}"
