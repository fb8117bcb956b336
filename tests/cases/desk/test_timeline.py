"""The timeline of a case: one story, narrowed down to a part of it, page by page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection

from cases.files.enums import TimelineKind, TimelinePart
from cases.files.rules import TIMELINE_PARTS
from cases.files.selectors import timeline_rows
from tests.factories.files import TimelineEntryFactory

from .case_forms import page_of
from .conftest import NOON

pytestmark = pytest.mark.django_db


def written(case, kind, number, *, minutes=0):
    for n in range(number):
        TimelineEntryFactory(
            case=case, kind=kind, text=f"{kind}-{n}.", happened_at=NOON - timedelta(minutes=minutes + n)
        )


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def link(html, words):
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>\s*(?:<span[^>]*>)?{words}<', html)
    return found.group(1) if found else ""


def test_every_kind_of_line_belongs_to_one_part():
    kinds = [kind for part in TimelinePart for kind in TIMELINE_PARTS[part]]
    assert sorted(kinds) == sorted(TimelineKind), "give a new kind its part in cases.files.rules.TIMELINE_PARTS"


def test_a_part_shows_its_lines_alone(client, case):
    written(case, "note", 2)
    written(case, "call_missed", 2)
    html = read(client, page_of(case))
    assert ("note-0." in html, "call_missed-0." in html) == (True, True)
    contacts = link(html, "Kontakte")
    assert contacts == f"{page_of(case)}?lines=contacts#timeline"
    html = read(client, contacts)
    assert ("note-0." in html, "call_missed-1." in html) == (False, True)
    assert re.search(r'aria-current="true">Kontakte<', html)


def test_pages_stay_within_their_part(client, case):
    written(case, "note", 60)
    written(case, "step_done", 60, minutes=30)
    first = read(client, f"{page_of(case)}?lines=notes")
    assert "note-49." in first
    assert "note-50." not in first
    second = read(client, link(first, "Frühere Einträge"))
    assert [f"note-{n}." in second for n in (49, 50, 59)] == [False, True, True]
    assert "step_done" not in second.partition("data-timeline-page")[2].partition("</ol>")[0].replace("step_done-", "")
    assert "Frühere Einträge" not in second
    assert "note-0." in read(client, link(second, "Spätere Einträge"))


def test_a_part_without_lines_leads_back(client, case):
    written(case, "note", 1)
    html = read(client, f"{page_of(case)}?lines=documents")
    assert "Keine solchen Einträge" in html
    assert link(html, "Alle Einträge zeigen") == f"{page_of(case)}#timeline"


@pytest.mark.parametrize("asked", ["lines=nonsense", "lines=", "timeline=x", "lines=notes&timeline=x"])
def test_an_address_somebody_made_up_shows_lines(client, case, asked):
    written(case, "note", 1)
    assert "note-0." in read(client, f"{page_of(case)}?{asked}")


def test_an_index_finds_the_lines_of_a_part(case):
    """Not all lines of the case, to be looked through. Which index PostgreSQL takes for a few rows, it may choose."""
    condition = str(timeline_rows(case, "contacts").query).partition("WHERE")[2]
    assert re.search(r'"case_id" = \d+', condition)
    assert '"kind" IN (' in condition
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'timeline_by_kind'")
        assert re.search(r"\(case_id, kind, happened_at", cursor.fetchone()[0])
