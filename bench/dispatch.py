"""`python -m bench.dispatch --messages 3000`: reminders a second from the ledger to a mail server on loopback.

One worker process as in real use: it claims, begins, hands over and records, against the same PostgreSQL. Runs on a
database of its own (`make bench` sets it up); the cases it needs are invented there.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prepare.basics import BASE_DIR

WANTED = 300  # messages a second and worker process


@dataclass(frozen=True)
class Dispatch:
    """What sending so many `messages` took; seconds. `received` counts different Message-IDs."""

    messages: int
    received: int
    connections: int
    elapsed: float
    python: float
    postgres: float

    def __str__(self) -> str:
        rate = self.messages / self.elapsed
        each = 1000 / self.messages
        return (
            f"Dispatch of {self.messages:,} reminders to an SMTP sink: **{rate:.0f} a second** and worker process"
            f" (wanted: {WANTED}). CPU of each: Python {self.python * each:.2f} ms,"
            f" PostgreSQL {self.postgres * each:.2f} ms."
            f" {self.received:,} arrived, each once, over {self.connections} connection(s)."
        )


def run(messages: int) -> str:
    """Plan and send so many reminders; gives the figures in a sentence. Raises SystemExit if any is lost or doubled."""
    return str(_measure(messages))


def _measure(messages: int) -> Dispatch:
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    from gruendungswerkstatt.messaging import sending

    from .measure import cpu_seconds

    call_command("seed_bulk", cases=messages, reminders_due=messages, verbosity=0)
    with _sink() as sink:
        server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": sink.port, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}
        with override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", SMS_DIR=None, **server):
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend = cursor.fetchone()[0]
            postgres, python, started = cpu_seconds(backend), time.process_time(), time.perf_counter()
            outcomes = sending.send_due()
            elapsed = time.perf_counter() - started
            used = (time.process_time() - python, cpu_seconds(backend) - postgres)
    sent = outcomes["sent"]
    if not sent or sink.mails != sent or sink.message_ids != sent:
        raise SystemExit(f"{dict(outcomes)}, but {sink.mails} mails with {sink.message_ids} Message-IDs arrived.")
    return Dispatch(sent, sink.message_ids, sink.connections, elapsed, *used)


class _Sink:
    """What the mail server told."""

    port = mails = connections = message_ids = 0


@contextmanager
def _sink() -> Iterator[_Sink]:
    """A mail server in a process of its own; after the block its counts are known."""
    told = _Sink()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=BASE_DIR
    )
    try:
        told.port = int(process.stdout.readline())
        yield told
        last, _nothing = process.communicate(timeout=30)
        told.mails, told.connections, told.message_ids = map(int, last.split())
    finally:
        process.kill()
        process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.dispatch", description=__doc__)
    parser.add_argument("--messages", type=int, default=3000, help="reminders to send (default %(default)s)")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings_portal")

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("seed_demo", verbosity=0)
    print(run(arguments.messages))
    return 0


if __name__ == "__main__":
    sys.exit(main())
