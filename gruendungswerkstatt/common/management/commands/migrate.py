"""`migrate` as the owner of the database (DATABASE_OWNER_URL), who then gives the portal's role its rights."""

from contextlib import ExitStack

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg.errors import LockNotAvailable

from gruendungswerkstatt.common.database import connected_as, grant_portal_rights

# A migration that waits for a lock makes everybody behind it wait too.
LOCK_TIMEOUT = "5s"


class Command(migrate.Command):
    help = migrate.Command.help + " Runs as the owner of the database, then gives the portal's role its rights."

    def get_check_kwargs(self, options):
        # The checks of the database want what the migrations bring: they come afterwards.
        return super().get_check_kwargs(options) | {"databases": []}

    def handle(self, *args, **options):
        connection = connections[options["database"]]
        owner = settings.DATABASE_OWNER if connection.alias == DEFAULT_DB_ALIAS else None
        swaps = bool(owner) and owner["USER"] != connection.settings_dict["USER"]
        with ExitStack() as stack:
            if swaps:
                stack.enter_context(connected_as(connection, owner))
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if isinstance(error.__cause__, LockNotAvailable):
                    raise CommandError(
                        f"Another session kept a table locked for {LOCK_TIMEOUT}: nothing of this migration was "
                        "done, run `migrate` again when fewer people are at work."
                    ) from error
                raise
            if not options["plan"] and not options["check_unapplied"]:
                grant_portal_rights(connection, settings.DATABASE_PORTAL_ROLE)
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
        if swaps and not options["skip_checks"]:
            self.check(databases=[connection.alias])
