"""Running other people's tools: silent when they succeed, their words and one line of ours when they do not."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .basics import BASE_DIR, Refusal

VENV = BASE_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
SHOWN_LINES = 25


def attempt(command: Sequence[str | Path], **variables: str) -> subprocess.CompletedProcess:
    """Run `command` in the checkout with `variables` added; stdout holds both streams."""
    return subprocess.run(
        command,
        cwd=BASE_DIR,
        env=_clean(os.environ) | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def run(command: Sequence[str | Path], *, otherwise: str, **variables: str) -> str:
    """Like `attempt`, but raises Refusal with `otherwise` after showing the end of what a failed command said."""
    done = attempt(command, **variables)
    if done.returncode != 0:
        print("\n".join(done.stdout.splitlines()[-SHOWN_LINES:]), file=sys.stderr)
        raise Refusal(otherwise)
    return done.stdout


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    """Another active virtual environment must not be taken for ours."""
    return {name: value for name, value in environ.items() if name not in {"VIRTUAL_ENV", "PYTHONHOME"}}
