"""Nothing is left of an erased person: every table, file, cache entry and log line is searched."""

import io
import logging
from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.mail import send_mail
from django.urls import reverse

from cases.files import services as files
from cases.files.enums import CaseState, ErasureReason, Outcome
from cases.files.erasure import erase_cases
from cases.files.erasure_requests import ErasureRefused, erase_founder, erase_own_submission
from cases.files.models import Case
from cases.files.refusals import ErasureRefusal
from cases.referrals.models import Consent, Referral
from gruendungswerkstatt.audit.erasure_runs import erase_expired
from gruendungswerkstatt.audit.models import ErasureCause, ErasureRun
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.logs import JsonFormatter
from intake.papers import making as papers
from tests import traces
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory, TimelineEntryFactory
from tests.factories.intake import PERSONAS
from tests.lives import World, browser, live, send_enquiry

pytestmark = pytest.mark.django_db

# Written by every visit, by no person: who signed in when, proofs, counts, and forms that led nowhere in particular.
OF_NOBODY = {
    "public.audit_erasurerun",
    "public.audit_formtoken",
    "public.django_session",
    "public.intake_stepcount",
    "public.messaging_heartbeat",
    "public.network_people_user",
    "public.network_people_userevent",
}
NOON = clock.at(date(2026, 11, 23), 12)


@pytest.fixture
def folders(settings, tmp_path):
    """Messages become files, as in a demonstration; papers and documents lie in a folder."""
    mail, media, documents = tmp_path / "mail", tmp_path / "media", tmp_path / "documents"
    media.mkdir()
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": documents}}
    settings.STORAGES = {**settings.STORAGES, "documents": folder}
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.SMS_DIR = mail
    settings.MEDIA_ROOT = media
    return [mail, media, documents]


@pytest.fixture
def log():
    """Everything that is logged meanwhile, as production writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def world():
    with clock.frozen(NOON):
        yield World.make()


def by_request(life, world, born_at):
    erase_founder(life.founder, by=world.lead, reason=ErasureReason.REQUESTED)


def by_expiry(life, world, born_at):
    """The case was closed when it was young; tonight the three years are over."""
    with clock.frozen(born_at + timedelta(days=30)):
        life.case.refresh_from_db()
        files.change_state(
            life.case, world.advisor, CaseState.CLOSED, outcome=Outcome.WITHDRAWN, version=life.case.version
        )
    [run] = erase_expired(ErasureCause.NIGHT)
    assert run.counts["case"] == 1
    assert run.errors == {}


@pytest.mark.parametrize("erase", [by_request, by_expiry])
@pytest.mark.parametrize("number", list(PERSONAS))
def test_nothing_is_left(number, erase, world, folders, log, django_capture_on_commit_callbacks):
    live(12 if number != 12 else 1, world)  # somebody whose data stays
    files_before = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    before = traces.content()
    born_at = clock.now() - timedelta(days=3 * 366 + 40)
    with clock.frozen(born_at):
        life = live(number, world)
    papers.make(life.submission.uuid)
    found = traces.in_database(life.marks)
    assert len(found) >= 12, f"the search has to find a living person: {sorted(found)}"
    found_in = {folder for path in traces.in_files(folders, life.marks) for folder in folders if folder in path.parents}
    assert found_in == {folders[0], folders[2]}
    assert list(folders[2].rglob("*.pdf"))

    with django_capture_on_commit_callbacks(execute=True):
        erase(life, world, born_at)

    assert traces.in_database(life.marks) == {}
    assert traces.in_files(folders, life.marks) == []
    assert traces.in_cache(life.marks) == []
    assert not [mark for mark in traces.spellings(life.marks) if mark in log.getvalue().lower()]
    after = traces.content()
    assert {table: rows for table, rows in before.items() if table not in OF_NOBODY and rows != after[table]} == {}
    assert {
        path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()
    } == files_before
    assert ErasureRun.objects.filter(counts__case=1).count() == 1


def test_whoever_deletes_an_enquiry_without_a_case_leaves_nothing(world, folders):
    with clock.frozen(NOON):
        before = traces.content()
        life = send_enquiry(7, PERSONAS[7]["answers"], "ar")
        browser(world.advisor).get(reverse("cases:submission_detail", args=[life.submission.uuid]))
        run = erase_own_submission(life.submission)
    assert (run.cause, run.counts) == (ErasureCause.FOUNDER, {"enquiry": 1})
    assert traces.in_database(life.marks) == {}
    after = traces.content()
    assert {table: rows for table, rows in before.items() if table not in OF_NOBODY and rows != after[table]} == {}


def test_somebody_with_a_case_cannot_delete_the_enquiry_alone(world):
    with clock.frozen(NOON):
        life = live(9, world)
        with pytest.raises(ErasureRefused) as refused:
            erase_own_submission(life.submission)
    assert refused.value.reason == ErasureRefusal.HAS_CASE
    assert type(life.submission).objects.filter(pk=life.submission.pk).exists()


def test_a_founder_stays_while_another_case_does(world):
    with clock.frozen(NOON):
        life = live(8, world)
        second = CaseFactory(founder=life.founder, office=world.office)
        erase_cases([life.case.pk])
    assert list(Case.objects.filter(founder=life.founder)) == [second]
    assert Consent.objects.filter(founder=life.founder).exists()
    assert not Referral.objects.exists()


PLACES = {
    "a column": lambda: PlanStepFactory(text="Gespräch mit Wunderblume"),
    "the parameters of a line": lambda: TimelineEntryFactory(params={"who": ["Wunderblume"]}),
    "an array": lambda: FounderFactory(safe_times=["wunderblume"]),
    "the history": lambda: CaseFactory(reference="W-BLUME").delete(),
    "a session": lambda: plant_session({"unsent_form": ["/", [["text", "Wunderblume"]]]}),
}


@pytest.mark.parametrize("plant", PLACES.values(), ids=PLACES.keys())
def test_the_search_finds_what_is_planted_in_the_database(plant):
    assert traces.in_database({"Wunderblume", "W-BLUME"}) == {}
    plant()
    assert traces.in_database({"Wunderblume", "W-BLUME"})


def plant_session(content):
    session = SessionStore()
    session.update(content)
    session.save()


def test_the_search_finds_what_is_planted_elsewhere(folders, log):
    mail, media, _documents = folders
    assert traces.in_files(folders, {"Wunderblüte", "وردة"}) == []
    send_mail("Termin", "Wunderblüte und وردة kommen", None, ["person@example.org"])
    (media / "wunderblüte.txt").write_text("nichts")
    assert {path.parent for path in traces.in_files(folders, {"Wunderblüte"})} == {mail, media}
    assert traces.in_files(folders, {"وردة"})
    cache.set("kept", {"name": "Wunderblüte"})
    assert traces.in_cache({"Wunderblüte"}) == [":1:kept"]
    cache.delete("kept")
    logging.getLogger("intake").warning("Wunderblüte")
    assert "wunderblüte" in log.getvalue().lower()
