"""The figures founders pay for: bytes on prepaid data, queries that hold up a page."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from intake.steps import GROUPS
from tests.factories.intake import PERSONAS

from .conftest import page_data

pytestmark = pytest.mark.django_db
KILOBYTE = 1000
MOST_BYTES = 6 * KILOBYTE
MOST_BYTES_AT_FIRST = 8 * KILOBYTE  # of the 60 kB for start and first step with style sheet and font
# Who writes travels to the history in front of the writing statement (common.recording): no round trip of its own.
HISTORY = re.compile(r"^SELECT set_config\('pghistory\.context_id'.*?, true\); ")
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Statements(CaptureQueriesContext):
    """What the database was asked, without the marks of transactions."""

    @property
    def all(self) -> list[str]:
        asked = (HISTORY.sub("", q["sql"]) for q in self.captured_queries)
        return [sql for sql in asked if not sql.startswith(TRANSACTION)]

    @property
    def writes(self) -> list[str]:
        return [sql for sql in self.all if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def transferred(response) -> int:
    """Bytes of the answer's body as a browser gets it."""
    return (
        len(response.content)
        if response.headers.get("Content-Encoding") == "gzip"
        else len(gzip.compress(response.content))
    )


@pytest.mark.parametrize("language", ["ar", "de", "en"])
def test_start_and_first_step_are_small(walker, language):
    founder = walker(language)
    first = founder.get(headers={"accept-encoding": "gzip"})
    founder.reads_notice()
    step = founder.get("place/", headers={"accept-encoding": "gzip"})
    assert transferred(first) + transferred(step) <= MOST_BYTES_AT_FIRST


@pytest.mark.parametrize("language", ["ar", "de"])
@pytest.mark.parametrize("number", [4, 6, 8, 12])
def test_every_later_page_is_small(walker, language, number):
    founder = walker(language)
    answers = PERSONAS[number]["answers"]
    founder.walks(answers)
    tails = [f"{group.code}/" for group in GROUPS.values() if group.is_needed(founder.draft.answers)]
    for tail in [*tails, "tasks/", "more/", "check/", "code/"]:
        response = founder.get(tail, headers={"accept-encoding": "gzip"})
        assert response.status_code == 200, tail
        assert transferred(response) <= MOST_BYTES, f"{tail}: {transferred(response)} bytes"
    founder.post("check/")
    assert transferred(founder.get("sent/", headers={"accept-encoding": "gzip"})) <= MOST_BYTES


def test_a_step_asks_the_database_two_things_and_writes_once(walker):
    founder = walker("ar")
    answers = PERSONAS[8]["answers"]
    founder.reads_notice()
    for group in GROUPS.values():
        if group.code != "place" and not group.is_needed(founder.draft.answers):
            continue
        with Statements(connection) as shown:
            assert founder.get(f"{group.code}/").status_code == 200
        assert len(shown.all) <= 2, shown.all
        assert shown.writes == []
        with Statements(connection) as saved:
            assert founder.post(f"{group.code}/", page_data(group, answers)).status_code == 302
        assert len(saved.all) <= 3, saved.all
        assert len(saved.writes) == 1, saved.writes


def test_a_step_with_mistakes_writes_nothing(walker):
    founder = walker("de")
    founder.reads_notice()
    with Statements(connection) as queries:
        assert founder.post("place/", {}).status_code == 200
    assert queries.writes == []
    assert len(queries.all) <= 2


def test_moving_to_another_town_stays_within_three_queries(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="person")
    with Statements(connection) as queries:
        founder.answers("place", {"municipality": "unna", "is_adult": "yes"})
    assert len(queries.all) <= 3, queries.all
    assert len(queries.writes) == 1


def test_a_callback_with_a_draft_to_another_town_stays_within_three_queries(walker, short_way):
    founder = walker("ar")
    founder.walks(short_way, until="languages")
    with Statements(connection) as queries:
        founder.post("callback/selm/", {"name": "Rim", "phone": "01713920009", "language": "ar"})
    assert founder.draft.municipality.code == "selm"
    assert len(queries.all) <= 3, queries.all
    assert len(queries.writes) == 1


def test_no_page_of_a_founder_looks_for_a_session_or_a_user(walker, short_way):
    founder = walker("ar")
    with Statements(connection) as queries:
        founder.walks(short_way)
        for tail in ("tasks/", "more/", "code/", "check/", "delete/", "callback/", "resume/"):
            founder.get(tail)
        founder.post("check/")
        founder.get("sent/")
    assert queries.all
    tables = ("django_session", "network_people_user", "network_people_membership")
    assert [sql for sql in queries.all if any(table in sql for table in tables)] == []


def test_checking_and_sending_stay_within_three_queries(walker, short_way):
    founder = walker("ar")
    founder.walks(short_way)
    with Statements(connection) as queries:
        founder.get("check/")
    assert len(queries.all) == 1
    with Statements(connection) as queries:
        founder.post("check/")
    assert len(queries.all) <= 3
    assert len(queries.writes) == 1


def test_pages_name_no_other_host(walker, short_way, settings):
    founder = walker("ar")
    founder.walks(short_way)
    with override("ar"):
        for tail in ("", "idea/", "tasks/", "check/", "elsewhere/"):
            page = founder.get(tail).content.decode().replace(settings.SITE_URL, "")
            assert "http://" not in page
            assert "https://" not in page
