"""A document goes to and fro: asked for in German, photographed in Arabic, sent back, sent again, in order."""

import re

from cases.files import documents
from cases.files.opening import open_case
from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from gruendungswerkstatt.demo.offices import membership
from gruendungswerkstatt.documents.models import Document
from intake.access import set_pin
from tests.factories.documents import pdf, photo, script

from .test_advisor_journey import signs_in

_LEAD, ADVISOR, *_OTHERS = DEMO_ACCOUNTS


def picture(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def enters(founder, submission, code):
    founder.opens(f"/{founder.language}/status/")
    founder.types("reference", submission.reference)
    founder.types("code", code)
    founder.saves()


def test_a_photo_of_a_paper_in_arabic_without_javascript_is_read_in_german(person, enquiry):
    # Given a case, and an advisor who asks for a proof
    submission, code = enquiry("bilal")
    pin = set_pin(submission)
    by = membership(ADVISOR.email)
    case = open_case(submission, by, by)
    advisor = person("de")
    signs_in(advisor, ADVISOR)
    advisor.opens(f"/de/cases/{case.uuid}/")
    advisor.follows("Ask for a document")
    advisor.saves()
    advisor.reads("Please choose a document.")
    advisor.chooses("kind", "qualification")
    advisor.types("note", "Zeugnis von 2015")
    advisor.saves()
    advisor.reads("Nothing was sent yet.")

    # When the founder sends a photo, an empty file and a PDF with a program in it
    founder = person("ar", phone=True, javascript=False)
    enters(founder, submission, code)
    founder.reads("Proof of qualification")
    founder.sees("Zeugnis von 2015")
    founder.follows(re.compile(f"^{re.escape(founder.word('Send photos or a PDF'))}"))
    assert founder.page.locator("input[type=file]").get_attribute("multiple") is not None
    assert "image/jpeg" in founder.page.locator("input[type=file]").get_attribute("accept")
    founder.presses("Send files")
    founder.reads("Please choose a photo or a PDF.")
    founder.page.locator("input[type=file]").set_input_files(
        [
            picture("شهادة.jpg", photo(size=(800, 600), turned=True)),
            picture("leer.jpg", b""),
            picture("programm.pdf", pdf(OpenAction=script())),
        ]
    )
    founder.presses("Send files")

    # Then the photo is kept, each of the others is named, and nothing can be seen or got with the code alone
    founder.sees("leer.jpg")
    founder.reads("This file is empty. Please choose it once more.")
    founder.sees("programm.pdf")
    founder.does_not_see("شهادة.jpg")
    assert Document.objects.count() == 1

    # And the advisor saves it, and sends it back with a reason
    advisor.opens(f"/de/cases/{case.uuid}/")
    advisor.follows("Proof of qualification")
    advisor.sees("شهادة.jpg")
    with advisor.page.expect_download() as saved:
        advisor.page.locator("a[download]").click()
    assert saved.value.suggested_filename == "شهادة.jpg"
    advisor.unfolds("Send back with a reason")
    advisor.ticks("reason", "unreadable")
    advisor.presses("Send back")
    advisor.reads("The founder reads on the status page what to do.")

    # Then the founder reads in Arabic what to do, and does it
    founder.opens("/ar/status/now/")
    founder.reads("It cannot be read. Please take a new photo in good light, from straight above.")
    founder.follows(re.compile(f"^{re.escape(founder.word('Send photos or a PDF'))}"))
    founder.page.locator("input[type=file]").set_input_files([picture("neu.jpg", photo(size=(900, 700)))])
    founder.presses("Send files")
    founder.reads("Received", "document")

    # And with the PIN finds both files, and no more is asked for once it is in order
    asked = Document.objects.first().request
    documents.accept(case, asked, by, version=asked.version)
    founder.opens("/ar/status/pin/")
    founder.types("pin", pin)
    founder.saves()
    founder.follows("My documents")
    founder.sees("شهادة.jpg")
    founder.sees("neu.jpg")
    founder.opens("/ar/status/now/")
    founder.reads("Seen and in order", "document")
