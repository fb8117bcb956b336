from modeltranslation.translator import TranslationOptions, register

from gruendungswerkstatt.common import history

from .models import Municipality, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "description")


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name",)


# Only now the models have their language columns.
history.track()(Organisation)
history.track()(Municipality)
