"""Long lists of options, shipped as JSON with a name in every language, so that a founder's page asks no database."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from .model import Option

DATA = Path(__file__).resolve().parents[1] / "data"
FALLBACK = "de"


def _in_language(texts: tuple[tuple[str, str], ...]) -> str:
    names = dict(texts)
    return names.get((get_language() or FALLBACK).partition("-")[0]) or names[FALLBACK]


_lazy_text = lazy(_in_language, str)


def text(entry: dict[str, Any]) -> Any:
    """The name of `entry` ({"de": …, "ar": …, "en": …}) in whatever language is active when it is shown."""
    return _lazy_text(tuple((code, entry[code]) for code in ("de", "ar", "en") if code in entry))


@lru_cache
def load(name: str) -> Any:
    """The content of `intake/data/<name>.json`."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def options(name: str) -> tuple[Option, ...]:
    """The entries of a list as options."""
    return tuple(Option(e["code"], text(e), group=e.get("group", "")) for e in load(name))
