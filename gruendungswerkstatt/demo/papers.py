"""Papers of the demonstration, drawn here: nothing of them is anybody's."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from gruendungswerkstatt.documents.inspection import Checked, check

A4 = (1240, 1754)  # at 150 dots an inch


def _page(title: str, lines: int, blur: float = 0) -> Image.Image:
    """A sheet with a title and grey lines instead of words."""
    page = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(page)
    pen.text((140, 140), title, "black", ImageFont.load_default(60))
    for number in range(lines):
        top = 300 + number * 48
        pen.rectangle((140, top, 1100 - (number * 137) % 400, top + 16), "#b8bec6")
    return page.filter(ImageFilter.GaussianBlur(blur)) if blur else page


def _sent(page: Image.Image, name: str, kind: str) -> Checked:
    content = io.BytesIO()
    page.save(content, kind)
    found = check(SimpleUploadedFile(name, content.getvalue()))
    if not isinstance(found, Checked):
        raise TypeError(f"The demonstration's own paper is refused: {found}")
    return found


def photo(title: str, name: str, *, is_sharp: bool = True) -> Checked:
    """A photo of a paper, as it is kept once it was checked."""
    return _sent(_page(title, 24, 0 if is_sharp else 14), name, "JPEG")


def pdf(title: str, name: str) -> Checked:
    """A paper as a PDF."""
    return _sent(_page(title, 20), name, "PDF")
