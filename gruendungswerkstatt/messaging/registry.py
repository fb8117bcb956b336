"""Kinds of messages. A room above registers its kinds in `AppConfig.ready`; this room knows none of them by itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .enums import VoidReason
from .models import Message
from .wordings import Placeholder, Wording


@dataclass(frozen=True)
class Recipient:
    """Where a message goes and what it may say, as things stand now.

    `language` is a code of the interface, `address` fits the message's channel (e-mail address, or telephone number
    in E.164), `context` is what the kind makes values of, `reference` names the matter for the office's own lists.
    """

    language: str
    address: str = field(repr=False)
    reference: str = ""
    context: Mapping[str, Any] = field(default_factory=dict, repr=False)


Resolution = Recipient | VoidReason
# Gets messages of one kind; gives a Recipient, or the reason not to send, for the primary key of every one of them.
Resolver = Callable[[Sequence[Message]], Mapping[int, Resolution]]


# Makes the value of every placeholder from a context, in the language that is active when it is called.
Values = Callable[[Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True)
class MessageKind:
    """A kind of message.

    `shipped` gives the text for a channel in the present language; an office may replace it. `example` is a context
    in which every placeholder has a value.
    """

    code: str
    label: Any
    resolve: Resolver
    placeholders: Mapping[str, Placeholder]
    values: Values
    shipped: Callable[[str], Wording]
    example: Callable[[], Mapping[str, Any]]


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Make `kind` known. Raises ValueError if its code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"Message kind {kind.code!r} is registered twice")
    _kinds[kind.code] = kind


def kinds() -> list[MessageKind]:
    """All registered kinds, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def kind(code: str) -> MessageKind | None:
    """A registered kind; None if nobody registers it any more."""
    return _kinds.get(code)


def label(code: str) -> Any:
    """The name of a kind; its code if the room that made it is gone."""
    return _kinds[code].label if code in _kinds else code


def resolve(messages: Sequence[Message]) -> dict[int, Resolution]:
    """Recipient or reason for each of `messages`, all of one kind, by primary key. Raises what the resolver raises.

    A message of a kind that nobody registers any more, or that its resolver does not answer for, is superseded.
    """
    kind = _kinds.get(messages[0].kind) if messages else None
    found = kind.resolve(messages) if kind else {}
    return {message.pk: found.get(message.pk, VoidReason.SUPERSEDED) for message in messages}


def by_kind(messages: Iterable[Message]) -> dict[str, list[Message]]:
    """`messages` as `resolve` takes them."""
    groups: dict[str, list[Message]] = {}
    for message in messages:
        groups.setdefault(message.kind, []).append(message)
    return groups
