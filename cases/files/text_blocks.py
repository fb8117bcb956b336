"""Text blocks: what an office often writes into a note or asks a founder, in German and the founders' languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from gruendungswerkstatt.common.abstract import bump_version
from gruendungswerkstatt.common.text import sort_key
from network.people.models import OfficeOwnedQuerySet, Organisation

from .enums import AskBackBlock, BlockPlace
from .models import TextBlock
from .refusals import BlockRefusal

GERMAN = "de"
MOST = 100


class BlockRefused(Exception):
    """A text block cannot be used like this; `reason` says why."""

    def __init__(self, reason: BlockRefusal):
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Words:
    """What can be put into a text: `key`, what it is called, {language: text}."""

    key: str
    name: Any
    texts: Mapping[str, str] = field(default_factory=dict)

    def said(self, place: str, language: str) -> str:
        """The words in both languages: a note is read by the office first, a question by the founder."""
        order = (GERMAN, language) if place == BlockPlace.NOTE else (language, GERMAN)
        return "\n\n".join(dict.fromkeys(text for code in order if (text := self.texts.get(code))))


def offered(office_id: int, place: str) -> list[Words]:
    """What the office can put into a note or a question (`place`): own blocks by name, then shipped questions."""
    rows = TextBlock.objects.for_office(office_id).filter(place__in=(BlockPlace.BOTH, place)).order_by("sort_name")
    own = [Words(str(row.uuid), row.name, row.texts) for row in rows]
    return own if place == BlockPlace.NOTE else [*own, *shipped()]


@cache
def shipped() -> tuple[Words, ...]:
    """The questions that the portal brings along."""
    return tuple(Words(block.value, block.label, dict(_in_each(block))) for block in AskBackBlock)


def _in_each(block: AskBackBlock) -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield language, str(block.label)


def of_office(office: Organisation) -> OfficeOwnedQuerySet:
    """The office's own blocks by name."""
    return TextBlock.objects.for_office(office).order_by("sort_name")


@transaction.atomic
def create(office: Organisation, **said: Any) -> TextBlock:
    """A new block of `office`. Raises BlockRefused for a name that is there, in whatever spelling, and for too many."""
    if TextBlock.objects.for_office(office).count() >= MOST:
        raise BlockRefused(BlockRefusal.TOO_MANY)
    return _saved(TextBlock(office=office), **said)


@transaction.atomic
def change(block: TextBlock, *, version: int, **said: Any) -> TextBlock:
    """Say something else from now on; what was written with it stays. Raises BlockRefused, StaleVersion."""
    current = TextBlock.objects.select_for_update().filter(pk=block.pk, office=block.office_id).first()
    if current is None:
        raise BlockRefused(BlockRefusal.GONE)
    bump_version(current, version)
    return _saved(current, **said)


@transaction.atomic
def delete(block: TextBlock) -> None:
    """Delete `block`; what is gone already stays gone."""
    TextBlock.objects.filter(pk=block.pk).delete()


def _saved(block: TextBlock, **said: Any) -> TextBlock:
    for name, value in said.items():
        setattr(block, name, value)
    block.sort_name = sort_key(block.name)[:60]
    try:
        with transaction.atomic():
            block.save()
    except IntegrityError:
        raise BlockRefused(BlockRefusal.NAME_TAKEN) from None
    return block
