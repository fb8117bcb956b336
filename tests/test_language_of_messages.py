"""Every message that can be sent, by mail and SMS, is in the language of the person it goes to."""

import pytest
from django.conf import settings

from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging.composing import compose
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.registry import MessageKind, Recipient
from tests.languages.reading import foreign_words

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", Channel.values)
@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.code)
def test_every_message_is_in_the_language_of_its_reader(kind: MessageKind, channel: str, language: str):
    context = dict(kind.example())
    text = compose(kind, channel, Recipient(language=language, address="", context=context))
    # Place and own word are what people typed.
    typed = [value for value in context.values() if isinstance(value, str)]
    page = text.html or f'<p lang="{language}">{text.body}</p>'
    assert foreign_words(page, language, typed) == []
    assert foreign_words(f'<p lang="{language}">{text.title}\n{text.body}</p>', language, typed) == []
