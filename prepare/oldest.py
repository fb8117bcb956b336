"""`python -m prepare.oldest`: the folder with the programs of PostgreSQL 15, the oldest that is supported.

Prints it; where there is none, says so and fails. With CI=true the system's package is installed first.
"""

import os
import shutil
import sys
from pathlib import Path

from .commands import attempt

MAJOR = 15
SYSTEM_PACKAGE = f"apt-get update && apt-get install -y --no-install-recommends postgresql-{MAJOR}"
FOLDERS = (f"usr/lib/postgresql/{MAJOR}/bin", f"usr/pgsql-{MAJOR}/bin", f"opt/homebrew/opt/postgresql@{MAJOR}/bin")


def find() -> Path | None:
    return next((folder for name in FOLDERS if (folder := Path("/") / name / "initdb").exists()), None)


def main() -> int:
    found = find()
    if found is None and os.environ.get("CI") == "true" and shutil.which("apt-get"):
        attempt(["sh", "-c", SYSTEM_PACKAGE], DEBIAN_FRONTEND="noninteractive")
        found = find()
    if found is None:
        print(
            f"PostgreSQL {MAJOR} is not on this machine, so nothing was tried on it: {SYSTEM_PACKAGE}", file=sys.stderr
        )
        return 1
    print(found.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
