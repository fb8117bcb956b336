"""A short message to many founders in words: who gets it how, who does not and why, and what stands in it."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, ngettext

from cases.files import short_messages
from cases.files.enums import MessageResult, ShortMessage
from cases.files.models import Case
from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.messaging import composing, office_texts, registry
from gruendungswerkstatt.messaging.composing import Text
from gruendungswerkstatt.messaging.enums import Channel
from network.people.models import Organisation

from .bulk import BulkRow
from .submission import Badge

KINDS = {MessageResult.PLANNED: "success", MessageResult.ALREADY: "info"}


@dataclass(frozen=True)
class Words:
    """What a message says in one language by one way; `count` people get it so."""

    language: str
    language_name: str
    direction: str
    channel: Any
    text: Text
    count: int


def message_rows(cases: Iterable[Case], results: Mapping[uuid.UUID, MessageResult]) -> list[BulkRow]:
    """Each case with what becomes of its message, and the ways it goes."""
    return [_row(case, results[case.uuid]) for case in cases]


def reached(cases: Iterable[Case], results: Mapping[uuid.UUID, MessageResult]) -> list[str]:
    """How many get it by which way: "3 by SMS"."""
    counts = _counts(cases, results)
    by_channel = {channel: sum(n for (way, _l), n in counts.items() if way == channel) for channel in Channel}
    words = {
        Channel.EMAIL: lambda n: ngettext("%(n)s person by e-mail", "%(n)s people by e-mail", n),
        Channel.SMS: lambda n: ngettext("%(n)s person by SMS", "%(n)s people by SMS", n),
    }
    return [words[channel](n) % {"n": n} for channel, n in by_channel.items() if n]


def words_of(
    office: Organisation, text: ShortMessage, cases: Collection[Case], results: Mapping[uuid.UUID, MessageResult]
) -> list[Words]:
    """What the people will read: for every language and way that occurs, the office's own text or the shipped one."""
    kind = registry.kind(text.value)
    counts = _counts(cases, results)
    own = office_texts.own_texts([(office.pk, text.value, channel, language) for channel, language in counts])
    context = {"own_word": "", "phone": office.phone or portal_office().phone}
    found = []
    for (channel, language), count in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0])):
        wording = own.get((office.pk, text.value, channel, language)) or composing.shipped(kind, channel, language)
        found.append(
            Words(
                language=language,
                language_name=dict(settings.LANGUAGES)[language],
                direction="rtl" if get_language_info(language)["bidi"] else "ltr",
                channel=Channel(channel).label,
                text=composing.write(kind, channel, language, context, wording),
                count=count,
            )
        )
    return found


def _row(case: Case, result: MessageResult) -> BulkRow:
    ways = listed(channel.label for channel in short_messages.channels(case.founder))
    badge = Badge(KINDS.get(result, "warning"), result.label)
    return BulkRow(case, badge, f"{case.uuid}:{case.version}", ways if result == MessageResult.PLANNED else "")


def _counts(cases: Iterable[Case], results: Mapping[uuid.UUID, MessageResult]) -> dict[tuple[Channel, str], int]:
    counts: dict[tuple[Channel, str], int] = {}
    for case in cases:
        if results[case.uuid] == MessageResult.PLANNED:
            for channel in short_messages.channels(case.founder):
                key = (channel, short_messages.language_of(case.founder))
                counts[key] = counts.get(key, 0) + 1
    return counts
