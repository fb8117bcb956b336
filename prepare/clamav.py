"""`python -m prepare.clamav`: a virus scanner (clamd) for the long tests, without its signatures.

With CI=true the system's package is installed; elsewhere says what to type, and fails.
"""

import os
import shutil
import sys
from pathlib import Path

from .commands import attempt

# Its signatures would be 300 MB from another host; the test brings one of its own.
SYSTEM_PACKAGE = "apt-get update && apt-get install -y --no-install-recommends clamav-daemon"
MISSING = f"clamd is not on this machine, so no file was scanned: {SYSTEM_PACKAGE}"
PLACES = ("/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd")


def find_clamd() -> str | None:
    """The program; system folders are not on everybody's PATH."""
    return shutil.which("clamd") or next((place for place in PLACES if Path(place).exists()), None)


def main() -> int:
    if find_clamd() is None and os.environ.get("CI") == "true" and shutil.which("apt-get"):
        attempt(["sh", "-c", SYSTEM_PACKAGE], DEBIAN_FRONTEND="noninteractive")
    if find_clamd() is None:
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
