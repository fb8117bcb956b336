"""The message that a question waits. Rule 12: neither question nor case, no name, no authority, no link."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gruendungswerkstatt.common import clock, phones
from gruendungswerkstatt.common.context import portal_office
from gruendungswerkstatt.messaging import linting, registry
from gruendungswerkstatt.messaging import rules as quiet
from gruendungswerkstatt.messaging.enums import Channel, VoidReason
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.registry import MessageKind, Recipient, Resolution
from gruendungswerkstatt.messaging.services import Plan
from gruendungswerkstatt.messaging.wordings import Placeholder, Script, Wording

from .enums import AskBackState
from .models import AskBack

WAITING = "question_waiting"
SUBJECT = "ask_back"
OF_USE = timedelta(days=3)  # sent later it would only confuse

_PLACEHOLDERS = (
    Placeholder("own_word", gettext_lazy("The person's own word"), may_be_empty=True, leads_title=True),
    Placeholder("phone", gettext_lazy("Telephone of the office"), Script.NUMBERS),
)


def plans(asked: AskBack) -> list[Plan]:
    """Messages about a question that was just asked, one for each way the person wants."""
    now = clock.now()
    recipient = asked.case.founder.uuid if asked.case else asked.submission.uuid
    return [
        Plan(
            kind=WAITING,
            subject_kind=SUBJECT,
            subject_uuid=asked.uuid,
            subject_version=asked.version,
            channel=channel,
            recipient_uuid=recipient,
            due_at=quiet.sendable_at(now, channel),
            not_after_at=now + OF_USE,
        )
        for channel in (Channel.EMAIL, Channel.SMS)
        if _address(asked, channel)
    ]


def resolve(messages: Sequence[Message]) -> Mapping[int, Resolution]:
    """Recipient or reason for each message, with one query."""
    uuids = {message.subject_uuid for message in messages}
    found = AskBack.objects.filter(uuid__in=uuids).select_related("case__founder", "submission", "office")
    asked = {one.uuid: one for one in found}
    return {message.pk: _resolve(message, asked.get(message.subject_uuid)) for message in messages}


def values(context: Mapping[str, Any]) -> dict[str, str]:
    """What stands for the placeholders."""
    return {"own_word": context["own_word"], "phone": phones.readable(context["phone"])}


def example() -> dict[str, Any]:
    """A context that has everything."""
    return {"own_word": _("olive tree"), "phone": "+4923032538000"}


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
    placeholders = {placeholder.name: placeholder for placeholder in _PLACEHOLDERS}
    label = gettext_lazy("A question waits")
    registry.register(MessageKind(WAITING, label, resolve, placeholders, values, shipped, example))


def _resolve(message: Message, asked: AskBack | None) -> Resolution:
    if asked is None or asked.state != AskBackState.ASKED:
        return VoidReason.SUPERSEDED
    address = _address(asked, message.channel)
    if not address:
        return VoidReason.NOT_WANTED
    return Recipient(
        language=_language(asked),
        address=address,
        reference=asked.case.reference if asked.case else asked.submission.reference,
        context={"own_word": linting.harmless(_own_word(asked)), "phone": asked.office.phone or portal_office().phone},
    )


def _address(asked: AskBack, channel: str) -> str:
    """Where the person wants messages by `channel`; "" if not that way."""
    if asked.case:
        founder = asked.case.founder
        wanted = {
            Channel.EMAIL: founder.wants_email and founder.email,
            Channel.SMS: founder.wants_sms and founder.phone,
        }
    else:
        answers = asked.submission.answers
        wanted = {
            Channel.EMAIL: answers.get("wants_email") == "yes" and answers.get("email"),
            Channel.SMS: answers.get("wants_sms") == "yes" and answers.get("phone"),
        }
    return wanted[Channel(channel)] or ""


def _language(asked: AskBack) -> str:
    language = asked.case.founder.language if asked.case else asked.submission.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _own_word(asked: AskBack) -> str:
    return asked.case.founder.own_word if asked.case else asked.submission.answers.get("own_word", "")
