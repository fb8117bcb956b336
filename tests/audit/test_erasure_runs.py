"""The nightly run: what it finds in every office, what it leaves, what it writes down, what stops it."""

import threading
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from cases.files.models import Case
from gruendungswerkstatt.audit import erasure_runs
from gruendungswerkstatt.audit.models import ErasureCause, ErasureRun, FormToken
from gruendungswerkstatt.audit.tasks import erase_expired
from gruendungswerkstatt.common import clock, erasure
from gruendungswerkstatt.common.erasure import Erasure
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.common.logs import JsonFormatter
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from intake.tasks import erase_drafts
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.test_architecture import LEVEL

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
YESTERDAY = NOON.date() - timedelta(days=1)


@pytest.fixture
def town():
    return MunicipalityFactory(code="kamen")


@pytest.mark.parametrize(
    ("kept", "age", "is_erased"),
    [
        (False, timedelta(hours=23), False),
        (False, timedelta(hours=25), True),
        (True, timedelta(days=13), False),
        (True, timedelta(days=15), True),
    ],
)
def test_drafts_go_a_day_after_their_last_use_or_fourteen(town, kept, age, is_erased):
    SubmissionFactory(municipality=town, draft=True, keep_longer=kept, last_used_at=NOON - age)
    with clock.frozen(NOON):
        erase_drafts()
    assert Submission.objects.exists() is not is_erased


def test_what_was_sent_goes_after_its_day_unless_a_case_was_opened(town):
    for state in SubmissionState:
        reason = ClosingReason.WITHDRAWN if state == SubmissionState.CLOSED else ""
        SubmissionFactory(
            municipality=town,
            state=state,
            closing_reason=reason,
            delete_after_on=None if state == SubmissionState.DRAFT else YESTERDAY,
            last_used_at=NOON,
        )
    today = SubmissionFactory(municipality=town, delete_after_on=NOON.date())
    with clock.frozen(NOON):
        [run] = erasure_runs.erase_expired(ErasureCause.NIGHT)
    assert run.counts == {"enquiry": 2}
    left = set(Submission.objects.values_list("state", flat=True))
    assert left == {SubmissionState.DRAFT, SubmissionState.ACCEPTED, SubmissionState.SENT}
    assert Submission.objects.filter(pk=today.pk).exists()


def test_more_than_one_batch(town, monkeypatch):
    monkeypatch.setattr(erasure_runs, "BATCH", 3)
    for _number in range(7):
        SubmissionFactory(municipality=town, draft=True, last_used_at=NOON - timedelta(days=2))
    with clock.frozen(NOON):
        assert erasure_runs.erase_class("draft") == 7
        assert erasure_runs.erase_class("draft") == 0


# --- Dry runs, proofs, the command ---
def expire(office, count=1):
    founders = FounderFactory.create_batch(count, office=office)
    return [CaseFactory(founder=founder, closed=True, delete_after_on=YESTERDAY) for founder in founders]


def test_a_dry_run_counts_and_leaves_everything(town):
    expire(town.office, 3)
    with clock.frozen(NOON):
        [run] = erasure_runs.erase_expired(ErasureCause.COMMAND, is_dry_run=True)
    assert (run.is_dry_run, run.counts, Case.objects.count()) == (True, {"case": 3}, 3)


def test_every_office_gets_a_proof_even_of_nothing(town):
    OrganisationFactory(office=True)
    expire(town.office)
    with clock.frozen(NOON):
        erase_expired()
    assert sorted((bool(run.counts), run.finished_at == NOON) for run in ErasureRun.objects.all()) == [
        (False, True),
        (True, True),
    ]
    assert {run.delete_after_on for run in ErasureRun.objects.all()} == {datetime(2029, 11, 22, tzinfo=UTC).date()}


def test_proofs_go_after_three_years(town):
    with clock.frozen(NOON - timedelta(days=3 * 366 + 5)):
        erase_expired()
    with clock.frozen(NOON):
        erase_expired()
    assert [run.counts for run in ErasureRun.objects.all()] == [{"erasure_proof": 1}]


def test_what_belongs_to_no_office_goes_too():
    FormToken.objects.create(token=new_uuid(), result_path="/", delete_after_on=YESTERDAY)
    kept = FormToken.objects.create(token=new_uuid(), result_path="/", delete_after_on=NOON.date())
    Session.objects.create(session_key="old", session_data="", expire_date=NOON - timedelta(days=400))
    with clock.frozen(NOON):
        erase_expired()
    assert list(FormToken.objects.all()) == [kept]
    assert not Session.objects.exists()


@pytest.mark.parametrize(("arguments", "left"), [([], 2), (["--run"], 0)])
def test_the_command_counts_unless_told_to_run(town, arguments, left):
    expire(town.office, 2)
    told = StringIO()
    with clock.frozen(NOON):
        call_command("erase_expired", *arguments, stdout=told)
    assert Case.objects.count() == left
    [line] = [line for line in told.getvalue().splitlines() if line.startswith(town.office.code)]
    assert line.split() == [town.office.code, "case", "2", "0"]
    assert "2 in 1 offices" in told.getvalue()


# --- What goes wrong ---
@pytest.fixture
def poison(monkeypatch):
    """One case that cannot be deleted."""

    def lay(case):
        original = Erasure.delete

        def delete(self, rows):
            if rows.model is Case and rows.filter(pk=case.pk).exists():
                raise DatabaseError(f"cannot delete {case.founder.name}")
            original(self, rows)

        monkeypatch.setattr(Erasure, "delete", delete)

    return lay


def test_one_row_that_fails_keeps_no_other_and_is_told_without_its_words(town, poison, caplog):
    cases = expire(town.office, 5)
    poison(cases[2])
    with clock.frozen(NOON):
        [run] = erasure_runs.erase_expired(ErasureCause.NIGHT)
    assert (run.counts, run.errors) == ({"case": 4}, {"case": 1})
    assert list(Case.objects.all()) == [cases[2]]
    assert run.finished_at is not None
    lines = [JsonFormatter().format(record) for record in caplog.records if record.levelname == "ERROR"]
    assert lines
    assert not [line for line in lines if cases[2].founder.name in line]


def test_a_failing_row_is_tried_again_the_next_night(town, poison, monkeypatch):
    [case] = expire(town.office)
    poison(case)
    with clock.frozen(NOON):
        erase_expired()
        monkeypatch.undo()
        erase_expired()
    assert not Case.objects.exists()


def test_a_run_that_is_killed_is_finished_by_the_next(town, monkeypatch):
    monkeypatch.setattr(erasure_runs, "BATCH", 2)
    expire(town.office, 5)
    original, batches = erasure.carry_out, []

    def killed_in_the_second(under_way):
        batches.append(1)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return original(under_way)

    with clock.frozen(NOON):
        monkeypatch.setattr(erasure, "carry_out", killed_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            erasure_runs.erase_expired(ErasureCause.NIGHT)
        assert Case.objects.count() == 3
        assert ErasureRun.objects.get().finished_at is None
        monkeypatch.setattr(erasure, "carry_out", original)
        [run] = erasure_runs.erase_expired(ErasureCause.NIGHT)
    assert (run.counts, Case.objects.count()) == ({"case": 3}, 0)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_waits_and_two_runs_share_the_work():
    office = OrganisationFactory(office=True)
    held, free = expire(office, 2)
    locked, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=held.pk)
            locked.set()
            done.wait(10)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(10)
    try:
        assert erasure_runs.erase_class("case") == 1
        assert list(Case.objects.all()) == [held]
    finally:
        done.set()
        holder.join()
    assert erasure_runs.erase_class("case") == 1
    assert not Case.objects.filter(pk=free.pk).exists()


def test_queries_do_not_grow_with_the_rows(town, capture_queries):
    counts = []
    for number in (1, 20):
        expire(town.office, number)
        with clock.frozen(NOON), capture_queries() as queries:
            erasure_runs.erase_class("case")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- The rooms ---
def test_upper_rooms_erase_before_those_they_stand_on():
    order = erasure.rooms()
    assert sorted(order, key=lambda room: -LEVEL[room]) == order
    assert {"audit", "messaging", "intake", "cases_files", "cases_referrals", "cases_appointments"} <= set(order)


def test_a_room_erases_once():
    with pytest.raises(ValueError, match="already"):
        erasure.register("intake", lambda under_way: None)


# --- The page ---
@pytest.fixture
def reader(client):
    member = MembershipFactory(team_lead=True)
    client.force_login(member.user)
    client.office = member.organisation
    return client


def test_before_the_first_run_the_page_says_so(reader):
    page = reader.get(reverse("retention:run_list"))
    assert "Es wurde noch nichts gelöscht" in page.content.decode()


def test_months_add_up_and_dry_runs_do_not_count(reader):
    for moment, given in (
        (NOON, {"counts": {"case": 2, "draft": 1}}),
        (NOON - timedelta(days=1), {"counts": {"case": 3}, "errors": {"case": 1}}),
        (NOON, {"counts": {"case": 90}, "is_dry_run": True}),
        (NOON - timedelta(days=40), {"counts": {"forgotten_class": 7}, "finished_at": None}),
        (NOON - timedelta(days=700), {"counts": {"case": 1000}}),
    ):
        defaults = {"cause": ErasureCause.NIGHT, "finished_at": moment + timedelta(seconds=3)}
        ErasureRun.objects.create(
            office=reader.office, started_at=moment, delete_after_on=NOON.date(), **defaults | given
        )
    ErasureRun.objects.create(
        office=OrganisationFactory(office=True), cause="night", counts={"case": 5}, delete_after_on=NOON.date()
    )
    with clock.frozen(NOON):
        page = reader.get(reverse("retention:run_list"))
    november, october = page.context["months"]
    assert [(str(count.label), count.number) for count in november.counts] == [
        ("Nicht gesendete Antworten", 1),
        ("Fälle", 5),
    ]
    assert (november.runs, [(c.label, c.number) for c in october.counts]) == (2, [("forgotten_class", 7)])
    shown = page.content.decode()
    assert len(page.context["rows"]) == 5
    assert "3 Sekunden" in shown
    assert "Abgebrochen" in shown
    assert "Nur gezählt, nichts gelöscht" in shown


def test_the_page_asks_as_much_for_one_run_as_for_many(reader, capture_queries):
    counts = []
    for number in (1, 12):
        for _ in range(number):
            erasure_runs.record_run(reader.office.pk, ErasureCause.OFFICE, {"case": 1}, by=None)
        with capture_queries() as queries:
            reader.get(reverse("retention:run_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
