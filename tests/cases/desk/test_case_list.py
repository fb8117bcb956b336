"""The worklist: search, filters, sorts, pages; always as many queries."""

import base64
import json
from datetime import timedelta

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.files.enums import CaseState, Phase
from cases.files.models import Case, Founder
from cases.files.worklist import ORDERINGS
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory

from .conftest import NOON, assert_kept_out

pytestmark = pytest.mark.django_db

LIST = "/de/cases/list/"


def of(office, name, **fields):
    own = {key: fields.pop(key) for key in list(fields) if key in ("languages", "phone", "municipality")}
    own["needs_interpreter"] = fields.pop("interpreter", None)
    return CaseFactory(founder=FounderFactory(office=office, name=name, **own), **fields)


def listed(client, **parameters):
    response = client.get(LIST, parameters)
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


@pytest.fixture
def six(office, advisor, colleague):
    town = MunicipalityFactory(code="unna", office=office)
    of(office, "Amina", advisor=advisor, opened_at=NOON, last_contact_at=NOON)
    of(
        office,
        "Bilal",
        phase=Phase.PLANNING,
        opened_at=NOON - timedelta(1),
        last_contact_at=NOON - timedelta(9),
    )
    of(
        office,
        "Çağrı",
        state=CaseState.RESTING,
        advisor=colleague,
        opened_at=NOON - timedelta(2),
        last_contact_at=NOON,
    )
    of(
        office,
        "Dana",
        languages=["uk", "ru"],
        opened_at=NOON - timedelta(3),
        last_contact_at=NOON - timedelta(1),
    )
    of(office, "Emre", sector="food", opened_at=NOON - timedelta(4), last_contact_at=NOON - timedelta(2))
    of(office, "Farah", municipality=town, opened_at=NOON - timedelta(5), last_contact_at=NOON - timedelta(3))


def test_each_filter(client, six, colleague):
    assert listed(client, advisor="mine") == ["Amina"]
    assert listed(client, advisor=str(colleague.uuid)) == ["Çağrı"]
    assert listed(client, advisor="nobody") == ["Bilal", "Dana", "Emre", "Farah"]
    assert listed(client, phase="planning") == ["Bilal"]
    assert listed(client, state="resting") == ["Çağrı"]
    assert listed(client, language="ru") == ["Dana"]
    assert listed(client, sector="food") == ["Emre"]
    assert listed(client, municipality="unna") == ["Farah"]
    assert listed(client, advisor="nobody", sector="food") == ["Emre"]
    assert listed(client, advisor="mine", sector="food") == []


@pytest.fixture
def noons(noon, office, advisor):
    """Five cases that differ in what is due, as it is at noon."""
    today = noon.date()
    start = of(office, "Gül", planned_start_on=today + timedelta(10), opened_at=NOON, interpreter=True)
    late = of(office, "Hamid", planned_start_on=today - timedelta(3), has_application=False, interpreter=False)
    asked = of(
        office, "Ivan", planned_start_on=today + timedelta(90), has_application=True, application_received_at=NOON
    )
    step = of(office, "Jana", last_contact_at=NOON - timedelta(100))
    of(office, "Kaya", state=CaseState.HANDED_OVER, planned_start_on=today, last_contact_at=NOON - timedelta(40))
    PlanStepFactory(case=step, due_on=today - timedelta(1))
    PlanStepFactory(case=late, due_on=today - timedelta(1), done_at=NOON)
    PlanStepFactory(case=asked, due_on=today + timedelta(7))
    AppointmentFactory(case=start, advisor=advisor, created_by=advisor, starts_at=NOON + timedelta(hours=2))
    AppointmentFactory(case=late, advisor=advisor, created_by=advisor, starts_at=NOON + timedelta(5))
    AppointmentFactory(case=asked, advisor=advisor, created_by=advisor, starts_at=NOON + timedelta(30))
    AppointmentFactory(case=step, advisor=advisor, created_by=advisor, starts_at=NOON - timedelta(1))


def test_what_is_due(client, noons):
    assert listed(client, due="start_soon") == ["Gül"]
    assert listed(client, due="start_passed") == ["Hamid"]
    assert listed(client, due="start_without_application", sort="name") == ["Gül", "Hamid"]
    assert listed(client, due="step_overdue") == ["Jana"]
    assert listed(client, due="step_soon") == ["Ivan"]


def test_the_next_appointment(client, noons):
    assert listed(client, appointment="today") == ["Gül"]
    assert listed(client, appointment="week", sort="name") == ["Gül", "Hamid"]
    assert listed(client, appointment="planned", sort="name") == ["Gül", "Hamid", "Ivan"]
    assert listed(client, appointment="none", sort="name") == ["Jana", "Kaya"]
    assert listed(client, appointment="without_outcome") == ["Jana"]


def test_interpreter_and_last_contact(client, noons):
    assert listed(client, interpreter="yes") == ["Gül"]
    assert listed(client, interpreter="no") == ["Hamid"]
    assert listed(client, interpreter="unknown", sort="name") == ["Ivan", "Jana", "Kaya"]
    assert listed(client, contact="week", sort="name") == ["Gül", "Hamid", "Ivan"]
    assert listed(client, contact="month", sort="contact") == ["Jana", "Kaya"]
    assert listed(client, contact="quarter") == ["Jana"]
    assert listed(client, contact="half_year") == []


def test_by_planned_start_those_without_one_come_last(client, office, noons):
    assert listed(client, sort="start") == ["Hamid", "Kaya", "Gül", "Ivan", "Jana"]


@pytest.mark.parametrize("sort", ORDERINGS)
def test_every_sort_is_paged_without_gaps(client, office, sort):
    many(office, 60)
    for number, key in enumerate(Case.objects.values_list("pk", flat=True)[:20]):
        Case.objects.filter(pk=key).update(planned_start_on=NOON.date() + timedelta(number // 2))
    first = client.get(LIST, {"sort": sort}).context
    second = client.get(LIST, {"sort": sort, "cursor": first["page"].older}).context
    assert len({row.reference for row in [*first["rows"], *second["rows"]]}) == 60
    back = client.get(LIST, {"sort": sort, "cursor": second["page"].newer}).context
    assert [row.reference for row in back["rows"]] == [row.reference for row in first["rows"]]


def test_each_sort(client, six):
    by_opening = ["Amina", "Bilal", "Çağrı", "Dana", "Emre", "Farah"]
    assert listed(client) == by_opening
    assert listed(client, sort="newest") == by_opening
    assert listed(client, sort="name") == by_opening
    assert listed(client, sort="oldest") == by_opening[::-1]
    assert listed(client, sort="recent") == ["Çağrı", "Amina", "Dana", "Emre", "Farah", "Bilal"]
    assert listed(client, sort="contact") == ["Bilal", "Farah", "Emre", "Dana", "Amina", "Çağrı"]


def test_search(client, six):
    assert listed(client, q="cagri") == ["Çağrı"]
    assert listed(client, q="Çağrı", state="closed") == []
    assert "Keine Fälle gefunden" in client.get(LIST, {"q": "Zoe"}).content.decode()


def test_a_search_that_is_too_long_says_so_and_is_kept(client, six):
    response = client.get(LIST, {"q": "a" * 201, "state": "open"})
    html = response.content.decode()
    assert "Bitte suchen Sie mit höchstens 200 Zeichen." in html
    assert "a" * 201 in html
    assert response.context["rows"] == []


NONSENSE = {
    "advisor": "x",
    "phase": "'",
    "state": "OPEN",
    "municipality": "ürün",
    "language": "xx",
    "sector": "0",
    "interpreter": "maybe",
    "due": "tomorrow",
    "appointment": "2026",
    "contact": "-1",
    "label": "eilig",
}


@pytest.mark.parametrize("name", [*NONSENSE, "sort", "cursor"])
def test_a_parameter_nobody_knows_is_left_out(client, six, name):
    assert len(listed(client, **{name: NONSENSE.get(name, "nonsense")})) == 6


@given(values=st.dictionaries(st.sampled_from([*NONSENSE, "sort", "cursor", "q"]), st.text(max_size=40)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_parameter_breaks_the_list(client, six, values):
    query = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in values.items()])
    assert client.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        ["older", "abc", 1],
        ["older", 5, 1],
        ["older", "2026-11-23", 1],
        ["older", "2026-11-23T12:00:00+00:00", "x"],
        ["older", "2026-11-23T12:00:00+00:00", 10**30],
        ["newer", "0001-01-01T00:00:00+23:59", 1],
        ["older", "\x00", "\ud800"],
        [["older"], {}, []],
    ],
)
@pytest.mark.parametrize("sort", ["newest", "name"])
def test_a_forged_cursor_breaks_nothing(client, six, sort, values):
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    assert client.get(LIST, {"sort": sort, "cursor": cursor}).status_code == 200


def test_an_advisor_of_another_office_is_no_filter(client, six):
    assert len(listed(client, advisor=str(MembershipFactory().uuid))) == 6


def many(office, count):
    founder = FounderFactory(office=office, name="Amina")
    founders = Founder.objects.bulk_create(
        Founder(
            office=office,
            name=f"Person {number:04}",
            sort_name=f"person {number:04}",
            municipality=founder.municipality,
            language="de",
            contact_way="phone",
        )
        for number in range(count)
    )
    Case.objects.bulk_create(
        Case(
            office=office,
            founder=one,
            reference=f"{number // 10000:04}-{number % 10000:04}",
            sort_name=one.sort_name,
            opened_at=NOON - timedelta(minutes=number),
            phase=Phase.PLANNING if number % 2 else Phase.ACCESS,
        )
        for number, one in enumerate(founders)
    )


def test_filters_survive_paging_and_sorting(client, office):
    many(office, 130)
    parameters, seen = {"phase": "planning", "sort": "name", "advisor": "nobody"}, []
    for _page in range(2):
        response = client.get(LIST, parameters)
        seen += [row.name for row in response.context["rows"]]
        html = response.content.decode()
        assert "phase=planning" in html
        assert '<option value="planning" selected>' in html
        assert '<option value="name" selected>' in html
        parameters["cursor"] = response.context["page"].older
    assert seen == [f"Person {number:04}" for number in range(1, 130, 2)]
    assert parameters["cursor"] == ""


@pytest.mark.parametrize("search", ["", "person"])
@pytest.mark.parametrize("count", [1, 50, 1000])
def test_at_most_six_queries(client, office, advisor, count, search, django_assert_num_queries):
    many(office, count)
    # session, user, membership, the office's staff and labels, the rows
    with django_assert_num_queries(6):
        response = client.get(LIST, {"q": search, "advisor": "nobody"} if search else {})
    assert len(response.context["rows"]) == (min(count, 50) if not search else 0)


def test_another_offices_cases_are_not_there(client, case):
    CaseFactory(founder__name="Zoe")
    assert listed(client) == ["Amina Nour"]


@pytest.mark.parametrize("who", ["partner", "anonymous"])
def test_others_do_not_get_in(people, who):
    assert_kept_out(people[who], "get", LIST)


def test_another_office_sees_its_own(people, case):
    response = people["other office"].get(LIST)
    assert response.status_code == 200
    assert "Amina" not in response.content.decode()
