"""A kind of message that belongs to no room: the ledger is tested without appointments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging.models import Message

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


@pytest.fixture
def address_book(monkeypatch, settings):
    """The kind "greeting" is registered; what its resolver answers can be changed."""
    book = AddressBook()
    monkeypatch.setattr(registry, "_kinds", {"greeting": registry.MessageKind("greeting", "Greeting", book.resolve)})
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]}]
    return book


@pytest.fixture
def noon():
    """The clock stands still at noon on a Monday."""
    with clock.frozen(NOON) as moment:
        yield moment
