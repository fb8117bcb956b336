"""From a paper to the bytes of its PDF."""

import json
import re
from collections.abc import Mapping
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .fonts import fonts
from .paper import Paper
from .words import GAP, direction, in_each, printable

# PDF/UA-1 (ISO 14289-1): tagged, with title, languages and an order of reading; typst refuses what does not fit.
STANDARDS = ["ua-1"]
GAP_NOTE = _("The sign � stands for a sign that could not be printed. The portal keeps your text as you wrote it.")


class Unprintable(Exception):
    """A template is wrong: typst refused or warned. What people typed is never the reason (`words.printable`)."""


def print_pdf(paper: Paper) -> bytes:
    """The PDF of `paper`; the same paper gives the same bytes. Warnings are errors. Raises Unprintable, FontsMissing.

    typst works without Python's lock: other threads of the process go on meanwhile.
    """
    data = _clean({**paper.body, "title": paper.title})
    texts = json.dumps(data, ensure_ascii=False)
    data["drawings"] = dict(paper.drawings)
    data["languages"] = [{"code": code, "dir": direction(code)} for code in paper.languages]
    data["gap_note"] = in_each(paper.languages, GAP_NOTE) if GAP in texts else []
    compiler = typst.Compiler(root=settings.BASE_DIR, font_paths=fonts(), ignore_system_fonts=True)
    try:
        content, warnings = compiler.compile_with_warnings(
            str(settings.BASE_DIR / paper.template.lstrip("/")),
            format="pdf",
            # A string of JSON: nothing in it can become markup.
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=STANDARDS,
            timestamp=0,  # says nothing about when a paper was looked at
        )
    except typst.TypstError as error:
        raise Unprintable(f"{paper.template}: {_told(error)}") from None
    if warnings:
        raise Unprintable(f"{paper.template}: {'; '.join(_told(warning) for warning in warnings)}")
    return content


def _told(problem: Any) -> str:
    """The problem without a person's words: messages quote what could not be set, and panics say what they like."""
    return re.split('["`]|(?<=panicked)', problem.message)[0].strip()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
