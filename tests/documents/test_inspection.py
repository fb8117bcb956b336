"""What a file really is, whatever it says it is, and that nothing of what came is kept but what was understood."""

import gzip
import io
import re
import struct
import subprocess
import sys
import zipfile
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from gruendungswerkstatt.documents import inspection
from gruendungswerkstatt.documents.enums import FileRefusal
from gruendungswerkstatt.documents.inspection import Checked, check, clean_name, file_name
from tests.factories.documents import PLACE, pdf, photo, script, sent


def written(found: Checked | FileRefusal) -> bytes:
    assert isinstance(found, Checked), found
    found.content.seek(0)
    return found.content.read()


def picture(found: Checked) -> Image.Image:
    return Image.open(io.BytesIO(written(found)))


@pytest.mark.parametrize(
    ("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg")]
)
def test_a_picture_is_its_pixels_and_nothing_else(kind, content_type):
    original = photo(kind)
    assert PLACE.encode() in original
    found = check(sent(original))
    assert found.content_type == content_type
    kept = picture(found)
    assert not kept.getexif()
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(kept.info)
    assert PLACE.encode() not in written(found)
    assert found.size == len(written(found))


def test_a_photo_that_lies_on_its_side_is_turned():
    assert picture(check(sent(photo(size=(60, 40), turned=True)))).size == (40, 60)


def test_a_large_photo_is_made_smaller():
    assert max(picture(check(sent(photo(size=(6000, 1000))))).size) == 4000


def test_what_can_be_seen_through_becomes_white():
    content = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(content, "PNG")
    assert picture(check(sent(content.getvalue()))).getpixel((3, 3)) == (255, 255, 255)


def test_what_hangs_on_a_picture_is_left_behind():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.html", "<script>")
    assert b"PK" not in written(check(sent(photo() + archive.getvalue())))


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("lebenslauf.exe", "application/x-msdownload"),
        ("a.pdf", "application/pdf"),
        ("", ""),
        ("a.svg", "image/svg+xml"),
    ],
)
def test_name_and_header_say_nothing(name, content_type):
    assert check(sent(photo(), name or "x", content_type)).content_type == "image/jpeg"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def picture_bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 2.5 thousand million pixels."""
    head = chunk(b"IHDR", struct.pack("!IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG whose text is a hundred times as long once it is unpacked, and which ends before its pixels."""
    head = chunk(b"IHDR", struct.pack("!IIBBBBB", 10, 10, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90_000_000)))


def object_bomb() -> bytes:
    """A PDF whose table of objects is three thousand million bytes long once it is unpacked."""
    packer = zlib.compressobj(9)
    head, block = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH), packer.compress(bytes(1_000_000))
    packed = head + (block + packer.flush(zlib.Z_FULL_FLUSH)) * 3000
    stream = b"<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return b"%PDF-1.5\n2 0 obj" + stream + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF"


def zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("null", bytes(50_000_000))
    return packed.getvalue()


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


def embedding() -> bytes:
    document = pikepdf.open(io.BytesIO(pdf()))
    document.attachments["virus.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def locked(user: str) -> bytes:
    document, content = pikepdf.open(io.BytesIO(pdf())), io.BytesIO()
    document.save(content, encryption=pikepdf.Encryption(user=user, owner="beides"))
    return content.getvalue()


def deep() -> bytes:
    """A program three dictionaries below the page."""
    document = pikepdf.open(io.BytesIO(pdf()))
    document.pages[0]["/AA"] = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=[script()]))
    content = io.BytesIO()
    document.save(content, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()


def stream_bomb(*, twice: bool = False) -> bytes:
    """A page whose drawing unpacks to 300 MB; `twice` packed it is still smaller."""
    document = pikepdf.open(io.BytesIO(pdf()))
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b" " * 1_000_000) for _ in range(300)) + packing.flush()
    names = [pikepdf.Name.FlateDecode]
    if twice:
        packed, names = zlib.compress(packed, 9), names * 2
    stream = pikepdf.Stream(document, b"")
    stream.write(packed, filter=pikepdf.Array(names))
    document.pages[0].Contents = document.make_indirect(stream)
    content = io.BytesIO()
    document.save(content, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return content.getvalue()


BAD = {
    "nothing": (b"", FileRefusal.EMPTY),
    "11 MB": (photo() + bytes(11_000_000), FileRefusal.TOO_LARGE),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', FileRefusal.UNKNOWN),
    "HTML": (b"<!doctype html><script>alert(1)</script>", FileRefusal.UNKNOWN),
    "text": ("Lebenslauf".encode("utf-16"), FileRefusal.UNKNOWN),
    "zip": (zip_bomb(), FileRefusal.UNKNOWN),
    "gzip": (gzip.compress(bytes(1000)), FileRefusal.UNKNOWN),
    "a program": (b"MZ" + bytes(500), FileRefusal.UNKNOWN),
    "GIF": (b"GIF89a" + bytes(100), FileRefusal.UNKNOWN),
    "HEIC": (heic(), FileRefusal.HEIC),
    "half a photo": (photo(size=(900, 900))[:900], FileRefusal.BROKEN),
    "the head of a photo": (b"\xff\xd8\xff", FileRefusal.BROKEN),
    "a picture bomb": (picture_bomb(), FileRefusal.HUGE),
    "a text bomb": (text_bomb(), FileRefusal.BROKEN),
    "half a PDF": (pdf()[:100], FileRefusal.BROKEN),
    "a PDF without pages": (b"%PDF-1.7\n%%EOF", FileRefusal.BROKEN),
    "a bomb in a PDF": (object_bomb(), FileRefusal.BROKEN),
    "a page that unpacks to 300 MB": (stream_bomb(), FileRefusal.BROKEN),
    "a page that is packed twice": (stream_bomb(twice=True), FileRefusal.BROKEN),
    "a PDF with a password": (locked("geheim"), FileRefusal.LOCKED),
    "a PDF with JavaScript": (pdf(OpenAction=script()), FileRefusal.ACTIVE),
    "a PDF with hidden JavaScript": (deep(), FileRefusal.ACTIVE),
    "a PDF that starts a program": (
        pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")),
        FileRefusal.ACTIVE,
    ),
    "a PDF with a file in it": (embedding(), FileRefusal.ACTIVE),
    "a PDF that is a form of XFA": (pdf(AcroForm=pikepdf.Dictionary(XFA="<x/>")), FileRefusal.ACTIVE),
}


@pytest.mark.parametrize(("content", "refusal"), BAD.values(), ids=BAD.keys())
def test_what_is_no_document_is_refused_with_its_reason(content, refusal):
    assert check(sent(content, "lebenslauf.pdf", "application/pdf")) == refusal


def test_a_pdf_is_written_anew():
    original = pdf(OpenAction=[]) + b"\n<script>alert(1)</script>"
    found = check(sent(original))
    assert found.content_type == "application/pdf"
    assert b"script" not in written(found)
    with pikepdf.open(io.BytesIO(written(found))) as kept:
        assert len(kept.pages) == 1
        assert "/Info" not in kept.trailer
        assert "/Metadata" not in kept.Root


def test_a_pdf_that_everybody_may_read_needs_no_password():
    assert check(sent(locked(""))).content_type == "application/pdf"


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"RIFF"]))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_have_an_answer(content, head):
    assert isinstance(check(sent(head + content)), FileRefusal | Checked)


def test_the_reader_gets_none_of_our_secrets(monkeypatch, tmp_path):
    told = tmp_path / "environment"
    spy = tmp_path / "spy.py"
    spy.write_text(f"import os; open({str(told)!r}, 'w').write(repr(dict(os.environ))); print('broken')")
    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(inspection, "READER", spy)
    assert check(sent(photo())) == FileRefusal.BROKEN
    assert "geheim" not in told.read_text()


@pytest.mark.parametrize("program", ["while True: pass", "import os; os.abort()", "bytearray(10**11)", "print('')"])
def test_a_reader_that_breaks_or_hangs_is_a_broken_file(program, monkeypatch, tmp_path):
    spy = tmp_path / "spy.py"
    spy.write_text(program)
    monkeypatch.setattr(inspection, "READER", spy)
    monkeypatch.setattr(inspection, "SECONDS", 1)
    assert check(sent(photo())) == FileRefusal.BROKEN


def test_the_reader_has_little_memory():
    limits = "import reader, resource; reader.limit(); print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", limits], cwd=inspection.READER.parent, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == 1024**3


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Lebenslauf Äçı.pdf", "Lebenslauf Äçı.pdf"),
        ("سيرة ذاتية.jpg", "سيرة ذاتية.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\b.png", "b.png"),
        ("a\x00\r\nb\t.jpg", "a b .jpg"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("e\u0301.jpg", "é.jpg"),
        ("می\u200cخواهم.jpg", "می\u200cخواهم.jpg"),
        ("\ud800😀.jpg", "😀.jpg"),
        ("x" * 300, "x" * 120),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_a_name_is_only_a_name(given, shown):
    assert clean_name(given) == shown


def test_a_file_is_saved_under_what_it_is():
    assert file_name("rechnung.exe", "application/pdf") == "rechnung.pdf"
    assert file_name("", "image/jpeg") == "document.jpg"
    assert re.fullmatch(r"سيرة\.png", file_name("سيرة.jpg", "image/png"))
