"""Where things lie, and how a step talks and refuses. Shared with `gruendungswerkstatt.embedded`."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

BASE_DIR = Path(__file__).resolve().parents[1]
# The same rule as in settings/environment.py, which must not need this package in production.
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


class Refusal(Exception):
    """Something on this machine stands in the way. The text is one line: what it is and what to do about it."""


def say(text: str) -> None:
    """Tell the person at the terminal, at once, also through a pipe."""
    print(text, flush=True)


def one_line(error: OSError) -> str:
    """What to do about a file that cannot be written or read."""
    where = error.filename or VAR_DIR
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full ({where}): free some space, or set VAR_DIR to a folder on another disk."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where} is not open to you ({error.strerror}): mend its rights, or set VAR_DIR to another folder."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{where} is in the way ({error.strerror}): move it, or set VAR_DIR to another folder."
    return f"{where}: {error.strerror or error}"


def finish(main: Callable[[], int]) -> NoReturn:
    """Run a command line and end the process: refusals and file errors as one line with exit code 1."""
    try:
        sys.exit(main())
    except Refusal as refusal:
        sys.exit(str(refusal))
    except OSError as error:
        sys.exit(one_line(error))
    except KeyboardInterrupt:
        sys.exit(130)
