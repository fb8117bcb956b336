"""One line per request: which view, how it ended, how long, under which number."""

import json

import pytest

from gruendungswerkstatt.messaging import tasks

pytestmark = pytest.mark.django_db


def requests(lines: list[str]) -> list[dict]:
    return [line for line in map(json.loads, lines) if line["text"] == "Request"]


def test_a_request_is_one_line_without_its_address(client, written):
    answer = client.get("/de/network/?q=Xelilo")
    (line,) = requests(written)
    assert line["view"] == "directory:offer_list"
    assert line["method"] == "GET"
    assert line["status_code"] == answer.status_code
    assert 0 < line["milliseconds"] < 60_000
    assert line["work_id"] == answer.headers["X-Request-ID"]
    assert not any("Xelilo" in text or "/de/" in text for text in written)


def test_every_line_of_a_request_has_its_number(client, written, settings):
    settings.ROOT_URLCONF = "tests.ops.urls_broken"
    client.raise_request_exception = False
    answer = client.post("/broken/word/", {"name": "x"})
    lines = [json.loads(line) for line in written]
    assert len(lines) >= 2
    assert {line.get("work_id") for line in lines} == {answer.headers["X-Request-ID"]}


def test_the_proxys_number_is_kept_if_it_is_one(client):
    assert client.get("/livez", headers={"X-Request-ID": "abc-12345678"}).headers["X-Request-ID"] == "abc-12345678"


@pytest.mark.parametrize("given", ["short", "x" * 65, "name=Şêrîn Xelîlo", "a\nb-12345678", "{}{}{}{}{}"])
def test_anything_else_gets_a_new_number(client, given):
    number = client.get("/livez", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert number != given
    assert len(number) == 32


def test_probes_do_not_fill_the_log(client, written):
    client.get("/livez")
    assert requests(written) == []


def test_a_task_is_one_line_with_its_number(written):
    result = tasks.send_due.apply()
    lines = [line for line in map(json.loads, written) if line["text"] == "Task"]
    assert [(line["task"], line["state"], line["work_id"]) for line in lines] == [
        ("messaging.send_due", "SUCCESS", result.id)
    ]


def test_the_heartbeat_does_not_fill_the_log(written):
    tasks.beat_heart.apply()
    assert written == []
