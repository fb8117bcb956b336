"""The message that a question waits. Rule 12: neither question nor case, no name, no authority, no link."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging import registry
from gruendungswerkstatt.messaging.enums import Channel, VoidReason
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.registry import MessageKind, Resolution
from gruendungswerkstatt.messaging.services import Plan
from gruendungswerkstatt.messaging.wordings import Wording

from . import founder_messages
from .enums import AskBackState
from .models import AskBack

WAITING = "question_waiting"
SUBJECT = "ask_back"


def plans(asked: AskBack) -> list[Plan]:
    """Messages about a question that was just asked, one for each way the person wants."""
    now = clock.now()
    recipient = asked.case.founder.uuid if asked.case else asked.submission.uuid
    subject = (SUBJECT, asked.uuid, asked.version)
    return [
        founder_messages.plan(WAITING, now, channel, subject=subject, recipient_uuid=recipient)
        for channel in founder_messages.WAYS
        if _address(asked, channel)
    ]


def resolve(messages: Sequence[Message]) -> Mapping[int, Resolution]:
    """Recipient or reason for each message, with one query."""
    uuids = {message.subject_uuid for message in messages}
    found = AskBack.objects.filter(uuid__in=uuids).select_related("case__founder", "submission", "office")
    asked = {one.uuid: one for one in found}
    return {message.pk: _resolve(message, asked.get(message.subject_uuid)) for message in messages}


def shipped(channel: str) -> Wording:
    """The shipped text, in the present language."""
    if channel == Channel.SMS:
        return Wording(_("{own_word}\nThere is a question for you. Please open your page, or call. Tel. {phone}"))
    return Wording(
        _("{own_word}\n\nThere is a question for you. Please open your page, or call.\n\nTelephone: {phone}"),
        title=_("A question for you"),
    )


def register() -> None:
    """Make the kind known to the ledger."""
    label, allowed = gettext_lazy("A question waits"), founder_messages.PLACEHOLDERS
    kind = MessageKind(WAITING, label, resolve, allowed, founder_messages.values, shipped, founder_messages.example)
    registry.register(kind)


def _resolve(message: Message, asked: AskBack | None) -> Resolution:
    if asked is None or asked.state != AskBackState.ASKED:
        return VoidReason.SUPERSEDED
    address = _address(asked, message.channel)
    if not address:
        return VoidReason.NOT_WANTED
    case, enquiry = asked.case, asked.submission
    return founder_messages.recipient(
        asked.office,
        language=case.founder.language if case else enquiry.language,
        address=address,
        reference=case.reference if case else enquiry.reference,
        own_word=case.founder.own_word if case else enquiry.answers.get("own_word", ""),
    )


def _address(asked: AskBack, channel: str) -> str:
    """Where the person wants messages by `channel`; "" if not that way."""
    if asked.case:
        return founder_messages.address(asked.case.founder, channel)
    wish, where = ("wants_email", "email") if channel == Channel.EMAIL else ("wants_sms", "phone")
    answers = asked.submission.answers
    return answers.get(where, "") if answers.get(wish) == "yes" else ""
