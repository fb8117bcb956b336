"""`seed_bulk`: many cases that lists, searches, case pages and the sending of reminders work on."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q

from cases.appointments.models import Appointment
from cases.files import blocking
from cases.files.enums import CaseState, Phase
from cases.files.models import Case, Founder, MatchKey, NameKey, Note, PlanStep, StatusChange, TimelineEntry
from cases.files.names import keys_of
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.demo.accounts import OFFICE
from gruendungswerkstatt.demo.bulk import keys, writer
from gruendungswerkstatt.demo.bulk.names import PEOPLES
from gruendungswerkstatt.demo.bulk.sheets import Sheet
from gruendungswerkstatt.messaging import sending
from gruendungswerkstatt.messaging.models import Message
from intake import progress
from intake.models import Submission
from intake.questions import QUESTIONS
from intake.rules import relevant
from network.people.models import Membership
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

CASES, DUE = 240, 30
NOON = clock.at(clock.today(), 12)  # outside quiet hours whenever the tests run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(settings):
    settings.DEMO = True
    office = OrganisationFactory(office=True, code=OFFICE)
    for code in ("kamen", "unna", "selm"):
        MunicipalityFactory(code=code, office=office)
    MembershipFactory(organisation=office)
    return office


def seed(cases=CASES, due=DUE) -> str:
    told = StringIO()
    call_command("seed_bulk", cases=cases, reminders_due=due, stdout=told)
    return told.getvalue()


@pytest.fixture
def bulk(office, monkeypatch):
    monkeypatch.setattr(writer, "CASES_IN_PORTION", 100)  # three portions
    with clock.frozen(NOON):
        assert sum(writer.Writer(office, CASES, DUE, seed=1).write()) == CASES
    return office


def test_all_of_it_hangs_together(bulk):
    assert Case.objects.for_office(bulk).count() == Submission.objects.for_office(bulk).count() == CASES
    assert (
        Case.objects.filter(founder__municipality__office=bulk, submission__reference=F("reference")).count() == CASES
    )
    for model in (Founder, NameKey, MatchKey, TimelineEntry, StatusChange, PlanStep, Appointment, Message):
        assert model.objects.count() > 0
        assert not model.objects.exclude(office=bulk).exists()
    assert not Case.objects.annotate(lines=Count("timeline")).filter(lines=0).exists()
    assert set(Case.objects.values_list("phase", flat=True)) == set(Phase.values)
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState.values) - {CaseState.MERGED}
    assert Case.objects.filter(advisor=None).exists()
    assert Case.objects.values("advisor").distinct().count() >= 3


def test_answers_are_what_the_questionnaire_accepts(bulk):
    for submission in Submission.objects.all():
        answers = submission.answers
        assert relevant(answers) == answers
        assert progress.missing(answers) == []
        assert submission.name == answers["name"]
        assert submission.sector == answers.get("sector", "")
        for key, value in answers.items():
            question = QUESTIONS[key]
            if question.kind.is_coded:
                given = value if question.kind.is_multiple else [value]
                assert set(given) <= set(question.by_code), key
                assert given


def test_every_spelling_finds_the_founder(bulk):
    for founder in Founder.objects.select_related("municipality").prefetch_related("name_keys", "match_keys"):
        found = {row.key for row in founder.name_keys.all()}
        assert found == keys_of([founder.name, founder.name_latin, founder.name_original])
        names = filter(None, [founder.name, founder.name_latin, founder.name_original])
        wanted = blocking.keys_of(names, founder.phone, founder.email, founder.municipality.code)
        assert {row.key for row in founder.match_keys.all()} == wanted
    scripts = {ord(name[0]) // 256 for name in Founder.objects.values_list("name", flat=True)}
    assert len(scripts) >= 3


def test_history_has_an_order(bulk):
    assert not Case.objects.filter(opened_at__gt=NOON).exists()
    assert not Case.objects.filter(last_contact_at__lt=F("opened_at")).exists()
    assert not Case.objects.filter(submission__sent_at__gt=F("opened_at")).exists()
    assert not TimelineEntry.objects.filter(Q(happened_at__gt=NOON) | Q(happened_at__lt=F("case__opened_at"))).exists()
    for case in Case.objects.exclude(phase=Phase.ACCESS).prefetch_related("status_changes"):
        newest_first = [change.after for change in case.status_changes.all() if change.kind == "phase"]
        assert newest_first[::-1] == list(Phase.values[1 : len(newest_first) + 1])
        assert newest_first[0] == case.phase


def test_due_reminders_are_really_sent(bulk):
    assert Message.objects.count() == DUE
    with clock.frozen(NOON):
        assert Message.objects.due().count() == DUE
        outcomes = sending.send_due()
    assert outcomes == {"sent": DUE}
    assert len(mail.outbox) == DUE
    assert all(letter.to[0].endswith("@example.org") for letter in mail.outbox)


def test_demo_advisors_keep_their_days_free(bulk):
    planned = Appointment.objects.filter(starts_at__gt=NOON)
    assert planned.count() == DUE
    assert not planned.exclude(advisor__user__email__startswith="bulk-").exists()
    assert not planned.exclude(starts_at__lt=NOON + timedelta(days=14)).exists()


def test_invented_advisors_cannot_sign_in(bulk):
    invented = Membership.objects.filter(user__email__startswith="bulk-")
    assert invented.count() == 2
    assert not any(member.user.has_usable_password() for member in invented)


def test_another_run_adds_more(bulk):
    with clock.frozen(NOON):
        seed(50, 50)
    assert Case.objects.count() == CASES + 50
    assert Message.objects.count() == DUE + 50


def test_it_tells_how_fast_it_was(office):
    with clock.frozen(NOON):
        assert "5 cases, 2 reminders due" in seed(5, 2)


@pytest.mark.parametrize(("cases", "due"), [(0, 0), (-1, 0), (5, 6), (5, -1)])
def test_impossible_numbers_are_refused(office, cases, due):
    with pytest.raises(CommandError, match="--cases"):
        seed(cases, due)


def test_real_use_is_refused(office, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        seed()
    assert not Case.objects.exists()


def test_without_an_office_it_says_what_to_do(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="seed_demo"):
        seed()


def test_keys_that_lead_nowhere_are_named(bulk):
    case = Case.objects.first()
    note = Sheet(Note, "uuid", "office_id", "case_id", "author_id", "text", "written_at")
    note.add(new_uuid(), case.office_id, Case.objects.last().pk + 1000, case.advisor_id, "–", NOON)
    with writer._connection() as own:
        assert keys.loosen(own)
        with pytest.raises(RuntimeError, match="cases_files_note_case"), keys.checked({Note}):
            note.write(own.cursor())
    Note.objects.filter(text="–").delete()


def test_a_role_that_must_not_loosen_keys_has_them_checked_row_by_row(office, monkeypatch):
    monkeypatch.setattr(writer, "loosen", lambda own: False)
    with clock.frozen(NOON):
        assert sum(writer.Writer(office, 20, 5).write()) == 20
    assert Case.objects.count() == 20


def test_forgotten_column_is_noticed():
    with pytest.raises(ValueError, match="reference"):
        Sheet(Case, "id", "uuid", "office_id", "founder_id", "sort_name", "opened_at", "last_contact_at")
    with pytest.raises(ValueError, match="no_such"):
        Sheet(Case, "no_such")


def test_every_people_has_names_and_a_page():
    assert {people.page for people in PEOPLES} == {"ar", "de", "en"}
