"""What is to be printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Paper:
    """One paper: its template (a path below the project's folder), what it is called, what stands on it.

    `languages` are the portal's, the reader's first: it gives the paper its direction. `title` is in that language and
    says no more than what kind of paper it is: programs show it in lists of files. `body` holds texts, numbers, lists
    and mappings of them; `drawings` holds SVG by name, made by us and never from what somebody typed.
    """

    template: str
    title: str
    languages: Sequence[str]
    body: Mapping[str, Any]
    drawings: Mapping[str, str] = field(default_factory=dict)
