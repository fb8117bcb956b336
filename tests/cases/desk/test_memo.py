"""A memo for the office's own file: German words to copy and to print, of a case or of one contact."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.utils.translation import override

from cases.appointments import services as appointments
from cases.appointments.enums import AppointmentState
from gruendungswerkstatt.audit.models import ViewLog
from tests.common.markup import read
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import PlanStepFactory, TimelineEntryFactory

from .conftest import NOON

pytestmark = pytest.mark.django_db


def page_of(case, language="de", query="") -> str:
    return f"/{language}/cases/{case.uuid}/memo/{query}"


def words(response) -> str:
    assert response.status_code == 200
    return read(response.content.decode()).by_id("memo").text


@pytest.fixture
def told(case, advisor):
    case.founder.name, case.founder.name_latin = "ليلى", "Layla Hassan"
    case.founder.save()
    TimelineEntryFactory(case=case, author=advisor, kind="note", text="تحدثنا عن الفكرة", happened_at=NOON)
    TimelineEntryFactory(
        case=case, author=advisor, kind="note", text="Zweites Gespräch", happened_at=NOON + timedelta(days=1)
    )
    PlanStepFactory(case=case, text="Zeugnis bringen", due_on=date(2026, 12, 4))
    PlanStepFactory(case=case, text="Lebenslauf", done_at=NOON)
    return case


def test_the_whole_case_is_told_in_short(client, told):
    memo = words(client.get(page_of(told)))
    assert "Name: Layla Hassan · ليلى" in memo
    assert told.reference in memo
    assert "Phase: Zugang" in memo
    assert memo.index("Zweites Gespräch") < memo.index("تحدثنا عن الفكرة")
    assert "1. Zeugnis bringen (bis 4. Dezember 2026)" in memo
    assert "Lebenslauf" not in memo


def test_one_contact_is_told_whole_and_alone(client, told):
    page = client.get(f"/de/cases/{told.uuid}/").content.decode()
    links = [one.attrs["href"] for one in read(page).all("a") if "memo/?at=" in one.attrs.get("href", "")]
    memo = words(client.get(links[1]))
    assert "تحدثنا عن الفكرة" in memo
    assert "Zweites Gespräch" not in memo


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_german_whatever_the_page_speaks(client, told, language):
    assert words(client.get(page_of(told, language))) == words(client.get(page_of(told)))


def test_long_words_are_cut_in_the_whole_case_and_kept_in_the_contact(client, case):
    entry = TimelineEntryFactory(case=case, kind="note", text="lang " * 1000, happened_at=NOON)
    assert len(words(client.get(page_of(case)))) < 3000
    whole = words(client.get(page_of(case), {"at": entry.happened_at.isoformat()}))
    assert "lang " * 999 in whole


def test_the_paper_says_the_same(client, told, advisor):
    answer = client.get(f"/de/cases/{told.uuid}/memo/paper/")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) == 1


def test_that_somebody_did_not_come_stays_in_the_team(client, case, advisor):
    appointment = AppointmentFactory(case=case, advisor=advisor, starts_at=NOON - timedelta(days=1))
    appointments.record_outcome(appointment, advisor, outcome=AppointmentState.NO_SHOW, version=appointment.version)
    memo = words(client.get(page_of(case)))
    with override("de"):
        assert str(AppointmentState.NO_SHOW.label) not in memo


@pytest.mark.parametrize("at", ["", "vanished", "2026-13-45T99:00", "2026-11-23T12:00:00", "2001-01-01T00:00:00+00:00"])
def test_a_contact_that_does_not_exist(client, told, at):
    assert client.get(page_of(told), {"at": at}).status_code == 404
    assert client.get(f"{page_of(told)}paper/", {"at": at}).status_code == 404


def test_whoever_takes_it_along_has_seen_the_case(client, told):
    words(client.get(page_of(told)))
    assert ViewLog.objects.filter(subject_uuid=told.uuid).exists()
