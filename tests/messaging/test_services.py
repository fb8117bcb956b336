"""Planning once, taking back, trying again, forgetting."""

from datetime import timedelta

import pytest

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.messaging import selectors, services
from gruendungswerkstatt.messaging.enums import Channel, MessageState, VoidReason
from gruendungswerkstatt.messaging.models import Heartbeat, Message
from tests.factories.messaging import MessageFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


def a_plan(**changes) -> services.Plan:
    now = clock.now()
    given = {
        "kind": "greeting",
        "subject_kind": "appointment",
        "subject_uuid": new_uuid(),
        "subject_version": 1,
        "channel": Channel.SMS,
        "recipient_uuid": new_uuid(),
        "due_at": now,
        "not_after_at": now + timedelta(hours=1),
    }
    return services.Plan(**given | changes)


def test_the_same_plan_twice_is_one_message():
    office, plan = OrganisationFactory(office=True), a_plan()
    services.plan(office.pk, [plan])
    sent_at = clock.now()
    Message.objects.update(state=MessageState.SENT, sent_at=sent_at)
    services.plan(office.pk, [plan])
    message = Message.objects.get()
    assert message.state == MessageState.SENT
    assert message.key == plan.key


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"subject_uuid": new_uuid()},
        {"subject_version": 2},
        {"offset_minutes": 60},
        {"channel": Channel.EMAIL},
        {"recipient_uuid": new_uuid()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_each_part_of_the_key_makes_another_message(change):
    office, fixed = OrganisationFactory(office=True), {"subject_uuid": new_uuid(), "recipient_uuid": new_uuid()}
    services.plan(office.pk, [a_plan(**fixed), a_plan(**fixed | change)])
    assert Message.objects.count() == 2


def test_the_longest_key_fits():
    services.plan(
        OrganisationFactory(office=True).pk,
        [a_plan(kind="k" * 40, subject_version=2**31 - 1, offset_minutes=-(2**31), channel=Channel.EMAIL)],
    )
    assert Message.objects.count() == 1


def test_taking_back_spares_what_is_sent_and_what_is_about_something_else():
    subject = new_uuid()
    planned = MessageFactory(subject_uuid=subject)
    sent = MessageFactory(subject_uuid=subject, sent=True)
    other = MessageFactory()
    assert services.void(subject) == 1
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {planned.pk: "void", sent.pk: "sent", other.pk: "planned"}
    planned.refresh_from_db()
    assert planned.void_reason == VoidReason.SUPERSEDED


def test_what_is_claimed_but_not_begun_is_taken_back():
    lease = {"state": MessageState.CLAIMED, "claim": new_uuid(), "claimed_until": clock.now() + timedelta(minutes=5)}
    subject = new_uuid()
    waiting = MessageFactory(subject_uuid=subject, **lease)
    begun = MessageFactory(subject_uuid=subject, kind="other", handover_at=clock.now(), **lease)
    services.void(subject)
    waiting.refresh_from_db()
    begun.refresh_from_db()
    assert (waiting.state, waiting.claim) == (MessageState.VOID, None)
    assert begun.state == MessageState.CLAIMED


def test_a_failed_message_can_be_sent_again_while_it_is_of_use():
    message = MessageFactory(failed=True)
    assert services.retry(message)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == (MessageState.PLANNED, 0, "")
    assert message in selectors.due()


def test_pressing_the_button_twice_is_pressing_it_once():
    message = MessageFactory(failed=True)
    assert services.retry(message)
    Message.objects.update(attempts=1)
    assert services.retry(message)
    message.refresh_from_db()
    assert message.attempts == 1


@pytest.mark.parametrize(
    ("given", "is_fine"),
    [
        ({"failed": True, "not_after_at": clock.now() - timedelta(seconds=1)}, False),
        ({"state": MessageState.VOID, "void_reason": VoidReason.SUPERSEDED}, False),
        ({"sent": True}, True),
    ],
    ids=["too late", "void", "sent"],
)
def test_nothing_else_is_sent_again(given, is_fine):
    message = MessageFactory(**given)
    assert services.retry(message) is is_fine
    before = message.state
    message.refresh_from_db()
    assert message.state == before


def test_the_heart_beats_in_one_row():
    with clock.frozen(clock.now() - timedelta(minutes=1)):
        services.beat_heart(selectors.WORKER)
    services.beat_heart(selectors.WORKER)
    assert Heartbeat.objects.count() == 1
    assert clock.now() - selectors.worker_last_beat_at() < timedelta(seconds=10)
