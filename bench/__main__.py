"""`python -m bench`: measure the portal with growing numbers of invented cases; `make bench` sets everything up for it.

Runs on a database of its own that is emptied first. Prints and keeps a table; never fails because something is slow.
"""

import argparse
import os
import platform
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings_portal"

import django

SIZES = "1000,10000,100000"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help="numbers of cases, growing (default %(default)s)")
    parser.add_argument("--times", type=int, default=60, help="how often a page is asked for (default %(default)s)")
    parser.add_argument("--messages", type=int, default=3000, help="messages to send; 0 for none (default %(default)s)")
    parser.add_argument("--keep", type=Path, help="file the tables are written to")
    arguments = parser.parse_args()
    try:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    except ValueError:
        parser.error("--sizes takes numbers with commas between")
    django.setup()
    from .run import run

    told = [f"Python {platform.python_version()}, Django {django.__version__}, {os.cpu_count()} cores"]
    for part in run(sizes, arguments.times, arguments.messages):
        print(part, flush=True)
        told.append(part)
    if arguments.keep:
        arguments.keep.write_text("\n\n".join(told) + "\n", encoding="utf-8")
        print(f"\nKept in {arguments.keep}.")
    return 0


sys.exit(main())
