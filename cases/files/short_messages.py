"""A short message of the house to one founder or to many: one of few texts, never words of one's own (rule 12).

The same text goes to the same person once a day, whoever sends it: that day is part of the key of the message.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging import services as messaging
from gruendungswerkstatt.messaging.enums import Channel, VoidReason
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.registry import MessageKind, Resolution
from gruendungswerkstatt.messaging.wordings import Wording
from network.people.models import Membership, Organisation

from . import founder_messages
from .enums import MessageResult, ShortMessage, TimelineKind
from .models import Case, Founder
from .rules import WORKED_ON
from .telling import record

SUBJECT = "case"


def channels(founder: Founder) -> list[Channel]:
    """How `founder` wants messages and can get them."""
    return [channel for channel in founder_messages.WAYS if founder_messages.address(founder, channel)]


def language_of(founder: Founder) -> str:
    """The language of the interface in which `founder` gets messages."""
    return founder.language if founder.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def expected(cases: Collection[Case], text: ShortMessage) -> dict[uuid.UUID, MessageResult]:
    """What would become of a message to the founder of each of `cases` now."""
    today = clock.today().toordinal()
    sent = Message.objects.filter(
        subject_uuid__in=[case.uuid for case in cases], kind=text.value, subject_version=today
    ).values_list("subject_uuid", flat=True)
    already = set(sent)
    return {case.uuid: _expected(case, is_sent=case.uuid in already) for case in cases}


def send(
    office: Organisation, by: Membership, text: ShortMessage, seen: Mapping[uuid.UUID, int]
) -> dict[uuid.UUID, MessageResult]:
    """Plan `text` for the founders of the cases in `seen` (UUID → version that was looked at), a result for each.

    A case that somebody changed since is left: it may be no case for it any more. Belongs into a transaction.
    """
    rows = Case.objects.for_office(office).filter(uuid__in=seen.keys()).select_related("founder")
    cases = list(rows.select_for_update(of=("self",)).order_by("id"))
    results = dict.fromkeys(seen, MessageResult.GONE) | expected(cases, text)
    for case in cases:
        if case.version != seen[case.uuid]:
            results[case.uuid] = MessageResult.STALE
        elif results[case.uuid] == MessageResult.PLANNED:
            _send(case, by, text)
    return results


def resolve(messages: Sequence[Message]) -> Mapping[int, Resolution]:
    """Recipient or reason for each message, with one query."""
    uuids = {message.subject_uuid for message in messages}
    cases = {case.uuid: case for case in Case.objects.filter(uuid__in=uuids).select_related("founder", "office")}
    return {message.pk: _resolve(message, cases.get(message.subject_uuid)) for message in messages}


def please_call(channel: str) -> Wording:
    """The shipped text that asks for a call, in the present language."""
    if channel == Channel.SMS:
        return Wording(_("{own_word}\nWe would like to talk to you. Please call when it suits you. Tel. {phone}"))
    return Wording(
        _("{own_word}\n\nWe would like to talk to you. Please call when it suits you.\n\nTelephone: {phone}"),
        title=_("Please call us"),
    )


def please_look(channel: str) -> Wording:
    """The shipped text that points to the person's own page, in the present language."""
    if channel == Channel.SMS:
        return Wording(_("{own_word}\nThere is news on your page. Please look when it suits you. Tel. {phone}"))
    return Wording(
        _("{own_word}\n\nThere is news on your page. Please look when it suits you.\n\nTelephone: {phone}"),
        title=_("News on your page"),
    )


SHIPPED = {ShortMessage.PLEASE_CALL: please_call, ShortMessage.PLEASE_LOOK: please_look}


def register() -> None:
    """Make the kinds known to the ledger."""
    allowed, values, example = founder_messages.PLACEHOLDERS, founder_messages.values, founder_messages.example
    for text, shipped in SHIPPED.items():
        registry.register(MessageKind(text.value, text.label, resolve, allowed, values, shipped, example))


def _expected(case: Case, *, is_sent: bool) -> MessageResult:
    if case.state not in WORKED_ON:
        return MessageResult.ENDED
    if is_sent:
        return MessageResult.ALREADY
    if channels(case.founder):
        return MessageResult.PLANNED
    wants_any = case.founder.wants_email or case.founder.wants_sms
    return MessageResult.NO_ADDRESS if wants_any else MessageResult.NOT_WANTED


def _send(case: Case, by: Membership, text: ShortMessage) -> None:
    now, ways = clock.now(), channels(case.founder)
    subject = (SUBJECT, case.uuid, clock.today().toordinal())
    plans = [
        founder_messages.plan(text.value, now, way, subject=subject, recipient_uuid=case.founder.uuid) for way in ways
    ]
    messaging.plan(case.office_id, plans)
    params = {"message": text.value, "channels": [way.value for way in ways]}
    record(case, TimelineKind.SHORT_MESSAGE, by, params=params)


def _resolve(message: Message, case: Case | None) -> Resolution:
    if case is None or case.state not in WORKED_ON:
        return VoidReason.SUPERSEDED
    founder = case.founder
    address = founder_messages.address(founder, message.channel)
    if not address:
        wants = founder.wants_email if message.channel == Channel.EMAIL else founder.wants_sms
        return VoidReason.NO_ADDRESS if wants else VoidReason.NOT_WANTED
    return founder_messages.recipient(
        case.office,
        language=founder.language,
        address=address,
        reference=case.reference,
        own_word=founder.own_word,
    )
