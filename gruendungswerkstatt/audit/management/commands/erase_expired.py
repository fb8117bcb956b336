"""`manage.py erase_expired`: what is past its time, per office and class; with --run it is erased."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser, no_translations

from gruendungswerkstatt.audit.erasure_runs import erase_expired
from gruendungswerkstatt.audit.models import ErasureCause

LINE = "{:<40}  {:<20}  {:>8}  {:>8}"


class Command(BaseCommand):
    help = "Counts what is past its time; --run erases it, as the nightly run does. Either leaves a report."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="erase instead of counting")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        runs = erase_expired(ErasureCause.COMMAND, is_dry_run=not options["run"])
        self.stdout.write(LINE.format("office", "class", "erased" if options["run"] else "expired", "failed"))
        for run in runs:
            for code in sorted({*run.counts, *run.errors}):
                self.stdout.write(LINE.format(run.office.code, code, run.counts.get(code, 0), run.errors.get(code, 0)))
        self.stdout.write(f"{sum(sum(run.counts.values()) for run in runs)} in {len(runs)} offices")
