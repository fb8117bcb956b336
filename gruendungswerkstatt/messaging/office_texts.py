"""The texts an office writes itself: which one counts, what is wrong with it, saving it, trying it out."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion, bump_version
from gruendungswerkstatt.common.ids import new_uuid
from network.people.models import Membership, Organisation

from . import composing, registry, selectors
from .channels import Gateways
from .composing import Text
from .enums import Channel, TextState
from .linting import Finding, findings
from .models import MessageText
from .registry import MessageKind
from .wordings import Wording

# Office, kind, channel, language.
TextKey = tuple[int, str, str, str]


class TextRefused(Exception):
    """A text may not be sent like this; `findings` say why."""

    def __init__(self, found: list[Finding]):
        super().__init__(", ".join(finding.reason.value for finding in found))
        self.findings = found


@dataclass(frozen=True)
class Slot:
    """One text of an office: for a kind, a channel and a language; `row` is None while nobody touched it."""

    kind: MessageKind
    channel: str
    language: str
    row: MessageText | None
    shipped: Wording

    @property
    def version(self) -> int:
        """The version a form has to bring along; 0 before the first change."""
        return self.row.version if self.row else 0

    @property
    def own(self) -> Wording | None:
        """The office's own text; None if the shipped one counts."""
        return Wording(self.row.body, self.row.title) if self.row and self.row.body else None

    @property
    def wording(self) -> Wording:
        """The text that counts."""
        return self.own or self.shipped

    @property
    def state(self) -> TextState:
        if self.own is None:
            return TextState.SHIPPED
        if not _is_fit(self.kind.code, self.channel, self.language, self.own):
            return TextState.UNFIT
        is_current = self.row.shipped_digest == composing.digest(self.shipped)
        return TextState.OWN if is_current else TextState.OUTDATED


def own_texts(keys: Collection[TextKey]) -> dict[TextKey, Wording]:
    """The own texts among `keys` that may be sent, with one query.

    A text that was saved before the check or its kind learnt something new gives way to the shipped one.
    """
    offices, kinds = {key[0] for key in keys}, {key[1] for key in keys}
    rows = MessageText.objects.filter(office__in=offices, kind__in=kinds).exclude(body="")
    found = {(row.office_id, row.kind, row.channel, row.language): Wording(row.body, row.title) for row in rows}
    return {key: found[key] for key in keys if key in found and _is_fit(*key[1:], found[key])}


@lru_cache(maxsize=1024)
def _is_fit(kind_code: str, channel: str, language: str, wording: Wording) -> bool:
    kind = registry.kind(kind_code)
    return kind is not None and not lint(kind, channel, language, wording)


def slots(office: Organisation) -> list[Slot]:
    """Every text of `office`: kinds by code, channels, languages."""
    rows = {(row.kind, row.channel, row.language): row for row in MessageText.objects.for_office(office)}
    return [
        _slot(kind, channel, language, rows.get((kind.code, channel, language)))
        for kind in registry.kinds()
        for channel in Channel.values
        for language, _name in settings.LANGUAGES
    ]


def slot(office: Organisation, kind_code: str, channel: str, language: str) -> Slot | None:
    """One text of `office`; None if there is no such kind, channel or language."""
    kind = registry.kind(kind_code)
    if kind is None or channel not in Channel.values or language not in dict(settings.LANGUAGES):
        return None
    rows = MessageText.objects.for_office(office).select_related("changed_by__user")
    return _slot(kind, channel, language, rows.filter(kind=kind_code, channel=channel, language=language).first())


def _slot(kind: MessageKind, channel: str, language: str, row: MessageText | None) -> Slot:
    return Slot(kind, channel, language, row, composing.shipped(kind, channel, language))


def sample(kind: MessageKind, channel: str, language: str, wording: Wording) -> Text:
    """`wording` as it would go out to an invented person who has every value. Raises UnknownPlaceholder."""
    with override(language):
        context = kind.example()
    return composing.write(kind, channel, language, context, wording)


def lint(
    kind: MessageKind, channel: str, language: str, wording: Wording, names: Collection[str] = ()
) -> list[Finding]:
    """What is wrong with `wording`; [] if it may be sent. `names` are people and bodies it must not name."""

    return findings(
        wording,
        channel,
        kind.placeholders,
        names=names,
        filled=lambda given: sample(kind, channel, language, given).body,
    )


def check(office: Organisation, slot: Slot, wording: Wording) -> None:
    """Raise TextRefused unless `office` may say `wording`."""
    if found := lint(slot.kind, slot.channel, slot.language, wording, selectors.names_not_to_say(office)):
        raise TextRefused(found)


def save(office: Organisation, by: Membership, slot: Slot, wording: Wording, *, version: int) -> MessageText:
    """Let `office` say `wording` from now on; `version` is the one that was read.

    Raises TextRefused, StaleVersion. The shipped text, sent back unchanged, is no own text.
    """
    check(office, slot, wording)
    return _write(office, by, slot, Wording("") if wording == slot.shipped else wording, version)


def go_back(office: Organisation, by: Membership, slot: Slot, *, version: int) -> MessageText:
    """Let the shipped text count again. Raises StaleVersion."""
    return _write(office, by, slot, Wording(""), version)


def _write(office: Organisation, by: Membership, slot: Slot, wording: Wording, version: int) -> MessageText:
    with transaction.atomic():
        row = _locked(office, slot, version)
        row.title, row.body = wording.title, wording.body
        row.shipped_digest = composing.digest(slot.shipped)
        row.changed_by, row.changed_at = by, clock.now()
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:  # two people wrote the first text at the same moment
            raise StaleVersion from error
        return row


def _locked(office: Organisation, slot: Slot, version: int) -> MessageText:
    place = {"kind": slot.kind.code, "channel": slot.channel, "language": slot.language}
    row = MessageText.objects.for_office(office).filter(**place).select_for_update().first()
    if row is None:
        row = MessageText(office=office, version=0, **place)
    bump_version(row, version)
    return row


def send_sample(slot: Slot, wording: Wording, address: str) -> None:
    """Send a mail with `wording` and invented values to `address`, the way real ones go. Raises SendingFailed."""
    text = sample(slot.kind, slot.channel, slot.language, wording)
    with Gateways() as gateways:
        gateways.opened(Channel.EMAIL).send(new_uuid(), address, text)
