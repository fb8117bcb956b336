"""System checks: what the portal cannot do without (on the database only with `manage.py check --database default`)."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connections

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
# Who connects, whether as a superuser (or past row-level security, which is as much), whether as the owner of a table.
ROLE = (
    "SELECT current_user, (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),"
    " EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
)


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
    cursor.execute(ROLE)
    role, is_superuser, is_owner = cursor.fetchone()
    if is_superuser or is_owner:
        yield Warning(_OWN_ROLE.format(role=role, kind=_kind(is_superuser)), id="gruendungswerkstatt.W001")


_OWN_ROLE = (
    "The portal connects as {role}, {kind}: give it a role of its own in DATABASE_URL and the owner in "
    "DATABASE_OWNER_URL."
)


def _kind(is_superuser: bool) -> str:
    return "a superuser" if is_superuser else "the owner of its tables"


@register(Tags.database, deploy=True)
def check_role(app_configs, databases=None, **kwargs) -> list[CheckMessage]:
    """Where real people's data is (`check --deploy`) the portal's role neither owns its tables nor is a superuser."""
    found = []
    for alias in databases or []:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute(ROLE)
                role, is_superuser, is_owner = cursor.fetchone()
        except OperationalError:
            continue  # check_databases has said so
        if is_superuser or is_owner:
            found.append(Error(_OWN_ROLE.format(role=role, kind=_kind(is_superuser)), id="gruendungswerkstatt.E004"))
    return found
