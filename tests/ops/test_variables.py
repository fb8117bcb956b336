"""One table of all variables in docs/operations.md; what the code reads and what the table says are the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gruendungswerkstatt.settings.environment import KNOWN

ROOT = Path(__file__).parents[2]
SOURCES = ("gruendungswerkstatt", "network", "intake", "cases", "prepare", "deploy", "manage.py", "gunicorn.conf.py")
# Of the system, not of the portal.
FOREIGN = {"PATH", "XDG_RUNTIME_DIR", "HOME"}
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \| (yes|no) \| .+ \| .+ \|$", re.MULTILINE)
NAME = re.compile(r"[A-Z][A-Z0-9_]+")


def documented() -> dict[str, bool]:
    """Variables of the table, and whether they are secret."""
    chapter = (ROOT / "docs/operations.md").read_text().split("## Variables")[1].split("\n## ")[0]
    rows = ROW.findall(chapter)
    assert len(rows) == len({name for name, _ in rows}), "a variable stands twice in the table"
    return {name: secret == "yes" for name, secret in rows}


def calls() -> Iterator[tuple[str, bool]]:
    """(variable, whether it is secret) for every place in the code that reads one."""
    for source in SOURCES:
        path = ROOT / source
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                yield from _read_by(node)


def _read_by(node: ast.AST) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        yield from ((name, False) for name in _names([node.slice]))
    elif isinstance(node, ast.Call):
        function = ast.unparse(node.func)
        if function.rpartition(".")[2].startswith("read"):
            yield from ((name, _is_secret(node)) for name in _names(node.args[:2]))
        elif function in {"os.environ.get", "os.environ.setdefault", "os.getenv", "environ.get"}:
            yield from ((name, False) for name in _names(node.args[:1]))


def _names(nodes: list[ast.expr]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and NAME.fullmatch(str(n.value))]


def _is_secret(call: ast.Call) -> bool:
    return any(keyword.arg == "secret" and ast.unparse(keyword.value) == "True" for keyword in call.keywords)


def test_every_variable_the_code_reads_is_documented():
    read = {name for name, _ in calls()} - FOREIGN
    read -= {f"{name}_FILE" for name in read}
    assert {"SECRET_KEY", "WEB_WORKERS", "PORT", "OIDC_ISSUER"} <= read
    assert sorted(read - set(documented())) == []


def test_every_documented_variable_is_read():
    read = {name for name, _ in calls()}
    assert sorted(set(documented()) - read) == []


def test_the_table_says_what_is_secret():
    secret = {name for name, is_secret in calls() if is_secret} | {
        name for name, is_secret in KNOWN.items() if is_secret
    }
    assert {name for name, is_secret in documented().items() if is_secret} == secret
