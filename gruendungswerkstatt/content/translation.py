from modeltranslation.translator import TranslationOptions, register

from gruendungswerkstatt.common import history

from .models import Page


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


# Only now the model has its language columns.
history.track(exclude=["translated_from"])(Page)
