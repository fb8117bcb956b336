"""Rows of the ledger."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.messaging.enums import Channel, MessageState, SendingError
from gruendungswerkstatt.messaging.models import Message

from .people import OrganisationFactory


class MessageFactory(DjangoModelFactory):
    """A message that is due since a minute and of use for two more days; traits `sent` and `failed`."""

    class Meta:
        model = Message

    class Params:
        sent = factory.Trait(
            state=MessageState.SENT,
            sent_at=factory.LazyFunction(clock.now),
            language="de",
            address="person@example.org",
            title="Termin-Erinnerung",
            body="Montag, 10:00 Uhr",
            attempts=1,
            delete_after_on=factory.LazyFunction(lambda: clock.today() + timedelta(days=90)),
        )
        failed = factory.Trait(state=MessageState.FAILED, attempts=7, error=SendingError.UNREACHABLE)

    office = factory.SubFactory(OrganisationFactory, office=True)
    kind = "greeting"
    subject_kind = "appointment"
    subject_uuid = factory.LazyFunction(new_uuid)
    subject_version = 1
    offset_minutes = 0
    channel = Channel.EMAIL
    recipient_uuid = factory.LazyFunction(new_uuid)
    key = factory.LazyAttribute(
        lambda m: f"{m.kind}:{m.subject_uuid}:{m.subject_version}:{m.offset_minutes}:{m.channel}:{m.recipient_uuid}"
    )
    due_at = factory.LazyFunction(lambda: clock.now() - timedelta(minutes=1))
    not_after_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=2))
