"""What is wrong with the catalogues, one line per finding."""

import re
from collections.abc import Iterator

import polib

from .extraction import Key, texts
from .files import PLURALS, plural_count, read

# %(name)s, %s, {name}; "50 % der" is none, hence no space flag
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[#0+-]?\d*(?:\.\d+)?[sdifr]|\{\w*\}")


def problems() -> list[str]:
    """Untranslated, fuzzy, missing and superfluous entries, wrong plural counts, placeholders that do not match."""
    wanted = texts()
    return [f"{language}: {problem}" for language in PLURALS for problem in _problems_in(language, wanted)]


def _problems_in(language: str, wanted: dict[Key, str]) -> Iterator[str]:
    known: set[Key] = set()
    for entry in read(language):
        if entry.obsolete:
            yield f"obsolete {_shown(entry.msgctxt, entry.msgid)}"
            continue
        key = (entry.msgctxt, entry.msgid)
        shown = _shown(*key)
        if key in known:
            yield f"twice {shown}"
        known.add(key)
        if key not in wanted:
            yield f"superfluous {shown}"
        elif wanted[key] != entry.msgid_plural:
            yield f"another plural in the sources {shown}"
        if entry.fuzzy:
            yield f"fuzzy {shown}"
        for problem in entry_problems(entry, plural_count(language)):
            yield f"{problem} {shown}"
    for key in sorted(wanted.keys() - known, key=str):
        yield f"missing {_shown(*key)}"


def entry_problems(entry: polib.POEntry, plurals: int) -> Iterator[str]:
    """What is wrong with one entry by itself, in a language of `plurals` forms."""
    if not entry.msgid_plural:
        yield from _text_problems(entry.msgid, entry.msgstr)
        return
    forms = [form for _number, form in sorted(entry.msgstr_plural.items())]
    if len(forms) != plurals:
        yield f"{len(forms)} plural forms instead of {plurals}"
    elif not all(forms):
        yield "untranslated"
    else:
        yield from _plural_problems(entry, forms)


def _text_problems(source: str, translation: str) -> Iterator[str]:
    if not translation.strip():
        yield "untranslated"
        return
    if placeholders(translation) != placeholders(source):
        yield "placeholders differ"
    yield from _shape_problems(source, translation)


def _plural_problems(entry: polib.POEntry, forms: list[str]) -> Iterator[str]:
    """ "one case" may leave the number out, with its tags; the form for many may not."""
    *few, many = forms
    allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    if placeholders(many) != placeholders(entry.msgid_plural) or any(not placeholders(form) <= allowed for form in few):
        yield "placeholders differ"
    yield from _shape_problems(entry.msgid_plural, many)
    for form in few:
        if placeholders(form) == placeholders(entry.msgid_plural):
            yield from _shape_problems(entry.msgid_plural, form)


def _shape_problems(source: str, translation: str) -> Iterator[str]:
    """Tags make the page, blanks at the ends join sentences: both have to be those of the source."""
    if sorted(TAG.findall(source)) != sorted(TAG.findall(translation)):
        yield "tags differ"
    if _ends(source) != _ends(translation):
        yield "blanks at the ends differ"


def _ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _shown(context: str | None, text: str) -> str:
    return f"{text!r} ({context})" if context else repr(text)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))
