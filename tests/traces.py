"""Looking for a person everywhere: in every table, in files, in the cache, in log lines."""

import email
import email.policy
import json
import pickle
from collections.abc import Iterable
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from gruendungswerkstatt.common.text import fold

SHORTEST_PART = 4  # shorter parts of names stand in other words


def parts_of_name(name: str) -> set[str]:
    """A name, its parts, and how search keeps them."""
    parts = {part for part in name.replace("-", " ").split() if len(part) >= SHORTEST_PART}
    found = {name, *parts}
    return found | {fold(one) for one in found} | {fold(name).replace(" ", "")}


def spellings(marks: Iterable[str]) -> set[str]:
    """`marks` in lower case, also as JSON and as a cast row would write them."""
    found = {mark.lower() for mark in marks if mark}
    return found | {json.dumps(mark)[1:-1].lower() for mark in found}


def tables() -> list[str]:
    """Every table of the database that is not PostgreSQL's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables "
            "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def in_database(marks: Iterable[str]) -> dict[str, list[str]]:
    """Rows that hold one of `marks` anywhere, whatever the type of the column: {table: rows}."""
    wanted, found = sorted(spellings(marks)), {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(
                f"SELECT t::text FROM {table} AS t "  # noqa: S608 (names come from the catalogue)
                "WHERE EXISTS (SELECT FROM unnest(%s::text[]) AS mark WHERE position(mark IN lower(t::text)) > 0)",
                [wanted],
            )
            if rows := [row for (row,) in cursor.fetchall()]:
                found[table] = rows
    return found | in_sessions(wanted)


def in_sessions(marks: Iterable[str]) -> dict[str, list[str]]:
    """Sessions are signed and packed: their content has to be opened."""
    opened = [json.dumps(session.get_decoded(), ensure_ascii=False) for session in Session.objects.all()]
    rows = [text for text in opened if any(mark in text.lower() for mark in marks)]
    return {"sessions": rows} if rows else {}


def in_files(folders: Iterable[Path], marks: Iterable[str]) -> list[Path]:
    """Files that hold one of `marks`, in the name or in the text; mails are unpacked."""
    wanted = spellings(marks)
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in paths if any(mark in f"{path.name}\n{_text(path)}".lower() for mark in wanted)]


def _text(path: Path) -> str:
    raw = path.read_bytes()
    texts = [raw.decode("utf-8", "replace")]
    for one in raw.split(b"-" * 79):
        mail = email.message_from_bytes(one.strip(), policy=email.policy.default)
        texts += [str(value) for value in mail.values()]
        texts += [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join(texts)


def in_cache(marks: Iterable[str]) -> list[str]:
    """Keys of the cache (of this process, under test) whose name or value holds one of `marks`."""
    wanted = spellings(marks)
    entries = {key: repr(pickle.loads(value)) for key, value in cache._cache.items()}  # noqa: S301 (our own)
    return [key for key, value in entries.items() if any(mark in f"{key} {value}".lower() for mark in wanted)]


def content() -> dict[str, set[str]]:
    """Every row of every table as text, to compare what was with what is."""
    with connection.cursor() as cursor:
        found = {}
        for table in tables():
            cursor.execute(f"SELECT t::text FROM {table} AS t")  # noqa: S608
            found[table] = {row for (row,) in cursor.fetchall()}
        return found
