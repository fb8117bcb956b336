"""A system check: the shipped texts keep to what an office's own texts must keep to."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from . import composing, registry
from .enums import Channel
from .office_texts import lint


@register("messaging")
def check_shipped_texts(app_configs, **kwargs) -> list[CheckMessage]:
    """An error for every finding in a shipped text, in any language."""
    return [
        Error(
            f"The shipped text {kind.code}/{channel}/{language} is refused by its own check: {finding.field},"
            f" {finding.reason.value} ({finding.found})",
            id="messaging.E001",
        )
        for kind in registry.kinds()
        for channel in Channel.values
        for language, _name in settings.LANGUAGES
        for finding in lint(kind, channel, language, composing.shipped(kind, channel, language))
    ]
