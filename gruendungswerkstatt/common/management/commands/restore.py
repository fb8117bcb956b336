"""`restore FOLDER`: what `backup` wrote comes back, and the portal's role gets its rights."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from gruendungswerkstatt.common.backup import BackupError, restore
from gruendungswerkstatt.common.database import as_owner, grant_portal_rights


class Command(BaseCommand):
    help = "Restores a backup into an empty database and compares what came back with what was saved."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="give up what is in the database now")

    def handle(self, *args, folder: Path, replace: bool, **options):
        try:
            with as_owner(connection):
                counts = restore(folder, replace=replace)
                grant_portal_rights(connection, settings.DATABASE_PORTAL_ROLE)
        except OperationalError as error:
            raise CommandError(f"Nothing was restored: {str(error).splitlines()[0]} (does the portal run?)") from error
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored {sum(counts.values())} rows of {len(counts)} tables.")
        self.stdout.write(
            "Now run `migrate`, then `erase_expired`, and erase again whoever was erased since the backup."
        )
