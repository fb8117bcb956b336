"""The worklist as CSV and XLSX: what is shown, no formula, every case noted, little memory."""

import csv
import io
import tracemalloc
import zipfile
from datetime import date

import pytest

from cases.desk import services
from cases.desk.views import export
from cases.files import labels
from gruendungswerkstatt.audit.models import ViewLog, ViewPurpose
from gruendungswerkstatt.common.spreadsheets import Table, csv_blocks, defused, xlsx_blocks
from tests.factories.files import CaseFactory, FounderFactory, LabelFactory

from .conftest import NOON, assert_kept_out

pytestmark = pytest.mark.django_db

EXPORT = "/de/cases/list/export/"


def taken(client, form_of_table="csv", **parameters):
    response = client.get(f"{EXPORT}{form_of_table}/", parameters)
    assert response.status_code == 200
    assert response.streaming
    return b"".join(response.streaming_content)


def rows_of(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_has_what_the_list_shows_and_no_more(noon, client, office, advisor, case):
    labels.put_on(case, advisor, LabelFactory(office=office, name="Eilig"))
    head, row = rows_of(taken(client))
    assert head[:2] == ["Name", "Referenznummer"]
    assert row[:2] == ["Amina Nour", case.reference]
    assert row[-2:] == ["Eilig", "23.11.2026"]
    assert len(row) == len(head) == 10
    assert case.founder.phone not in str(row)


def test_the_filters_and_the_order_of_the_list_hold(client, office, case):
    for name in ("Zoe", "Bilal"):
        CaseFactory(founder=FounderFactory(office=office, name=name), sector="food")
    CaseFactory(founder__name="Fremd")
    assert [row[0] for row in rows_of(taken(client, sector="food", sort="name"))[1:]] == ["Bilal", "Zoe"]


@pytest.mark.parametrize("name", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1", "\u200f=1"])
def test_a_name_is_never_a_formula(client, office, name):
    assert defused(name) == f"'{name}"
    CaseFactory(founder=FounderFactory(office=office, name=name))
    assert rows_of(taken(client))[1][0].startswith("'")
    with zipfile.ZipFile(io.BytesIO(taken(client, "xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="inlineStr"' in sheet


def test_a_harmless_name_stays_as_it_is():
    assert [defused(name) for name in ("Amina", "أمينة", "Şêx-Ali", "0123-4567", "")] == [
        *("Amina", "أمينة", "Şêx-Ali", "0123-4567", ""),
    ]


def test_a_workbook_can_be_opened_and_has_days(noon, client, case):
    with zipfile.ZipFile(io.BytesIO(taken(client, "xlsx"))) as book:
        assert book.testzip() is None
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Amina Nour" in sheet
    assert f"<v>{(date(2026, 11, 23) - date(1899, 12, 30)).days}</v>" in sheet


def test_every_case_that_was_sent_is_noted(client, advisor, office, case, monkeypatch):
    monkeypatch.setattr(services, "PORTION", 1)
    other = CaseFactory(founder=FounderFactory(office=office, name="Bilal"), opened_at=NOON)
    response = client.get(f"{EXPORT}csv/")
    assert not ViewLog.objects.exists()
    blocks = iter(response.streaming_content)
    for _mark_head_and_first in range(3):
        next(blocks)
    assert ViewLog.objects.count() == 1
    list(blocks)
    noted = ViewLog.objects.all()
    assert {row.subject_uuid for row in noted} == {case.uuid, other.uuid}
    assert {(row.purpose, row.subject_kind, row.viewer, row.office) for row in noted} == {
        (ViewPurpose.EXPORT, "case", advisor.user, office)
    }


def test_no_more_than_so_many_rows(client, office, case, monkeypatch):
    monkeypatch.setattr(services, "PORTION", 1)
    monkeypatch.setattr(services, "MOST_EXPORTED", 1)
    CaseFactory(founder=FounderFactory(office=office))
    _head, _case, more = rows_of(taken(client))
    assert more == ["Es gibt mehr Fälle, als in diese Tabelle passen."]


def test_whoever_exports_without_end_has_to_wait(client, case, monkeypatch):
    monkeypatch.setattr(export, "EXPORTS_AN_HOUR", 1)
    taken(client)
    assert client.get(f"{EXPORT}csv/").status_code == 429


def test_unknown_formats_and_long_searches(client, case):
    assert client.get(f"{EXPORT}ods/").status_code == 404
    assert client.get(f"{EXPORT}csv/", {"q": "a" * 201}).url.startswith("/de/cases/list/?q=aaa")


@pytest.mark.parametrize("who", ["partner", "anonymous"])
def test_others_do_not_get_in(people, who, case):
    assert_kept_out(people[who], "get", f"{EXPORT}csv/")


@pytest.mark.parametrize("blocks", [csv_blocks, xlsx_blocks])
def test_a_long_table_needs_no_more_memory_than_a_short_one(blocks):
    def portions(count):
        for number in range(count):
            yield [[f"Person {number}-{row}", "0123-4567", None, date(2026, 11, 23)] for row in range(500)]

    peaks = []
    for count in (2, 20):
        tracemalloc.start()
        for _block in blocks(Table("Fälle", ["Name", "Nummer", "Leer", "Tag"], portions(count))):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000
