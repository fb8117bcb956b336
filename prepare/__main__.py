"""`python3 -m prepare packages|assets|run|test`: set up what that needs, see the package's docstring."""

import sys

from . import assets, browser, packages, ports
from .basics import VAR_DIR, Refusal, finish
from .commands import PYTHON, run
from .locks import Lock

# Which groups of packages each goal needs (`dev` includes `demo`).
GROUPS = {"packages": "dev", "assets": "demo", "run": "demo", "test": "dev"}


def main() -> int:
    goal = sys.argv[1] if len(sys.argv) == 2 else ""
    if goal not in GROUPS:
        raise Refusal(f"Say one of: python3 -m prepare {' | '.join(GROUPS)}")
    if goal == "run":
        ports.require_free(ports.read_port())
    lock = Lock(VAR_DIR / "locks" / "prepare")
    with lock.held(seconds=600, otherwise="Another `make` has been setting this checkout up for ten minutes: end it."):
        packages.sync(GROUPS[goal])
        if goal != "packages":
            assets.build()
            run(
                [PYTHON, "-m", "gruendungswerkstatt.common.catalogues", "compile"],
                otherwise="The translations could not be compiled: the lines above say why.",
            )
        if goal == "test":
            browser.ensure()
    return 0


finish(main)
