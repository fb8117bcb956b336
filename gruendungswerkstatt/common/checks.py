"""System checks: what the portal cannot do without (on the database only with `manage.py check --database default`)."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connections

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


@register(Tags.caches)
def check_cache(app_configs, **kwargs) -> list[CheckMessage]:
    """A cache in one process's memory lets everybody guess codes once more in every other process."""
    if not settings.CACHES["default"]["BACKEND"].endswith(".LocMemCache"):
        return []
    return [
        Warning(
            "Wrong codes and failed sign-ins are counted per process: set CACHE_URL to a Valkey or Redis.",
            id="gruendungswerkstatt.W002",
        )
    ]


@register(Tags.database)
def check_databases(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """What `_look` finds in each of `databases`, as one-line messages."""
    found = []
    for alias in databases or []:
        try:
            with connections[alias].cursor() as cursor:
                found += _look(cursor)
        except OperationalError as error:
            reason = str(error).strip().splitlines()[0]
            found.append(Error(f"The database does not answer: {reason}", id="gruendungswerkstatt.E001"))
    return found


def _look(cursor) -> Iterator[CheckMessage]:
    cursor.execute("SELECT extname FROM pg_extension")
    present = {name for (name,) in cursor.fetchall()}
    missing = [name for name in EXTENSIONS if name not in present]
    if missing:
        yield Error(
            f"The database lacks the extension {', '.join(missing)}: run `manage.py migrate` as its owner, "
            "on a server with PostgreSQL's contrib modules.",
            id="gruendungswerkstatt.E002",
        )
        return
    cursor.execute(
        "SELECT cardinality(show_trgm('شركة')) > 0, unaccent('Grün') = 'Grun', lower('ÄÖ') = 'äö',"
        " lower('شركة ÄRZTIN') = 'شركة ärztin'"
    )
    trigrams, unaccented, *lowered = cursor.fetchone()
    if not (trigrams and unaccented and all(lowered)):
        yield Error(
            "The database was made without a UTF-8 locale, searching Arabic or German names finds nothing: "
            "make it anew with `LOCALE 'C.UTF-8' TEMPLATE template0`.",
            id="gruendungswerkstatt.E003",
        )
    cursor.execute(
        "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
        " EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
    )
    role, is_superuser, is_owner = cursor.fetchone()
    if is_superuser or is_owner:
        kind = "a superuser" if is_superuser else "the owner of its tables"
        yield Warning(
            f"The portal connects as {role}, {kind}: give it a role of its own in DATABASE_URL "
            "and the owner in DATABASE_OWNER_URL.",
            id="gruendungswerkstatt.W001",
        )
