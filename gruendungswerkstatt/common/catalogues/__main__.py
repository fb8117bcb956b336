"""`compile` what is out of date, `extract` the texts from the sources into the catalogues, `check` for gaps."""

import argparse
import sys

from .files import LOCALE_DIR, compile_all


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m gruendungswerkstatt.common.catalogues", description=__doc__)
    parser.add_argument("action", choices=("compile", "extract", "check"))
    action = parser.parse_args().action
    if action == "compile":
        for path in compile_all():
            print(f"Compiled {path.relative_to(LOCALE_DIR.parent)}")
        return 0
    # Babel belongs to the development packages, compiling does without.
    from . import checking, extraction

    if action == "extract":
        for change in extraction.merge():
            print(change)
        compile_all()
    found = checking.problems()
    for problem in found:
        print(problem)
    return 1 if found and action == "check" else 0


sys.exit(main())
