"""`manage.py seed_bulk --cases N --reminders-due M`: many invented cases for measuring and for trying out lists."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gruendungswerkstatt.demo.accounts import OFFICE
from gruendungswerkstatt.demo.guard import refuse_outside_demo
from network.people.models import Organisation


class Command(BaseCommand):
    help = "Add invented cases of founders to the demo office; every run adds more."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True, help="how many cases to add")
        parser.add_argument(
            "--reminders-due", type=int, default=0, help="how many of them get a reminder by e-mail that is due now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_outside_demo()
        cases, reminders_due = options["cases"], options["reminders_due"]
        if cases < 1 or not 0 <= reminders_due <= cases:
            raise CommandError("--cases has to be at least 1, --reminders-due between 0 and --cases.")
        office = Organisation.objects.filter(code=OFFICE).first()
        if office is None:
            raise CommandError("There is no demo office yet: run `manage.py seed_demo` first.")
        self._write(office, cases, reminders_due)

    def _write(self, office: Organisation, cases: int, reminders_due: int) -> None:
        # Not at the top: production has neither, and has to hear the refusal above and not an ImportError.
        from tqdm import tqdm

        from gruendungswerkstatt.demo.bulk.writer import Writer

        started = time.monotonic()
        writer = Writer(office, cases, reminders_due)
        with tqdm(total=cases, unit=" cases") as progress:
            for written in writer.write():
                progress.update(written)
        seconds = time.monotonic() - started
        self.stdout.write(f"{cases} cases, {reminders_due} reminders due; {cases / seconds:,.0f} cases a second.")
