"""`manage.py send_reminders`: what is due now, without a word about people; with --send it is sent in this process."""

from collections.abc import Iterator
from itertools import islice

from django.core.management.base import BaseCommand, no_translations

from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.messaging import composing, registry, selectors, sending
from gruendungswerkstatt.messaging.enums import VoidReason
from gruendungswerkstatt.messaging.models import Message

CHUNK = 500
LINE = "{:<16}  {:<22}  {:<7}  {:<8}  {:<20}  {:>8}  {}"


class Command(BaseCommand):
    help = "Lists the messages that are due now; --send sends them in this process."

    def add_arguments(self, parser):
        parser.add_argument("--send", action="store_true", help="send what is due instead of listing it")

    @no_translations
    def handle(self, *args, **options):
        if options["send"]:
            outcomes = sending.send_due()
            self.stdout.write(
                ", ".join(f"{count} {state}" for state, count in sorted(outcomes.items())) or "nothing due"
            )
            return
        self.stdout.write(LINE.format("due", "kind", "channel", "language", "state", "attempts", "reference"))
        count = 0
        for count, line in enumerate(_lines(), start=1):  # noqa: B007 - the last one is the number of lines
            self.stdout.write(line)
        self.stdout.write(f"{count} due")


def _lines() -> Iterator[str]:
    rows = selectors.due().iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        resolutions = {}
        for messages in registry.by_kind(chunk).values():
            resolutions |= registry.resolve(messages)
        yield from (_line(message, resolutions[message.pk]) for message in chunk)


def _line(message: Message, resolution: registry.Resolution) -> str:
    if isinstance(resolution, VoidReason):
        language, reference, state = "-", "-", f"void: {resolution.value}"
    else:
        language, reference, state = composing.language_of(resolution), resolution.reference, message.state
    due_at = f"{local(message.due_at):%Y-%m-%d %H:%M}"
    return LINE.format(due_at, message.kind, message.channel, language, state, message.attempts, reference)
