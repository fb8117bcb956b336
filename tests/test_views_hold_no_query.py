"""Views put selectors, services and forms together; no view reaches into a table by itself (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = ("gruendungswerkstatt", "network", "intake", "cases")
MANAGERS = {"objects", "_base_manager", "_default_manager"}


def view_modules() -> list[Path]:
    found = (path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py"))
    return sorted(path for path in found if path.stem.endswith("views") or "views" in path.parent.parts)


def queries_in(source: str) -> list[tuple[int, str]]:
    """(line, name) of every attribute that begins a query."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute))
    return [(node.lineno, node.attr) for node in nodes if node.attr in MANAGERS]


@pytest.mark.parametrize("path", view_modules(), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_view_asks_a_table(path):
    found = queries_in(path.read_text())
    assert not found, f"{path}: " + ", ".join(f"line {line}: .{name}" for line, name in found) + "; use a selector"


def test_the_modules_are_found_and_the_lint_sees():
    assert len(view_modules()) > 20
    assert queries_in("Case.objects.for_office(office)\ncase.title") == [(1, "objects")]
