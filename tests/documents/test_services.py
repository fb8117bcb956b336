"""Asking, receiving, answering: what is kept, how often, and how much of it."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from gruendungswerkstatt.audit.erasure_runs import erase_expired
from gruendungswerkstatt.audit.models import ErasureCause
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.documents import files, rules, selectors, services
from gruendungswerkstatt.documents.enums import DocumentRefusal, FileRefusal, RequestState, ReturnReason, ScanState
from gruendungswerkstatt.documents.models import Document
from gruendungswerkstatt.documents.services import DocumentRefused
from tests.factories.documents import DocumentRequestFactory, checked
from tests.factories.people import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return DocumentRequestFactory()


@pytest.fixture
def storage():
    return storages["documents"]


def refusal(action, *args, **kwargs) -> DocumentRefusal:
    with pytest.raises(DocumentRefused) as refused:
        action(*args, **kwargs)
    return refused.value.reason


def stored(storage) -> set[str]:
    return set(storage.listdir("")[1])


def test_a_file_is_kept_under_a_name_that_says_nothing(asked, storage):
    before = stored(storage)
    [document] = services.receive(asked, [checked(b"Inhalt", "Lebenslauf Nour.jpg")]).kept
    assert stored(storage) - before == {document.stored_as}
    assert len(document.stored_as) == 32
    assert storage.open(document.stored_as).read() == b"Inhalt"
    asked.refresh_from_db()
    assert (asked.state, asked.version) == (RequestState.RECEIVED, 2)
    assert document.scan_state == ScanState.NOT_SCANNED
    assert document.is_handed_out


def test_what_is_sent_twice_is_kept_once(asked, storage):
    before = stored(storage)
    services.receive(asked, [checked(b"eins"), checked(b"eins")])
    again = services.receive(asked, [checked(b"eins", "anders.jpg"), checked(b"zwei")])
    assert (len(again.kept), again.repeated) == (1, 1)
    assert Document.objects.count() == 2
    assert len(stored(storage) - before) == 2


def test_two_rows_of_the_same_content_are_refused_by_the_database(asked):
    [document] = services.receive(asked, [checked()]).kept
    document.pk, document.uuid, document.stored_as = None, asked.uuid, "a" * 32
    with pytest.raises(IntegrityError, match="document_sent_once"), transaction.atomic():
        document.save(force_insert=True)


def test_more_than_fifty_files_of_one_person_are_refused(asked, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILES", 3)
    other = DocumentRequestFactory(office=asked.office, subject_uuid=asked.subject_uuid, asked_by=asked.asked_by)
    services.receive(other, [checked(b"1"), checked(b"2")])
    received = services.receive(asked, [checked(b"3"), checked(b"4", "vier.jpg")])
    assert len(received.kept) == 1
    assert received.refused == [("vier.jpg", FileRefusal.NO_ROOM)]
    assert rules.MOST_FILES == 50


def test_more_than_two_hundred_megabytes_of_one_person_are_refused(asked, monkeypatch):
    monkeypatch.setattr(services, "MOST_BYTES_OF_ONE", 10)
    received = services.receive(asked, [checked(b"12345678"), checked(b"123", "gross.jpg"), checked(b"12")])
    assert [document.size for document in received.kept] == [8, 2]
    assert received.refused == [("gross.jpg", FileRefusal.NO_ROOM)]
    services.delete_file(received.kept[0])
    assert len(services.receive(asked, [checked(b"123")]).kept) == 1


@transaction.atomic
def _receive_and_fail(asked):
    services.receive(asked, [checked(b"halb")])
    raise ZeroDivisionError


def test_if_the_row_fails_nothing_is_left_but_what_is_swept(asked, storage):
    before = stored(storage)
    with pytest.raises(ZeroDivisionError):
        _receive_and_fail(asked)
    assert Document.objects.count() == 0
    [orphan] = stored(storage) - before
    assert files.sweep() == 0, "a transaction may still be under way"
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert files.sweep() >= 1
    assert orphan not in stored(storage)


def test_the_sweep_leaves_what_has_a_row_and_what_is_not_ours(asked, storage):
    [document] = services.receive(asked, [checked(b"bleibt")]).kept
    foreign = storage.save("liesmich.txt", checked(b"fremd").content)
    with clock.frozen(clock.now() + timedelta(days=2)):
        files.sweep()
    assert {document.stored_as, foreign} <= stored(storage)
    storage.delete(foreign)


def test_accepting_ends_it(asked):
    assert refusal(services.accept, asked, version=1) == DocumentRefusal.NOTHING_SENT
    services.receive(asked, [checked()])
    with pytest.raises(StaleVersion):
        services.accept(asked, version=1)
    services.accept(asked, version=2)
    assert refusal(services.receive, asked, [checked(b"noch")]) == DocumentRefusal.IN_ORDER


def test_sending_back_asks_again(asked):
    services.receive(asked, [checked()])
    assert refusal(services.send_back, asked, ReturnReason.OTHER, version=2) == DocumentRefusal.REASON_MISSING
    services.send_back(asked, ReturnReason.UNREADABLE, version=2)
    asked.refresh_from_db()
    assert selectors.is_wanted(asked)
    services.receive(asked, [checked(b"schaerfer")])
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (RequestState.RECEIVED, "")


def test_deleting_takes_name_and_content_at_once(asked, storage, django_capture_on_commit_callbacks):
    [document] = services.receive(asked, [checked(name="Attest.jpg")]).kept
    name = document.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        assert services.delete_file(document)
        assert storage.exists(name), "only once it is committed"
    assert not storage.exists(name)
    document.refresh_from_db()
    assert (document.original_name, document.stored_as, document.digest) == ("", "", "")
    assert not document.is_handed_out
    assert not services.delete_file(document)


def test_only_what_has_no_file_is_withdrawn(asked):
    [document] = services.receive(asked, [checked()]).kept
    assert refusal(services.withdraw, asked, version=2) == DocumentRefusal.HAS_FILES
    services.delete_file(document)
    services.withdraw(asked, version=2)
    assert refusal(services.receive, asked, [checked(b"zu spaet")]) == DocumentRefusal.WITHDRAWN


def test_files_go_after_their_time_and_the_request_stays(asked, storage, django_capture_on_commit_callbacks):
    [document] = services.receive(asked, [checked()]).kept
    document.refresh_from_db()
    assert (document.delete_after_on - clock.today()).days >= 365
    with clock.frozen(clock.now() + timedelta(days=367)), django_capture_on_commit_callbacks(execute=True):
        runs = erase_expired(ErasureCause.NIGHT)
    assert [run.counts["document"] for run in runs if "document" in run.counts] == [1]
    assert not Document.objects.exists()
    assert not storage.exists(document.stored_as)
    asked.refresh_from_db()


def test_another_office_finds_nothing(asked):
    services.receive(asked, [checked()])
    elsewhere = OrganisationFactory(office=True)
    MembershipFactory(organisation=elsewhere)
    [document] = selectors.documents_of(asked)
    assert selectors.document_for(elsewhere, asked.subject_uuid, document.uuid) is None
    assert selectors.request_for(elsewhere, asked.subject_uuid, asked.uuid) is None
    assert not selectors.requests_for(elsewhere, asked.subject_uuid)
