"""Calls to founders: what counts as a contact, when a second try is due, and until when it waits."""

from datetime import date, timedelta

import pytest

from cases.files import calls
from cases.files.models import Case, TimelineEntry
from gruendungswerkstatt.common import clock

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

TUESDAY = date(2026, 11, 24)


def told(case) -> list[tuple[str, dict, str]]:
    lines = TimelineEntry.objects.filter(case=case).order_by("id")
    return [(line.kind, line.params, line.text) for line in lines]


def second_try(case) -> date | None:
    return Case.objects.values_list("second_try_on", flat=True).get(pk=case.pk)


def test_only_a_call_that_reached_somebody_is_a_contact(case, advisor):
    before = case.last_contact_at
    with clock.frozen(NOON + timedelta(hours=1)):
        calls.log(case, advisor, is_reached=False)
        case.refresh_from_db()
        assert case.last_contact_at == before
        calls.log(case, advisor, is_reached=True)
    case.refresh_from_db()
    assert case.last_contact_at == NOON + timedelta(hours=1)


def test_who_was_not_reached_is_tried_again_on_the_next_working_day(case, advisor):
    calls.log(case, advisor, is_reached=False)
    assert second_try(case) == TUESDAY
    assert told(case) == [("call_missed", {"again_on": "2026-11-24"}, "")]


def test_a_weekend_is_no_time_for_a_second_try(case, advisor):
    with clock.frozen(clock.at(date(2026, 11, 27), 16)):
        calls.log(case, advisor, is_reached=False)
    assert second_try(case) == date(2026, 11, 30)


def test_the_second_try_says_so_and_asks_for_no_third(case, advisor):
    for _time in range(2):
        calls.log(case, advisor, is_reached=False)
    assert second_try(case) is None
    assert told(case)[1] == ("call_missed", {"is_second_try": True}, "")


def test_reached_at_the_second_try_nothing_waits(case, advisor):
    calls.log(case, advisor, is_reached=False)
    calls.log(case, advisor, is_reached=True, text="Kommt am Freitag vorbei.")
    assert second_try(case) is None
    assert told(case)[1] == ("call_reached", {"is_second_try": True}, "Kommt am Freitag vorbei.")


def test_a_call_makes_nobodys_form_stale(case, advisor):
    version = case.version
    calls.log(case, advisor, is_reached=False)
    case.refresh_from_db()
    assert case.version == version
