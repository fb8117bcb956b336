from modeltranslation.translator import TranslationOptions, register

from gruendungswerkstatt.common import history

from .models import Offer, ServiceTopic, TopicGroup


@register(TopicGroup)
class TopicGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(ServiceTopic)
class ServiceTopicTranslation(TranslationOptions):
    fields = ("name",)


@register(Offer)
class OfferTranslation(TranslationOptions):
    fields = ("title", "summary", "what_to_bring")


# Only now the models have their language columns.
history.track()(TopicGroup)
history.track()(ServiceTopic)
history.track(exclude=["search_text"])(Offer)
