"""Real commits, real threads, a real process that is killed."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

from cases.appointments import reminders, services
from cases.appointments.enums import RefusalReason
from cases.appointments.models import Appointment
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.channels.email import message_id
from gruendungswerkstatt.messaging.models import Message
from gruendungswerkstatt.messaging.sending import HANDFUL
from tests.factories.appointments import AppointmentFactory, days_from_now
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory
from tests.messaging.smtp import counting_server

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[3]


def all_at_once(work, count: int) -> list:
    """What `work(number)` returned or raised in each of `count` threads that begin together."""
    results, barrier = [], threading.Barrier(count)

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=10)
            results.append(work(number))
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return results


def test_of_many_for_one_time_exactly_one_wins(case, advisor):
    starts_at = days_from_now(7)

    def book(number: int) -> Appointment:
        # overlapping, not equal
        return services.plan(case, advisor, advisor=advisor, starts_at=starts_at + timedelta(minutes=number))

    results = all_at_once(book, 8)
    winners = [result for result in results if isinstance(result, Appointment)]
    reasons = [result.reason for result in results if isinstance(result, services.AppointmentRefused)]
    assert len(winners) == 1, results
    assert reasons == [RefusalReason.ADVISOR_BUSY] * 7
    assert Appointment.objects.count() == 1
    assert set(Message.objects.values_list("subject_uuid", flat=True)) == {winners[0].uuid}


def test_two_advisors_do_not_wait_for_each_other(case, advisor):
    colleague = MembershipFactory(organisation=case.office)
    pair = [advisor, colleague]
    results = all_at_once(
        lambda number: services.plan(case, advisor, advisor=pair[number], starts_at=days_from_now(7)), 2
    )
    assert {type(result) for result in results} == {Appointment}


def test_two_that_move_the_same_appointment_do_not_overwrite_each_other(case, advisor):
    appointment = services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(7))

    def move(number: int):
        return services.move(
            appointment,
            advisor,
            version=1,
            advisor=advisor,
            starts_at=days_from_now(10 + number),
            minutes=45,
            place="office",
        )

    results = all_at_once(move, 2)
    assert sorted(type(result).__name__ for result in results) == ["Appointment", "StaleVersion"]
    planned = Message.objects.filter(kind=reminders.REMINDER, state="planned")
    assert set(planned.values_list("subject_version", flat=True)) == {2}


def send_in_a_process(port: int) -> subprocess.Popen:
    """`manage.py send_reminders --send` against the test database and the mail server on `port`."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gruendungswerkstatt.settings.base",
        "DATABASE_URL": address,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DEMO": "1",
    }
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, ROOT / "manage.py", "send_reminders", "--send", "--skip-checks"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("accepted", [0, HANDFUL - 1, HANDFUL, HANDFUL + 3])
def test_a_killed_sender_loses_nothing_and_repeats_at_most_what_was_on_the_wire(case, advisor, accepted):
    """kill -9 while the server has a mail and has not answered: that one comes again under the same Message-ID; those
    that went out before it were recorded one by one."""
    appointment = AppointmentFactory(case=case, advisor=advisor)
    given = {"office": case.office, "kind": reminders.REMINDER, "subject_uuid": appointment.uuid}
    count = 2 * HANDFUL + 5
    messages = [MessageFactory(**given, offset_minutes=number) for number in range(count)]
    with counting_server() as server:
        server.holds_from = accepted
        sender = send_in_a_process(server.port)
        assert server.received.wait(timeout=30), sender.communicate(timeout=10)
        sender.send_signal(signal.SIGKILL)
        sender.communicate(timeout=10)
        server.holds_from, server.hold = None, False
        begun = (accepted // HANDFUL + 1) * HANDFUL
        assert Message.objects.filter(state="sent").count() == accepted
        assert Message.objects.filter(state="claimed").count() == count - accepted
        assert Message.objects.filter(state="claimed", handover_at=None).count() == count - begun
        Message.objects.filter(state="claimed").update(claimed_until=clock.now())  # five minutes later
        output, errors = send_in_a_process(server.port).communicate(timeout=60)
        assert output == f"{count - accepted} sent\n", errors
        counted = server.message_ids()
    assert set(counted) == {message_id(message.uuid) for message in messages}
    assert sorted(counted.values()) == [1] * (count - 1) + [2]
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
