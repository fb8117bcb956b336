"""A kind of message that belongs to no room: the ledger is tested without appointments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.utils.translation import get_language

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging.enums import Channel
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.wordings import Placeholder, Script, Wording

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 12:00 in Unna


@dataclass
class AddressBook:
    """Answers for the kind "greeting": one answer for everybody, unless a person has their own."""

    everybody: registry.Resolution | Exception = field(
        default_factory=lambda: registry.Recipient("de", "person@example.org", "1234-5678", {"word": "Hello"})
    )
    own: dict = field(default_factory=dict)
    calls: list[int] = field(default_factory=list)

    def resolve(self, messages: Sequence[Message]) -> dict[int, registry.Resolution]:
        self.calls.append(len(messages))
        if isinstance(self.everybody, Exception):
            raise self.everybody
        return {m.pk: self.own.get(m.recipient_uuid, self.everybody) for m in messages}


def greeting(resolve) -> registry.MessageKind:
    """Says a word, in which language, and the time if there is one."""
    known = (
        Placeholder("word", "A word"),
        Placeholder("time", "The time", Script.NUMBERS, may_be_empty=True, is_required=False),
    )

    def values(context) -> dict[str, str]:
        return {"word": context["word"], "time": context.get("time", "")}

    def shipped(channel: str) -> Wording:
        language = get_language()
        if channel == Channel.SMS:
            return Wording(f"{{word}} ({language})\n{{time}}")
        return Wording(f"{{word}}\n\n\n\nin {language}\n{{time}}", title=f"Greeting {language}")

    def example() -> dict[str, str]:
        return {"word": "Olive", "time": "14:30"}

    placeholders = {placeholder.name: placeholder for placeholder in known}
    return registry.MessageKind("greeting", "Greeting", resolve, placeholders, values, shipped, example)


@pytest.fixture
def address_book(monkeypatch):
    """The kind "greeting" is registered; what its resolver answers can be changed."""
    book = AddressBook()
    monkeypatch.setattr(registry, "_kinds", {"greeting": greeting(book.resolve)})
    return book


@pytest.fixture
def noon():
    """The clock stands still at noon on a Monday."""
    with clock.frozen(NOON) as moment:
        yield moment
