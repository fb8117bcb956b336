"""Long lists of options, shipped as JSON with a name in every language, so that a founder's page asks no database.

Towns and topics are the directory's, read from the file its tables are loaded from; trades and countries are ours.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from network.directory.services import DATA as DIRECTORY

from .model import Option

OWN = Path(__file__).resolve().parents[1] / "data"
FALLBACK = "de"


def _in_language(texts: tuple[tuple[str, str], ...]) -> str:
    names = dict(texts)
    return names.get((get_language() or FALLBACK).partition("-")[0]) or names[FALLBACK]


_lazy_text = lazy(_in_language, str)


def text(entry: dict[str, Any]) -> Any:
    """The name of `entry` ({"de": …, "ar": …, "en": …}) in whatever language is active when it is shown."""
    return _lazy_text(tuple((code, entry[code]) for code in ("de", "ar", "en") if code in entry))


@lru_cache
def load(name: str, folder: Path = OWN) -> Any:
    """The content of `<folder>/<name>.json`."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def options(entries: list[dict[str, Any]]) -> tuple[Option, ...]:
    """The entries of a list as options."""
    return tuple(
        Option(entry["code"], text(entry), group=entry.get("group", ""), rank=entry.get("rank", 0)) for entry in entries
    )


def towns() -> tuple[Option, ...]:
    return options(load("municipalities", DIRECTORY))


def trades() -> tuple[Option, ...]:
    return options(load("trades"))


def countries() -> tuple[Option, ...]:
    return options(load("countries"))


def topics() -> tuple[Option, ...]:
    return options(load("topics", DIRECTORY)["topics"])


def topic_groups() -> tuple[tuple[str, Any], ...]:
    """(code, name) of the groups of topics."""
    return tuple((group["code"], text(group)) for group in load("topics", DIRECTORY)["groups"])
