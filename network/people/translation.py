from modeltranslation.translator import TranslationOptions, register

from .models import Municipality, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name",)
