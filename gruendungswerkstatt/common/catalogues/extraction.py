"""Finds the translatable texts in Python and templates: Django's `templatize` and Babel's Python extractor."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from .files import BASE_DIR, PLURALS, SOURCE_LANGUAGE, plural_count, read, write

SOURCES = ("gruendungswerkstatt", "network", "intake", "cases", "templates")
TEMPLATE_SUFFIXES = {".html", ".txt"}
# Function → its arguments: number of the text, then of the plural; "c" marks the context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Key = tuple[str | None, str]  # context, text


def texts() -> dict[Key, str]:
    """Every text in the sources by context and text, with its plural ("" for none)."""
    found: dict[Key, str] = {}
    for path in _source_files():
        for key, plural in _texts_in(path):
            found[key] = found.get(key) or plural
    return found


def merge() -> list[str]:
    """Bring every catalogue in line with the sources: new texts untranslated, vanished ones removed.

    Returns one line for each text that is new or obsolete.
    """
    wanted = texts()
    changes: dict[str, None] = {}
    for language in PLURALS:
        catalogue = read(language)
        known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
        changes |= dict.fromkeys(f"obsolete, removed: {text!r}" for _context, text in known.keys() - wanted.keys())
        catalogue.clear()
        for key, plural in wanted.items():
            entry = known.get(key)
            if entry is None or bool(entry.msgid_plural) != bool(plural):
                entry = _new_entry(language, key, plural)
                changes[f"new: {key[1]!r}"] = None
            entry.msgid_plural = plural
            catalogue.append(entry)
        write(language, catalogue)
    return sorted(changes)


def _new_entry(language: str, key: Key, plural: str) -> polib.POEntry:
    context, text = key
    is_source = language == SOURCE_LANGUAGE
    if not plural:
        return polib.POEntry(msgctxt=context, msgid=text, msgstr=text if is_source else "")
    forms = [text, plural] if is_source else [""] * plural_count(language)
    return polib.POEntry(msgctxt=context, msgid=text, msgid_plural=plural, msgstr_plural=dict(enumerate(forms)))


def _source_files() -> Iterator[Path]:
    for source in SOURCES:
        for path in sorted((BASE_DIR / source).rglob("*")):
            suffixes = TEMPLATE_SUFFIXES if source == "templates" else {".py"}
            if path.suffix in suffixes and "migrations" not in path.parts:
                yield path


def _texts_in(path: Path) -> Iterator[tuple[Key, str]]:
    code = path.read_text()
    if path.suffix in TEMPLATE_SUFFIXES:
        # What is left of the HTML is no Python: its indentation would be wrong.
        code = "\n".join(line.lstrip() for line in templatize(code, origin=str(path)).splitlines())
    for _line, message, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        text, plural = message if isinstance(message, tuple) else (message, "")
        if text:
            yield (context, text), plural
