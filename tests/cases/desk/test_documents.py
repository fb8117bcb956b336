"""Documents as the office meets them: asking, what came, answering, deleting at once."""

import re
from html import unescape

import pytest

from cases.files import documents
from cases.files.enums import CaseState, TimelineKind
from cases.files.models import Case, TimelineEntry
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.documents.enums import RequestState
from gruendungswerkstatt.documents.models import Document, DocumentRequest
from tests.factories.documents import checked, photo, sent
from tests.factories.files import CaseFactory, FounderFactory

from .conftest import assert_kept_out

pytestmark = pytest.mark.django_db


def page_of(case) -> str:
    return f"/de/cases/{case.uuid}/"


def address(case, asked, name: str = "") -> str:
    return f"{page_of(case)}documents/{asked.uuid}/{name}"


def text(response) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def lines(case) -> list[str]:
    entries = TimelineEntry.objects.filter(case=case, kind__startswith="document").order_by("id")
    return [entry.kind for entry in entries]


@pytest.fixture
def asked(case, advisor):
    return documents.ask(case, advisor, "cv", "Bitte alle Seiten.")


@pytest.fixture
def received(case, asked):
    documents.receive(case, asked, [checked(b"Inhalt", "Lebenslauf.jpg")])
    asked.refresh_from_db()
    return asked


def test_asking_from_the_case_page(client, form_on, case, advisor):
    ask = f"{page_of(case)}documents/ask/"
    assert f'href="{ask}"' in text(client.get(page_of(case)))
    response = form_on(ask, ask).send(client, kind="eks", note="Für Januar bis Juni.")
    asked = DocumentRequest.objects.get()
    assert response.url == address(case, asked)
    assert (asked.kind, asked.note, asked.asked_by, asked.state) == ("eks", "Für Januar bis Juni.", advisor, "asked")
    assert "Anlage EKS" in text(client.get(page_of(case)))
    assert lines(case) == [TimelineKind.DOCUMENT_ASKED]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": ""}, "Bitte wählen Sie eine Unterlage aus."),
        ({"kind": "passport"}, "passport"),
        ({"kind": "other"}, "Bitte schreiben Sie, welche Unterlage Sie brauchen."),
        ({"kind": "cv", "note": "x" * 10_000}, "Der Text ist zu lang"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, form_on, case, given, message):
    ask = f"{page_of(case)}documents/ask/"
    response = form_on(ask, ask).send(client, **given)
    assert response.status_code == 200
    assert message in text(response)
    assert given.get("note", "") in text(response)
    assert not DocumentRequest.objects.exists()


def test_asking_twice_asks_once(client, case):
    given = {"form_token": str(new_uuid()), "kind": "cv"}
    first, second = (client.post(f"{page_of(case)}documents/ask/", given) for _ in range(2))
    assert first.url == second.url
    assert DocumentRequest.objects.count() == 1


def test_the_page_shows_what_came_and_hands_it_out(client, case, received, advisor):
    page = text(client.get(address(case, received)))
    assert "Lebenslauf.jpg" in page
    assert "Nicht auf Viren geprüft" in page
    [link] = re.findall(r'href="(/de/cases/[^"]+/files/[^"]+/)"', page)
    ViewLog.objects.all().delete()
    response = client.get(link)
    assert b"".join(response.streaming_content) == b"Inhalt"
    assert response["Content-Disposition"] == 'attachment; filename="Lebenslauf.jpg"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    [look] = ViewLog.objects.all()
    assert (look.viewer, look.subject_uuid, look.purpose) == (advisor.user, case.uuid, "case_work")


def test_accepting(client, form_on, case, received):
    action = address(case, received, "accept/")
    assert form_on(address(case, received), action).send(client).url == address(case, received)
    received.refresh_from_db()
    assert received.state == RequestState.ACCEPTED
    assert lines(case)[-1] == TimelineKind.DOCUMENT_ACCEPTED


def test_a_file_that_came_meanwhile_has_to_be_seen_first(client, form_on, case, received):
    form = form_on(address(case, received), address(case, received, "accept/"))
    documents.receive(case, received, [checked(b"noch eine Seite")])
    response = form.send(client)
    assert "vielleicht ist eine Datei gekommen" in text(response)
    received.refresh_from_db()
    assert received.state == RequestState.RECEIVED


def test_sending_back_with_a_reason(client, form_on, case, received):
    form = form_on(address(case, received), address(case, received, "return/"))
    assert "Bitte wählen Sie einen Grund" in text(form.send(client))
    page = text(form.send(client, reason="other"))
    assert "Bitte schreiben Sie, was die Gründer:in tun soll." in page
    form.send(client, reason="unreadable", words="Seite 2 ist dunkel.")
    received.refresh_from_db()
    assert (received.state, received.reason, received.reason_words) == (
        "sent_back",
        "unreadable",
        "Seite 2 ist dunkel.",
    )
    page = text(client.get(page_of(case)))
    assert "Unterlage zurückgegeben" in page
    assert "Seite 2 ist dunkel." in page


def test_seen_delete_now(client, form_on, case, received, django_capture_on_commit_callbacks):
    document = Document.objects.get()
    action = f"{page_of(case)}files/{document.uuid}/delete/"
    form = form_on(address(case, received), action)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert form.send(client).status_code == 302
    assert client.get(f"{page_of(case)}files/{document.uuid}/").status_code == 404
    page = text(client.get(address(case, received)))
    assert "Gelöscht am" in page
    assert "Lebenslauf.jpg" not in page
    assert lines(case).count(TimelineKind.DOCUMENT_DELETED) == 1


def test_files_from_the_desk(client, form_on, case, asked, advisor):
    action = address(case, asked, "send/")
    token = form_on(address(case, asked), action).values["form_token"]
    response = client.post(action, {"form_token": token, "files": [sent(photo(), "gut.jpg"), sent(b"", "leer.jpg")]})
    page = text(response)
    assert "Wir haben 1 Datei bekommen." in page
    assert "leer.jpg" in page
    assert Document.objects.get().received_from == advisor


def test_withdrawing_twice_leads_to_the_case(client, form_on, case, asked):
    form = form_on(address(case, asked), address(case, asked, "withdraw/"))
    assert [form.send(client).url for _ in range(2)] == [f"{page_of(case)}#documents"] * 2
    assert not DocumentRequest.objects.exists()
    assert lines(case) == [TimelineKind.DOCUMENT_ASKED, TimelineKind.DOCUMENT_WITHDRAWN]


def test_a_case_that_ended_asks_for_nothing_and_keeps_what_it_has(client, case, received):
    Case.objects.filter(pk=case.pk).update(state=CaseState.HANDED_OVER)
    assert "documents/ask/" not in text(client.get(page_of(case)))
    assert client.get(f"{page_of(case)}documents/ask/").status_code == 404
    assert "Lebenslauf.jpg" in text(client.get(address(case, received)))


def test_the_page_asks_as_often_for_many_files(client, case, received, capture_queries):
    counts = []
    for number in range(2):
        with capture_queries() as queries:
            client.get(address(case, received))
        counts.append(len(queries))
        documents.receive(case, received, [checked(f"{number}{page}".encode()) for page in range(10)])
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["other office", "partner", "anonymous"])
def test_others_do_not_get_in(people, case, received, who):
    assert_kept_out(people[who], "get", address(case, received))
    assert_kept_out(people[who], "get", f"{page_of(case)}files/{Document.objects.get().uuid}/")
    assert_kept_out(people[who], "post", address(case, received, "accept/"))


def test_a_file_of_another_case_is_not_found_here(client, case, received, advisor, office):
    other = CaseFactory(founder=FounderFactory(office=office), advisor=advisor)
    document = Document.objects.get()
    assert client.get(f"{page_of(other)}files/{document.uuid}/").status_code == 404
    assert client.get(address(other, received)).status_code == 404
