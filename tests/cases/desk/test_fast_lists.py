"""What is quick because an index gives it: the same rows as what it stands for, said plainly."""

import random
from datetime import timedelta

import pytest
from crispy_forms.utils import render_crispy_form
from django.db import connection
from django.utils.translation import override

from cases.appointments.models import Appointment
from cases.desk import selectors
from cases.desk.enums import DayPart
from cases.desk.forms import WorklistForm
from cases.desk.forms.worklist import _drawn_once
from cases.desk.selectors.day import _idle
from cases.files.enums import CaseState
from cases.files.models import Case, PlanStep
from cases.files.worklist import CONTACT_DAYS, ORDERINGS
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.paging import paginate
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NAMES = ("Abeba", "Amina", "Bilal", "Çağrı", "Dana", "أمل", "Zahra")
SPOKEN = (["ti", "en"], ["ar"], ["ar", "de"], ["uk", "ru"], [])


@pytest.fixture
def sixty(office, advisor, colleague):
    """Sixty cases that differ in all that the lists ask for, the same in every run."""
    chance = random.Random(5)
    for _number in range(60):
        opened_at = NOON - timedelta(days=chance.randrange(400))
        case = CaseFactory(
            founder=FounderFactory(office=office, name=chance.choice(NAMES), languages=chance.choice(SPOKEN)),
            advisor=chance.choice((advisor, colleague, None)),
            state=chance.choice((CaseState.OPEN, CaseState.OPEN, CaseState.OPEN, CaseState.RESTING)),
            opened_at=opened_at,
            last_contact_at=opened_at + (NOON - opened_at) * chance.random(),
        )
        if chance.random() < 0.6:
            PlanStepFactory(case=case, done_at=chance.choice((None, NOON)))
        if chance.random() < 0.4:
            starts_at = NOON + timedelta(days=chance.choice((-3, 3)), minutes=_number)
            AppointmentFactory(case=case, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30))
    return list(Case.objects.for_office(office).select_related("founder"))


def idle(cases, whose):
    """References of open cases without an open step and without an appointment to come, in the order of the day."""
    found = []
    for case in cases:
        rank = 0 if whose.advisor is None else {whose.advisor.pk: 0, None: 2}.get(case.advisor_id, 1)
        is_seen_to = whose.advisor is None or case.advisor_id in (None, *whose.seen_to)
        has_step = PlanStep.objects.filter(case=case, done_at=None).exists()
        is_expected = Appointment.objects.not_over().filter(case=case).exists()
        if case.state == CaseState.OPEN and is_seen_to and not has_step and not is_expected:
            found.append((rank, clock.local(case.last_contact_at).date(), case.uuid))
    return [uuid for *_order, uuid in sorted(found)]


@pytest.mark.parametrize("view", ["own", "own and a colleague's", "the office's"])
def test_cases_without_a_next_step(sixty, office, advisor, colleague, view):
    covered = (colleague.pk,) if "colleague" in view else ()
    whose = selectors.Whose(office, None if "office" in view else advisor, covered)
    rows = selectors.day_of(whose, DayPart.IDLE).rows[DayPart.IDLE]
    assert [row.uuid for row in rows] == idle(sixty, whose)
    assert len(rows) > 5


def test_no_part_has_more_rows_than_are_needed(sixty, office, advisor):
    day = selectors.day_of(selectors.Whose(office, advisor))
    assert len(day.rows[DayPart.IDLE]) == day.lines + 1


@pytest.mark.parametrize("sort", ORDERINGS)
@pytest.mark.parametrize("language", ["ti", "ar"])
def test_who_speaks_a_language_in_every_order(sixty, office, language, sort):
    listed = selectors.worklist_rows(office, selectors.DeskFilters(language=language))
    ordering, cursor, pages = ORDERINGS[sort], "", []
    while not pages or cursor:
        last = paginate(listed, ordering, cursor, size=5)
        pages.append([row.uuid for row in last.rows])
        cursor = last.older
    plain = selectors.worklist_rows(office, selectors.DeskFilters()).order_by(
        *(name.replace("by_name", "sort_name") for name in ordering.fields)
    )
    assert [uuid for page in pages for uuid in page] == [
        row.uuid for row in plain if language in row.founder__languages
    ]
    assert [row.uuid for row in paginate(listed, ordering, last.newer, size=5).rows] == pages[-2]


@pytest.mark.parametrize("age", CONTACT_DAYS)
def test_how_long_ago_the_last_contact_was(sixty, office, age):
    least, most = CONTACT_DAYS[age]
    rows = selectors.worklist_rows(office, selectors.DeskFilters(contact=age))
    wanted = {
        case.uuid
        for case in sixty
        if timedelta(days=least) <= NOON - case.last_contact_at < timedelta(days=most or 10_000)
    }
    assert {row.uuid for row in rows} == wanted
    assert wanted


def explained(rows):
    """How PostgreSQL finds `rows` if it may not read whole tables: those of a test are small enough to."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_hashjoin = off")
    return rows.explain()


def test_who_speaks_a_language_is_found_in_the_order_of_names(office):
    rows = selectors.worklist_rows(office, selectors.DeskFilters(language="ti"))
    assert "founder_by_name_ti" in explained(rows.order_by("by_name", "id")[:51])


def test_cases_without_a_next_step_are_found_in_the_order_of_contact(office, advisor):
    for rows in _idle(selectors.Whose(office, advisor)):
        assert "Sort" not in explained(rows[:7])


@pytest.mark.parametrize("searched", ["Amina", "<script>", 'a "b" & c', "عبد", "{{ x }}"])
@override("de")
def test_what_is_searched_for_stands_in_the_form_and_nowhere_else(searched):
    form = WorklistForm({"q": searched, "phase": "planning"}, staff=())
    assert form.drawn() == render_crispy_form(form)
    before = _drawn_once.cache_info().currsize
    assert "Zoe" in WorklistForm({"q": "Zoe", "phase": "planning"}, staff=()).drawn()
    assert _drawn_once.cache_info().currsize == before
