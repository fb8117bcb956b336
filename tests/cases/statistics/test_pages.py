"""The figures on the page and in the file."""

import csv
import io
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from cases.statistics import presenters
from cases.statistics.enums import Table
from cases.statistics.suppression import Partition, settle
from network.people.enums import Role
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.statistics import closed_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OrganisationFactory(office=True)


@pytest.fixture
def advisor(client, office):
    client.force_login(MembershipFactory(organisation=office).user)
    return client


def page(client, language="de", **query):
    with override(language):
        return client.get(reverse("statistics:figure_list"), query)


def test_every_chart_has_a_title_a_description_and_its_table(advisor, office):
    closed_year(office)
    html = page(advisor).content.decode()
    charts = re.findall(r'<svg class="gw-chart".*?</svg>', html, re.S)
    assert len(charts) > 10
    for chart in charts:
        named = re.search(r'aria-labelledby="([^"]+) ([^"]+)"', chart)
        assert all(f'id="{one}"' in chart for one in named.groups())
    assert html.count("<table") >= len(charts)
    assert "<script" not in html.partition("<main")[2].partition("</main>")[0]
    assert "style=" not in html.partition("<main")[2].partition("</main>")[0]


def test_hidden_rows_say_so_and_their_number_is_nowhere(advisor, office):
    closed_year(office)
    html = page(advisor).content.decode()
    assert "nicht gezeigt" in html
    sector = settle({"food": 90, "crafts": 28, "art": 2})
    assert sector.told == {"food": 90}


def test_in_arabic_bars_begin_at_the_right(advisor, office):
    closed_year(office)
    chart = re.search(r'<svg class="gw-chart".*?</svg>', page(advisor, "ar").content.decode(), re.S)[0]
    assert re.search(r'gw-chart__text" x="100%"', chart)
    bars = re.findall(r'class="gw-chart__bar" x="(\d+)%" y="[\d.]+em" width="(\d+)%"', chart)
    assert {int(x) + int(width) for x, width in bars} == {100}


def test_before_the_first_year_is_closed_the_page_says_when(advisor):
    assert "Noch keine Zahlen" in page(advisor).content.decode()


def test_a_year_without_figures_does_not_exist(advisor, office):
    closed_year(office)
    for year in ("2019", "x", "٢٠٢٤"):
        assert page(advisor, year=year).status_code == 404


def test_partners_and_other_offices_see_nothing(client, office):
    closed_year(office, sector="Zebrafink")
    with override("de"):
        addresses = [reverse("statistics:figure_list"), reverse("statistics:figure_export")]
    for role in (Role.ADVISOR, Role.ADMINISTRATOR):
        client.force_login(MembershipFactory(organisation=OrganisationFactory(office=True), role=role).user)
        assert all("Zebrafink" not in client.get(address).content.decode() for address in addresses)
    client.force_login(MembershipFactory(partner=True).user)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_the_page_asks_the_database_ten_times_at_most(advisor, office, django_assert_max_num_queries):
    for year in range(2019, 2025):
        closed_year(office, year)
    page(advisor)
    with django_assert_max_num_queries(10):
        page(advisor)


def exported(client, language="de") -> list[list[str]]:
    with override(language):
        answer = client.get(reverse("statistics:figure_export"), {"year": "2024"})
    assert answer["Content-Disposition"] == 'attachment; filename="statistics-2024.csv"'
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_has_every_told_number_and_no_hidden_one(advisor, office):
    closed_year(office)
    head, *rows = exported(advisor)
    assert len(head) == 5
    numbers = {row[-1] for row in rows}
    assert "nicht gezeigt" in numbers
    assert all(int(number) >= 5 for number in numbers - {"nicht gezeigt"})


def test_a_spreadsheet_takes_nothing_in_the_file_for_a_formula(advisor, office):
    closed_year(office, sector="=HYPERLINK(1)")
    rows = exported(advisor)
    assert any("'=HYPERLINK(1)" in row for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_an_export_is_logged_without_the_person(advisor, office, caplog):
    closed_year(office)
    with caplog.at_level("INFO", logger="cases.statistics"):
        exported(advisor)
    (record,) = [one for one in caplog.records if one.name.startswith("cases.statistics")]
    assert record.kind == f"{office.code} 2024"


def test_the_way_to_the_start_leaves_a_gap_where_it_could_give_somebody_away():
    phases = Partition(60, {"access": None, "orientation": 30, "planning": 18, "start": None, "consolidation": 6})
    told = {Table.FORM: settle({"sent": 60, "left_short": 30, "left_long": 10}), Table.CASES_PHASE: phases}
    with override("en"):
        lines = {str(line.label): line.cells[0] for line in presenters.funnel(told).lines}
    assert lines["Cases opened"] == "60"
    assert lines["Orientation reached"] is None
    assert lines["Start reached"] is None
    assert lines["Consolidation reached"] == "6"
