"""Stamps: what a step was made from, so that it is done again when that changes and only then."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .basics import BASE_DIR

SKIPPED = {"__pycache__", "node_modules", ".venv", "var"}


def digest(*paths: str, suffix: str = "", extra: Iterable[str] = ()) -> str:
    """A digest over names and contents of files and folders (below the checkout), and over `extra`.

    In folders only files that end in `suffix` count. What does not exist counts as empty.
    """
    sums = hashlib.sha256()
    for text in extra:
        sums.update(text.encode() + b"\0")
    for path in paths:
        for file in _files(BASE_DIR / path, suffix):
            sums.update(str(file.relative_to(BASE_DIR)).encode() + b"\0" + file.read_bytes() + b"\0")
    return sums.hexdigest()


def _files(path: Path, suffix: str) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and file.name.endswith(suffix) and not SKIPPED.intersection(file.parts)
    )


def is_fresh(stamp: Path, value: str) -> bool:
    """Whether the step that left `stamp` was made from the same."""
    try:
        return stamp.read_text() == value
    except FileNotFoundError:
        return False


def leave(stamp: Path, value: str) -> None:
    """Called when the step is done: an interrupted one leaves no stamp."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
