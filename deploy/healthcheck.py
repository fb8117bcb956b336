"""The containers' health check: does the web process answer /livez, or with --alive: was SIGN_OF_LIFE touched lately?

Exit code 0 if it is well, else 1 and one line.
"""

import http.client
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

FRESH_SECONDS = 60


def main() -> int:
    if "--alive" in sys.argv:
        return 0 if time.time() - Path(os.environ["SIGN_OF_LIFE"]).stat().st_mtime < FRESH_SECONDS else 1
    port = int(os.environ["WEB_BIND"].rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    # Django answers to its own host names only.
    connection.request("GET", "/livez", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc})
    return 0 if connection.getresponse().status == 200 else 1


try:
    sys.exit(main())
except (OSError, http.client.HTTPException) as error:
    sys.exit(f"No sign of life: {type(error).__name__}")
