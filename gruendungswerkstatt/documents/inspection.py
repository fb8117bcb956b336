"""Looking at a file that was sent: what it really is, and a new one made of it (reader.py)."""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from gruendungswerkstatt.common.text import clean, strip_invisible

from .enums import FileRefusal
from .rules import MOST_BYTES

READER = Path(__file__).with_name("reader.py")
SECONDS = 40  # of waiting; the reader's own limit is one of computing
LONGEST_NAME = 120
TYPES = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_BLANKS = re.compile(r"\s+")
# Each process reads one file at a time: a picture needs some hundred megabytes for a moment.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. Its `content` was written anew, in the place of what came: it goes with the request."""

    name: str
    content_type: str
    size: int
    digest: str
    content: IO[bytes]


def check(upload: UploadedFile) -> Checked | FileRefusal:
    """Read `upload` for what it is, whatever its name and header claim; a file to be kept, or why there is none."""
    if not upload.size:
        return FileRefusal.EMPTY
    if upload.size > MOST_BYTES:
        return FileRefusal.TOO_LARGE
    with tempfile.TemporaryDirectory() as folder:
        came, made = Path(folder) / "came", Path(folder) / "made"
        digest = hashlib.sha256()
        with came.open("wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
        said = _read(came, made)
        if said not in TYPES:
            return FileRefusal(said)
        size = _replace(upload.file, made)
    return Checked(clean_name(upload.name or ""), said, size, digest.hexdigest(), upload.file)


def _replace(content: IO[bytes], made: Path) -> int:
    """Overwrite what came with what was made of it; its size in bytes."""
    content.seek(0)
    content.truncate()
    with made.open("rb") as file:
        shutil.copyfileobj(file, content)
    return content.tell()


def _read(source: Path, target: Path) -> str:
    """What the reader says; it has no environment, so none of our secrets."""
    command = [sys.executable, "-I", str(READER), str(source), str(target)]
    try:
        with _one_at_a_time:
            done = subprocess.run(  # noqa: S603 (our own program, both names are ours)
                command, env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, timeout=SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        return FileRefusal.BROKEN
    said = done.stdout.strip()
    return said if done.returncode == 0 and said else FileRefusal.BROKEN


def clean_name(given: str) -> str:
    """The name a file had, to be shown: without folders, line ends and signs that turn text around; may be ""."""
    name = PurePath(clean(given).replace("\\", "/")).name
    signs = (
        sign
        for sign in _BLANKS.sub(" ", name)
        if sign in "\u200c\u200d" or unicodedata.category(sign) not in ("Cf", "Cc", "Cs")
    )
    return strip_invisible("".join(signs))[:LONGEST_NAME]


def file_name(name: str, content_type: str) -> str:
    """What a file is called when it is saved: the name it had, with the ending of what it is."""
    stem = PurePath(name).stem.strip(". ") or "document"
    return f"{stem}.{TYPES[content_type]}"
