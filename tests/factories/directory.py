"""Topics and offers of the network."""

import factory
from factory.django import DjangoModelFactory

from network.directory.enums import CostKind
from network.directory.models import Offer, ServiceTopic, TopicGroup
from network.directory.services import index_offer

from .people import OrganisationFactory


class TopicGroupFactory(DjangoModelFactory):
    class Meta:
        model = TopicGroup
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"group-{n}")
    name = factory.Sequence(lambda n: f"Gruppe {n}")
    position = factory.Sequence(lambda n: n + 1)


class ServiceTopicFactory(DjangoModelFactory):
    class Meta:
        model = ServiceTopic
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.Sequence(lambda n: f"Thema {n}")
    group = factory.SubFactory(TopicGroupFactory)
    position = factory.Sequence(lambda n: n + 1)


class OfferFactory(DjangoModelFactory):
    """A published offer of a partner, found by search. `topics` and `municipalities` take lists of rows."""

    class Meta:
        model = Offer
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"offer-{n}")
    organisation = factory.SubFactory(OrganisationFactory, partner=True)
    title = factory.Sequence(lambda n: f"Angebot {n}")
    languages = factory.LazyFunction(lambda: ["de"])
    settings = factory.LazyFunction(lambda: ["on_site"])
    cost = CostKind.UNKNOWN
    position = factory.Sequence(lambda n: n + 1)

    @factory.post_generation
    def topics(self, create, topics, **_kwargs):
        if create and topics:
            self.topics.set(topics)

    @factory.post_generation
    def municipalities(self, create, municipalities, **_kwargs):
        if create and municipalities:
            self.municipalities.set(municipalities)

    @factory.post_generation
    def indexed(self, create, _value, **_kwargs):
        if create:
            index_offer(self)
