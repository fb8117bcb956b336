"""Operations for migrations that Django has no words for."""

from django.db.migrations.operations import RunSQL


def same_office(table: str, column: str, parent_table: str, parent_office: str = "office_id") -> RunSQL:
    """A composite foreign key: a row of `table` has the office of the row its `column` points to in `parent_table`.

    The parent table needs a unique constraint over (id, `parent_office`); where `column` is null nothing is checked.
    """
    name = f"{table}_{column}_same_office"
    return RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ("{column}", office_id) '
        f'REFERENCES "{parent_table}" (id, {parent_office}) DEFERRABLE INITIALLY DEFERRED',
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
    )
