"""Documents that were asked for, and files as phones and offices send them; all are made here."""

import hashlib
import io

import factory
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from gruendungswerkstatt.documents.enums import DocumentKind
from gruendungswerkstatt.documents.inspection import Checked
from gruendungswerkstatt.documents.models import DocumentRequest
from tests.factories.files import CaseFactory
from tests.factories.people import MembershipFactory

PLACE = "Unterer Weg 7"  # what a phone might write into a photo


class DocumentRequestFactory(factory.django.DjangoModelFactory):
    """A CV that was asked for in `case`."""

    class Meta:
        model = DocumentRequest

    class Params:
        case = factory.SubFactory(CaseFactory)

    office = factory.SelfAttribute("case.office")
    subject_uuid = factory.SelfAttribute("case.uuid")
    kind = DocumentKind.CV
    asked_by = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), colour: str = "teal", turned: bool = False) -> bytes:
    """A picture with everything a phone puts beside the pixels; `turned`: it says that it lies on its side."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.ImageDescription] = "Telefon", PLACE
    if turned:
        exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (51.0, 32.0, 5.0)
    written = io.BytesIO()
    more = {"comment": PLACE.encode()} if kind == "JPEG" else {}
    Image.new("RGB", size, colour).save(written, kind, exif=exif, **more)
    return written.getvalue()


def pdf(**root: pikepdf.Object) -> bytes:
    """A PDF of one page, with `root` in its catalogue."""
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = PLACE
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def script() -> pikepdf.Dictionary:
    """An action that runs a program in the reader's PDF viewer."""
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('da')")


def sent(content: bytes, name: str = "foto.jpg", content_type: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type)


def checked(content: bytes = b"made anew", name: str = "foto.jpg") -> Checked:
    """A file as the reader leaves it, without asking the reader."""
    return Checked(name, "image/jpeg", len(content), hashlib.sha256(content).hexdigest(), io.BytesIO(content))
