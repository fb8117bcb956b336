"""Finding cases: the office's own only, by every filter, by name, reference and telephone."""

import hashlib

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cases.files import selectors, worklist
from cases.files.enums import CaseState, Phase
from cases.files.models import Founder, NameKey
from cases.files.worklist import NOBODY, WorklistFilters
from gruendungswerkstatt.common.database import connected_as
from gruendungswerkstatt.common.text import fold
from tests.factories.files import CaseFactory, FounderFactory, PlanStepFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def found(office, search="", **filters):
    return {case.founder.display_name for case in worklist.worklist(office, WorklistFilters(search=search, **filters))}


def of(office, name, **fields):
    case_fields = {
        key: fields.pop(key) for key in list(fields) if key in ("phase", "state", "sector", "advisor", "reference")
    }
    return CaseFactory(founder=FounderFactory(office=office, name=name, **fields), **case_fields)


def test_another_office_is_not_there(office, case):
    other = CaseFactory(founder__name="Zeynep Öz")
    assert selectors.case_for_office(office, case.uuid) == case
    assert selectors.case_for_office(office, other.uuid) is None
    assert set(worklist.worklist(office, WorklistFilters())) == {case}
    assert found(office, other.founder.name) == set()
    step = PlanStepFactory(case=other)
    assert selectors.step_for_office(office, step.uuid) is None
    assert selectors.step_for_office(other.office, step.uuid) == step


def test_each_filter(office, advisor):
    town = MunicipalityFactory(code="lünen-nord", office=office)
    of(office, "Anna", phase=Phase.PLANNING)
    of(office, "Bilal", state=CaseState.RESTING)
    of(office, "Çağrı", advisor=advisor)
    of(office, "Dana", languages=["uk", "ru"])
    of(office, "Emre", sector="food")
    of(office, "Farah", municipality=town)
    assert found(office, phase="planning") == {"Anna"}
    assert found(office, state="resting") == {"Bilal"}
    assert found(office, advisor=advisor) == {"Çağrı"}
    assert found(office, advisor=NOBODY) == {"Anna", "Bilal", "Dana", "Emre", "Farah"}
    assert found(office, language="ru") == {"Dana"}
    assert found(office, sector="food") == {"Emre"}
    assert found(office, municipality="lünen-nord") == {"Farah"}
    assert found(office, sector="food", language="ru") == set()
    assert found(office, "emre", sector="food") == {"Emre"}


@pytest.mark.parametrize("search", ["4821-9037", "48219037", "4821 9037", "٤٨٢١-٩٠٣٧", "۴۸۲۱۹۰۳۷", "Az. 4821-9037"])
def test_reference_in_any_digits(office, search):
    of(office, "Anna", reference="4821-9037")
    of(office, "Bilal", reference="4821-9038")
    assert found(office, search) == {"Anna"}


@pytest.mark.parametrize(
    "search",
    [
        "+491713920017",
        "0171 3920017",
        "0171/39 200-17",
        "0049 171 3920017",
        "(0171) 3920017",
        "٠١٧١٣٩٢٠٠١٧",
        "3920017",
        "39200 17",
        "\u202a0171 3920017".replace("\u202a", "\u200e"),  # with the mark of direction that a messenger adds
    ],
)
def test_telephone_in_any_writing(office, search):
    of(office, "Anna", phone="+491713920017")
    of(office, "Bilal", phone="+491713920018")
    assert found(office, search) == {"Anna"}


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("mohamad", "Mohammed Al-Ali"),
        ("Mohammed Alali", "Mohammed Al-Ali"),
        ("al ali mohammed", "Mohammed Al-Ali"),
        ("Darwish", "Rim Darwisch"),
        ("tesfalm", "Tesfalem"),
        ("isildag", "Çağrı Işıldak"),
        ("kovaltchuk", "Oleksandra Kovalchuk"),
    ],
)
def test_misspelt_names(office, search, name):
    for one in (
        "Mohammed Al-Ali",
        "Rim Darwisch",
        "Tesfalem",
        "Çağrı Işıldak",
        "Oleksandra Kovalchuk",
        "Schulz, Nora",
    ):
        of(office, one)
    assert found(office, search) == {name}


def test_names_that_only_resemble_are_found_where_none_is_nearer(office):
    of(office, "Oksana Schewtschenko")
    assert found(office, "oxana shevchenko") == {"Oksana Schewtschenko"}
    of(office, "Oxana Shevchenko")
    assert found(office, "oxana shevchenko") == {"Oxana Shevchenko"}


def test_another_offices_names_are_not_looked_at(office):
    CaseFactory(founder=FounderFactory(name="Oxana Shevchenko"))
    of(office, "Oksana Schewtschenko")
    assert found(office, "oxana shevchenko") == {"Oksana Schewtschenko"}


def test_one_and_two_letters_begin_a_name(office):
    of(office, "Ali Hassan")
    of(office, "Hala Nour")
    of(office, "گلالی")
    assert found(office, "h") == {"Ali Hassan", "Hala Nour"}
    assert found(office, "Al") == {"Ali Hassan"}
    assert found(office, "گ") == {"گلالی"}


@pytest.mark.parametrize("search", ["%", "_", "…", "👍", "'", "\\", "1", "(", "-"])
def test_signs_that_are_no_name_find_nobody(office, case, search):
    assert found(office, search) == set()


def test_spaces_are_no_search(office, case):
    assert len(found(office, "  \t ")) == 1


@given(search=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_search_breaks(office, search):
    list(worklist.worklist(office, WorklistFilters(search=search)))


@pytest.mark.django_db(transaction=True)
def test_names_are_found_through_their_index():
    office = OrganisationFactory(office=True)
    many_names(office)
    # As autovacuum does: the planner knows the table, the index has taken in what was waiting.
    with connected_as(connection, settings.DATABASE_OWNER), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_files_namekey")
    for search in ("gulalai xelilo", "gulali", "xel", "qu"):
        plan = worklist._called(office, fold(search)).explain()
        assert "name_key_search" in plan, search
        assert "Seq Scan on cases_files_namekey" not in plan, search


def test_telephones_are_found_through_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the table of a test is too small to need an index
        assert "founder_by_phone" in Founder._base_manager.filter(phone__contains="3920001").explain()


def many_names(office):
    """So many that looking through all of them would be slower than the index; whose they are plays no part."""
    founder = FounderFactory(office=office, name="Gulalai Xelilo")
    letters = str.maketrans("0123456789abcdef", "abdefghiklmnorst")
    names = (hashlib.md5(str(i).encode(), usedforsecurity=False).hexdigest().translate(letters) for i in range(40_000))
    keys = (NameKey(office=office, founder=founder, key=f"{name[:7]} {name[7:16]}") for name in names)
    NameKey.objects.bulk_create(keys, batch_size=10_000)


def test_an_advisor_who_left_can_still_be_filtered(office):
    former = MembershipFactory(organisation=office)
    of(office, "Anna", advisor=former)
    assert found(office, advisor=former) == {"Anna"}
