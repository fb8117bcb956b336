"""A program of its own that reads one file nobody knows and writes it anew; run by `inspection.check` and nobody else.

    python -I reader.py <file that was sent> <file to write>

Prints one word: the type of the new file ("image/jpeg", "image/png", "application/pdf"), or why there is none, a code
of enums.FileRefusal. It knows neither Django nor the portal's settings and secrets, and has little time and memory: a
file made to break its reader breaks this process and no other. What is stored is never a byte of what came but what
was understood of it: no EXIF, no place, no comments, nothing before, behind or between.
"""

import contextlib
import resource
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
LARGEST_RESULT = 25_000_000
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 4000  # A4 at 300 dots an inch is 3508 high
QUALITY = 85
MOST_PAGES, MOST_OBJECTS = 200, 200_000
# Bytes that a stream of a PDF may unpack to: a picture of MOST_PIXELS in four colours, a page's drawing; all of them.
LARGEST_PICTURE, LARGEST_DRAWING, LARGEST_WHOLE = 4 * MOST_PIXELS, 20_000_000, 600_000_000
CHUNK = 1_000_000

PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
# ISO 32000-2: 12.6.4 (actions), 7.11.4 (embedded files), 12.7.8 (XFA), 13 (multimedia). Links to pages may stay.
KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoTo3DView",
}  # fmt: skip
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}


class Refused(Exception):
    """The file is not taken; the argument is a code of enums.FileRefusal."""


def main(source: Path, target: Path) -> str:
    """The type of what was written, or why nothing was."""
    with source.open("rb") as file:
        head = file.read(1024)
    try:
        if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
            return write_picture(source, target)
        if b"%PDF-" in head:
            return write_pdf(source, target)
    except Refused as refused:
        return str(refused)
    except Exception:  # whatever a broken file makes its reader say
        return "broken"
    return "heic" if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS else "unknown"


def write_picture(source: Path, target: Path) -> str:
    """The pixels alone, the right way up, no longer than LONGEST_SIDE; PNG stays PNG, everything else is JPEG."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked
    with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as found:
        if found.width * found.height > MOST_PIXELS:
            raise Refused("huge")
        kind = "PNG" if found.format == "PNG" else "JPEG"
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(found)
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        pixels = Image.new("RGB", upright.size, "white")
        pixels.paste(upright, mask=upright.getchannel("A"))
    else:
        pixels = Image.new("RGB", upright.size)  # a new one: it has none of the old one's comments and profiles
        pixels.paste(upright.convert("RGB"))
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels.save(target, kind, quality=QUALITY)
    return f"image/{kind.lower()}"


def write_pdf(source: Path, target: Path) -> str:
    """The pages, written anew without what earlier versions of the file left in it; refused if it could do anything."""
    import pikepdf

    try:
        document = pikepdf.open(source)
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    with document:
        if not 1 <= len(document.pages) <= MOST_PAGES or len(document.objects) > MOST_OBJECTS:
            raise Refused("broken")
        if any(is_active(found) for found in dictionaries(document)):
            raise Refused("active")
        refuse_bombs(document)
        for place, key in ((document.trailer, "/Info"), (document.Root, "/Metadata")):
            if key in place:
                del place[key]
        document.save(target)
    return "application/pdf"


def refuse_bombs(document: Any) -> None:
    """A stream that would fill the memory of whoever opens the file makes the file unreadable. Raises Refused."""
    import pikepdf

    room = LARGEST_WHOLE
    for stream in document.objects:
        if isinstance(stream, pikepdf.Stream):
            is_picture = str(stream.stream_dict.get("/Subtype", "")) == "/Image"
            most = min(room, LARGEST_PICTURE if is_picture else LARGEST_DRAWING)
            room -= unpacked_size(stream, most)


def unpacked_size(stream: Any, most: int) -> int:
    """Bytes of a stream after Flate, in which a bomb is as small as it gets. Raises Refused above `most`.

    What other filters hold counts as it came.
    """
    import pikepdf

    packed = stream.read_raw_bytes()
    filters = stream.stream_dict.get("/Filter", "")
    names = [str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters])] or [""]
    if names.count("/FlateDecode") > 1 or "/LZWDecode" in names:
        raise Refused("broken")  # packed twice, or in a way that nobody has written for thirty years
    if "/FlateDecode" not in names:
        return len(packed)
    size, inflating = 0, zlib.decompressobj()
    if names[0] != "/FlateDecode":
        size, packed = len(stream.read_bytes()), b""  # written in letters before; MEMORY ends the worst
    while packed and size <= most:
        size += len(inflating.decompress(packed, CHUNK))
        packed = inflating.unconsumed_tail
    if size > most:
        raise Refused("broken")
    return size


def dictionaries(document: Any) -> Iterator[Any]:
    """Every dictionary of a PDF, those of streams and those inside of others among them."""
    import pikepdf

    waiting = [document.trailer, *document.objects]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Stream):
            found = found.stream_dict
        if isinstance(found, pikepdf.Dictionary):
            yield found
            inside = list(found.values())
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        else:
            continue
        # What has a number of its own stands in `objects` already.
        waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def is_active(found: Any) -> bool:
    """Whether a dictionary of a PDF is a program, starts one, holds a file, or sends something somewhere."""
    return (
        not KEYS.isdisjoint(found.keys())
        or str(found.get("/S", "")) in ACTIONS
        or str(found.get("/Subtype", "")) in ANNOTATIONS
    )


def limit() -> None:
    """Little memory, little time, nothing large to write; what a system does not know is left out."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    limit()
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
