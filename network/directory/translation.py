from modeltranslation.translator import TranslationOptions, register

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
