"""`backup FOLDER`: database and files into a new folder below it, as the owner of the database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from gruendungswerkstatt.common.backup import BackupError, back_up
from gruendungswerkstatt.common.database import as_owner


class Command(BaseCommand):
    help = "Writes a backup of database and files into a new folder and prints its name."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder: Path, **options):
        try:
            with as_owner(connection):
                self.stdout.write(str(back_up(folder)))
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
