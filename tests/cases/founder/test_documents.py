"""Documents as the founder meets them: sent with number and code, seen with the PIN."""

import io
import re

import pytest
from django.test import Client

from cases.files import documents
from cases.files.enums import CaseState, TimelineKind
from cases.files.models import Case, TimelineEntry
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.documents import rules, services, uploads
from gruendungswerkstatt.documents.enums import RequestState
from gruendungswerkstatt.documents.models import Document
from tests.factories.documents import checked, pdf, photo, script, sent

from .conftest import level_one, level_two

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(founders_case, advisor):
    return documents.ask(founders_case, advisor, "cv", "Bitte auch das Zeugnis von 2019.")


def address(asked, language: str = "de") -> str:
    return f"/{language}/status/documents/{asked.uuid}/"


def send(browser: Client, asked, *files, language: str = "de", **more):
    return browser.post(address(asked, language), {"form_token": str(new_uuid()), "files": files, **more})


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_status_page_says_what_is_needed(enquiry, asked):
    page = text(level_one(enquiry).get("/de/status/now/"))
    assert "Lebenslauf" in page
    assert "Bitte auch das Zeugnis von 2019." in page
    assert f'href="{address(asked)}"' in page
    assert "Jetzt sind Sie dran." in page


def test_it_still_asks_the_database_three_things(enquiry, asked, founders_case, advisor, django_assert_num_queries):
    for kind in ("eks", "insurance"):
        documents.receive(founders_case, documents.ask(founders_case, advisor, kind), [checked()])
    browser = level_one(enquiry)
    with django_assert_num_queries(3):
        browser.get("/de/status/now/")
    with django_assert_num_queries(3):
        browser.get(address(asked))


def test_sending_takes_the_same_number_of_statements_however_many_files(enquiry, asked, capture_queries):
    browser, counts = level_one(enquiry), []
    for files in ([sent(photo())], [sent(photo(colour=colour)) for colour in ("red", "green", "blue")]):
        with capture_queries() as queries:
            assert send(browser, asked, *files).status_code == 302
        counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
    # Three to find it, the token (asked for, taken, led on), the lock, what is there (twice), file, request, timeline.
    assert counts[0] == counts[1] <= 12


def test_a_photo_is_sent(enquiry, asked):
    browser = level_one(enquiry)
    assert 'enctype="multipart/form-data"' in text(browser.get(address(asked)))
    assert send(browser, asked, sent(photo(), "Lebenslauf.jpg")).url == address(asked)
    page = text(browser.get(address(asked)))
    assert "Eingegangen am" in page
    assert "Lebenslauf.jpg" not in page
    assert "/file/" not in page
    asked.refresh_from_db()
    assert asked.state == RequestState.RECEIVED
    [line] = TimelineEntry.objects.filter(kind=TimelineKind.DOCUMENT_RECEIVED)
    assert (line.author, line.params) == (None, {"document": "cv", "count": 1})


def test_a_double_click_and_a_retry_keep_one(enquiry, asked):
    browser, token = level_one(enquiry), str(new_uuid())
    for _ in range(2):
        assert send(browser, asked, sent(photo()), form_token=token).status_code == 302
    send(browser, asked, sent(photo()))
    assert Document.objects.count() == 1
    assert TimelineEntry.objects.filter(kind=TimelineKind.DOCUMENT_RECEIVED).count() == 1


def test_a_retry_does_not_bring_back_what_was_deleted(enquiry, asked, founders_case, advisor):
    browser, token = level_one(enquiry), str(new_uuid())
    send(browser, asked, sent(photo()), form_token=token)
    documents.delete_file(founders_case, Document.objects.get(), advisor)
    send(browser, asked, sent(photo()), form_token=token)
    assert not Document.objects.filter(deleted_at=None).exists()


def test_each_bad_file_is_named_and_the_others_are_kept(enquiry, asked):
    response = send(
        level_one(enquiry),
        asked,
        sent(photo(), "gut.jpg"),
        sent(b"", "leer.jpg"),
        sent(b"<svg onload='alert(1)'/>", "<b>bild</b>.svg", "image/svg+xml"),
        sent(pdf(OpenAction=script()), "programm.pdf"),
        sent(photo() + bytes(rules.MOST_BYTES), "gross.jpg"),
        sent(pdf(), "auch gut.pdf"),
    )
    page = text(response)
    assert response.status_code == 200
    assert "Wir haben 2 Dateien bekommen." in page
    for name in ("leer.jpg", "&lt;b&gt;bild&lt;/b&gt;.svg", "programm.pdf", "gross.jpg"):
        assert f"\u2068{name.rpartition('/')[2]}\u2069" in page or name.startswith("&lt;"), name
    assert "<b>bild" not in page
    assert set(Document.objects.values_list("original_name", flat=True)) == {"gut.jpg", "auch gut.pdf"}


def test_nothing_good_keeps_nothing(enquiry, asked):
    response = send(level_one(enquiry, "ar"), asked, sent(b"", "leer.jpg"), language="ar")
    assert response.status_code == 200
    assert "leer.jpg" in text(response)
    assert not Document.objects.exists()
    asked.refresh_from_db()
    assert asked.state == RequestState.ASKED


def test_no_file_at_all_says_so(enquiry, asked):
    page = text(send(level_one(enquiry), asked))
    assert "Bitte wählen Sie ein Foto oder ein PDF aus." in page


def test_thirty_files_at_once_are_ten_and_a_word_about_each_other(enquiry, asked):
    files = [sent(photo(size=(60 + number, 40)), f"seite-{number:02}.jpg") for number in range(30)]
    page = text(send(level_one(enquiry), asked, *files))
    assert Document.objects.count() == 10
    assert page.count("seite-") >= 20
    assert "seite-09.jpg" not in page
    assert "seite-29.jpg" in page


def test_a_body_beyond_all_measure_is_413(enquiry, asked, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES_AT_ONCE", 500_000)
    response = send(level_one(enquiry), asked, sent(bytes(600_000)))
    assert response.status_code == 413


def test_files_elsewhere_are_413(enquiry, asked):
    response = level_one(enquiry).post("/de/status/pin/", {"pin": "1", "files": sent(bytes(1_100_000))})
    assert response.status_code == 413


def test_of_a_file_that_is_too_large_little_is_written(rf):
    request = rf.post("/de/")
    handler = uploads.LimitedUploadHandler(request)
    handler.new_file("files", "gross.jpg", "image/jpeg", 0)
    for start in range(0, 30_000_000, 64 * 1024):
        handler.receive_data_chunk(bytes(64 * 1024), start)
    file = handler.file_complete(30_000_000)
    assert file.size == 30_000_000
    assert file.file.seek(0, io.SEEK_END) <= rules.MOST_BYTES + 64 * 1024
    file.close()


def test_what_is_in_order_takes_no_more(enquiry, asked, founders_case, advisor):
    documents.receive(founders_case, asked, [checked()])
    documents.accept(founders_case, asked, advisor, version=2)
    browser = level_one(enquiry)
    assert "<form" not in text(browser.get(address(asked))).partition("<main")[2].partition("</main")[0]
    assert "nichts mehr" in text(send(browser, asked, sent(photo())))
    assert Document.objects.count() == 1


def test_what_is_sent_back_says_what_to_do_in_the_founders_language(enquiry, asked, founders_case, advisor):
    documents.receive(founders_case, asked, [checked()])
    documents.send_back(founders_case, asked, advisor, "unreadable", "Seite 2", version=2)
    page = text(level_one(enquiry, "ar").get("/ar/status/now/"))
    assert "يُرجى التقاط صورة جديدة" in page
    assert "Seite 2" in page


def test_a_case_that_ended_asks_for_nothing(enquiry, asked, founders_case):
    Case.objects.filter(pk=founders_case.pk).update(state=CaseState.HANDED_OVER)
    browser = level_one(enquiry)
    assert address(asked) not in text(browser.get("/de/status/now/"))
    assert browser.get(address(asked)).status_code == 404


def test_with_the_pin_files_are_listed_and_saved(enquiry, asked, founders_case):
    documents.receive(founders_case, asked, [checked(b"Inhalt", "سيرة.png")])
    documents.receive(founders_case, asked, [checked(b"weg")])
    services.delete_file(Document.objects.last())
    browser = level_two(enquiry)
    page = text(browser.get("/de/status/documents/"))
    [link] = re.findall(r'href="(/de/status/documents/file/[^"]+)"', page)
    assert "سيرة.png" in page
    assert "Nicht auf Viren geprüft" in page
    response = browser.get(link)
    assert b"".join(response.streaming_content) == b"Inhalt"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]
    assert level_one(enquiry).get(link).url == "/de/status/pin/"


def test_what_is_not_scanned_yet_is_not_handed_out(enquiry, asked, founders_case, settings):
    settings.CLAMAV_ADDRESS = ("unix", "/nowhere")
    documents.receive(founders_case, asked, [checked()])
    browser = level_two(enquiry)
    assert "/file/" not in text(browser.get("/de/status/documents/"))
    assert browser.get(f"/de/status/documents/file/{Document.objects.get().uuid}/").status_code == 404


def test_my_data_names_the_documents(enquiry, asked, founders_case):
    documents.receive(founders_case, asked, [checked(name="Lebenslauf Nour.jpg")])
    browser = level_two(enquiry)
    assert "Lebenslauf Nour.jpg" in text(browser.get("/de/status/data/"))
    [exported] = browser.get("/de/status/data/file/").json()["documents"]
    assert (exported["kind"], exported["state"], exported["files"][0]["original_name"]) == (
        "cv",
        "received",
        "Lebenslauf Nour.jpg",
    )
