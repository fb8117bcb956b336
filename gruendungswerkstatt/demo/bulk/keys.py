"""Foreign keys of invented rows, checked all at once instead of row by row.

PostgreSQL looks up every key of every new row, one at a time, which costs it more than writing the rows. A role that
may set `session_replication_role` can leave that out and let one join per key say afterwards that all is well, as
PostgreSQL itself does when a foreign key is added to a filled table. The embedded PostgreSQL lets the tables' owner;
elsewhere the rows are checked one by one as ever.
"""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import psycopg
from django.db import connection
from django.db.models import Model
from psycopg import sql

_KEYS = """
SELECT c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
       (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, n)
        JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.number),
       (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY AS k (number, n)
        JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = k.number)
FROM pg_constraint AS c
WHERE c.contype = 'f' AND c.conrelid = ANY (%s::regclass[])
ORDER BY c.conname
"""


@dataclass(frozen=True)
class Key:
    """A foreign key: its name, the tables it leads from and to, and their columns in the same order."""

    name: str
    table: str
    target: str
    columns: list[str]
    target_columns: list[str]

    def dangling(self) -> sql.Composed:
        """Asks whether a row after %s leads nowhere. A key with a NULL in it leads nowhere on purpose."""
        pairs = list(zip(self.columns, self.target_columns, strict=True))
        return sql.SQL(
            "SELECT EXISTS (SELECT FROM {table} AS here LEFT JOIN {target} AS there ON {same}"
            " WHERE here.id > %s AND {given} AND there.{first} IS NULL)"
        ).format(
            table=sql.Identifier(self.table),
            target=sql.Identifier(self.target),
            same=sql.SQL(" AND ").join(
                sql.SQL("there.{} = here.{}").format(sql.Identifier(theirs), sql.Identifier(ours))
                for ours, theirs in pairs
            ),
            given=sql.SQL(" AND ").join(
                sql.SQL("here.{} IS NOT NULL").format(sql.Identifier(ours)) for ours, _theirs in pairs
            ),
            first=sql.Identifier(self.target_columns[0]),
        )


@contextlib.contextmanager
def checked(models: Collection[type[Model]]) -> Iterator[None]:
    """RuntimeError at the block's end names the foreign keys of `models` of which a row written inside leads nowhere.

    Must not begin inside a transaction that does not see what others commit.
    """
    last = {}
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            cursor.execute(sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table)))
            last[table] = cursor.fetchone()[0]
    try:
        yield
    finally:  # also of what was written before somebody stopped it
        if broken := _broken(last):
            raise RuntimeError(f"Invented rows lead nowhere: {', '.join(broken)}.")


def _broken(last: dict[str, int]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [sorted(last)])
        keys = [Key(*row) for row in cursor.fetchall()]
        broken = []
        for key in keys:
            cursor.execute(key.dangling(), [last[key.table]])
            broken += [key.name] if cursor.fetchone()[0] else []
    return broken


def loosen(own: psycopg.Connection) -> bool:
    """Leave the keys of what is written through `own` unchecked (`checked` looks at them later); False if its role may
    not do that.
    """
    (may,) = own.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')").fetchone()
    if may:
        own.execute("SET session_replication_role = replica")
    return may
