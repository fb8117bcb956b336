"""The two roles of the database: the owner migrates, the portal only works with rows."""

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from .history import event_models


def grant_portal_rights(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let `role` read and write the rows of every table in schema public, and nothing more.

    `connection` is the owner's. No TRUNCATE, no CREATE: row-level security and the history's triggers cannot be
    passed by. What is history is not changed: events can only be added, and erased with their row. Does nothing if the
    connection is `role` itself.
    """
    if not role or connection.settings_dict["USER"] == role:
        return
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        existing = connection.introspection.table_names(cursor)
        if tables := sorted({model._meta.db_table for model in event_models()} & {*existing}):
            events = ", ".join(map(connection.ops.quote_name, tables))
            cursor.execute(f"REVOKE UPDATE ON {events} FROM {name}")


@contextlib.contextmanager
def connected_as(connection: BaseDatabaseWrapper, credentials: dict) -> Iterator[None]:
    """Let `connection` be that of another role for the block: user, password and way there, never the database.

    `credentials` has the keys of an entry in DATABASES.
    """
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = before | {key: credentials.get(key, "") for key in ("USER", "PASSWORD", "HOST", "PORT")}
    connection.settings_dict["OPTIONS"] = before["OPTIONS"] | credentials.get("OPTIONS", {})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


@contextlib.contextmanager
def as_owner(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let `connection` be the owner's for the block, where DATABASE_OWNER_URL names one."""
    owner = settings.DATABASE_OWNER
    if not owner or owner["USER"] == connection.settings_dict["USER"]:
        yield
        return
    with connected_as(connection, owner):
        yield
