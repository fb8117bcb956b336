"""Likely duplicates of an enquiry: which cases are told of, why, and with how many statements."""

import json
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.files import duplicates
from cases.files.adding import add_enquiry
from cases.files.blocking import MOST_KEYS, keys_of
from cases.files.enums import MatchReason
from cases.files.models import MatchKey
from cases.files.names import write_keys
from gruendungswerkstatt.common.database import connected_as
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SHORT_WAY, SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

from .matching import pairs

PHONE, OTHER_PHONE = "+491713920017", "+491713920018"


@pytest.fixture
def town(office):
    return MunicipalityFactory(code="kamen", office=office)


def known(town, name="محمد العلي", **fields):
    """A case of somebody in Kamen who speaks Arabic."""
    values = {"phone": PHONE, "languages": ["ar"], "municipality": town, "office": town.office} | fields
    return CaseFactory(founder=FounderFactory(name=name, **values))


def sent(town, name="Mohamad el Ali", **answers):
    return SubmissionFactory(municipality=town, answers=SHORT_WAY | {"name": name, "phone": PHONE} | answers)


def told(submission):
    return duplicates.likely_cases(submission.office, [submission]).get(submission.pk, [])


@pytest.mark.parametrize("name", ["Mohamad el Ali", "Muhamad Alali", "Al-Ali Mohammed", "محمد العلى", "Мохаммед Алі"])
def test_another_spelling_with_the_same_phone(town, name):
    case = known(town)
    [found] = told(sent(town, name))
    assert (found.case_uuid, found.reference, found.name) == (case.uuid, case.reference, "محمد العلي")
    assert found.match.reasons[0] in (MatchReason.NAME_SAME, MatchReason.NAME_ALIKE)
    assert set(found.match.reasons[1:]) == {MatchReason.PHONE, MatchReason.TOWN, MatchReason.LANGUAGE}


def test_another_offices_case_is_never_told_of(town):
    elsewhere = OrganisationFactory(office=True)
    there = MunicipalityFactory(code="soest", office=elsewhere)
    known(there)
    assert told(sent(town)) == []
    assert told(sent(there)) != []


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Huda el Ali", {}),  # a sister with the same phone
        ("Mohamad el Ali", {"phone": OTHER_PHONE}),  # a namesake in town
        ("Bilal Öz", {}),  # somebody of the same shelter
    ],
)
def test_relatives_namesakes_and_shared_phones_are_not(town, name, fields):
    known(town, **fields)
    assert told(sent(town, name)) == []


def test_a_birthday_of_the_file_is_no_reason_here(town):
    known(town, phone="", born_on=date(1990, 5, 17), born_precision="day")
    found = told(sent(town, phone=""))
    assert all(MatchReason.BORN_DAY not in one.match.reasons for one in found)


def test_an_address_finds_without_a_phone(town):
    known(town, phone="", email="Ali@example.org")
    [found] = told(sent(town, phone="", email="ali@example.org"))
    assert MatchReason.EMAIL in found.match.reasons


def test_the_name_in_the_passport_finds_too(town):
    known(town, "Abu Karim", name_latin="Mohammed Al-Ali")
    assert told(sent(town))


def test_a_spelling_that_was_added_finds_the_next_time(town):
    case = known(town, "Hamoudi", phone=PHONE)
    first = sent(town, "Dschamal Sabbagh")
    assert told(first) == []
    advisor = MembershipFactory(organisation=town.office)
    add_enquiry(first, case, advisor, version=first.version, case_version=case.version)
    [found] = told(sent(town, "جمال صباغ"))
    assert found.case_uuid == case.uuid


def test_an_ended_case_is_told_of_and_takes_nothing(town):
    case = known(town)
    case.state = "handed_over"
    case.save()
    [found] = told(sent(town))
    assert not found.is_running


@pytest.mark.parametrize("enquiries", [1, 5])
def test_two_statements_however_many_enquiries(town, enquiries):
    for number in range(4):
        known(town, phone=f"+4917139200{number:02}", email=f"{number}@example.org")
    submissions = [sent(town, phone=f"+4917139200{number:02}") for number in range(enquiries)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = duplicates.likely_cases(town.office, submissions)
    assert len(asked) == 2
    assert set(found) == {submission.pk for submission in submissions[:4]}


def test_no_enquiries_ask_nothing(office, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert duplicates.likely_cases(office, []) == {}


def test_keys_follow_a_changed_phone(town):
    founder = known(town).founder
    before = set(founder.match_keys.values_list("key", flat=True))
    founder.phone = OTHER_PHONE
    write_keys(founder)
    after = set(founder.match_keys.values_list("key", flat=True))
    assert len(after) == len(before)
    assert before & after  # those of the town
    assert before != after


def test_founders_from_before_get_the_same_keys(town):
    founder = known(town, name_latin="Mohammed Al-Ali", email="a@example.org").founder
    wanted = set(founder.match_keys.values_list("key", flat=True))
    MatchKey.objects.all().delete()
    migration = import_module("cases.files.migrations.0012_match_keys_of_known_founders")
    for _again in range(2):
        migration.write_keys(apps, None)
    assert set(founder.match_keys.values_list("key", flat=True)) == wanted


def test_keys_say_nothing_and_are_few():
    long = " ".join(["Abdurrahman", "Mohammed", "Nureddin", "Abdulqadir", "as-Sabbagh", "al-Hamawi", "Ceylan", "Ciwan"])
    found = keys_of([long, long[::-1], "محمد"], PHONE, "a@example.org", "kamen")
    assert 0 < len(found) <= MOST_KEYS
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert keys_of([""], PHONE, "", "kamen") == set()


def test_the_keys_lead_to_the_pairs_of_the_untouched_half():
    """What is never compared is never told: precision and recall of the whole way, keys and score."""
    right = wrong = missed = 0
    for pair in pairs.load():
        if pair.half == "fit":
            continue
        one, other = (duplicates._keys(record) for record in (pair.one, pair.other))
        is_told = bool(one & other) and duplicates.compare(pair.one, pair.other).is_likely
        right, wrong = right + (is_told and pair.is_same), wrong + (is_told and not pair.is_same)
        missed += pair.is_same and not is_told
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.90


@pytest.mark.django_db(transaction=True)
def test_keys_are_found_by_their_index_and_never_read_to_their_end():
    office = OrganisationFactory(office=True)
    town = MunicipalityFactory(code="kamen", office=office)
    founders = FounderFactory.create_batch(60, office=office, municipality=town, name="Mohammed Al-Ali", phone=PHONE)
    rows = (MatchKey(office=office, founder=founder, key=n) for n in range(400) for founder in founders)
    MatchKey.objects.bulk_create(rows, batch_size=5_000)
    with connected_as(connection, settings.DATABASE_OWNER), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_files_matchkey")
    with connection.cursor() as cursor:
        wanted = sorted(duplicates._keys(duplicates.record_of(sent(town))))
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {duplicates._BY_KEYS}", [wanted, office.pk])
        plan = cursor.fetchone()[0]
    told = json.dumps(plan)
    assert "match_key_lookup" in told
    assert "Seq Scan" not in told
    assert plan[0]["Plan"]["Actual Rows"] <= len(wanted) * duplicates.MOST_OF_A_KEY
