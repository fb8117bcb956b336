"""Funding: what fits together, what is told, and what follows for application and deadlines."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cases.files import deadlines, funding
from cases.files.funding import Facts, FundingRefused
from cases.files.models import Deadline, Funding, TimelineEntry
from cases.files.refusals import FundingProblem
from cases.files.selectors import case_for_office, funding_of
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from tests.factories.files import CaseFactory, FounderFactory, FundingFactory

from .conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

ASKED = Facts("start_benefit", date(2026, 11, 2))
GRANTED = replace(
    ASKED, decision="granted", decided_on=date(2026, 11, 20), starts_on=date(2026, 12, 1), ends_on=date(2027, 5, 31)
)


def kinds(case) -> dict[str, tuple[date, bool]]:
    """kind → (day, whether it is done)."""
    return {row.kind: (row.due_on, row.done_at is not None) for row in Deadline.objects.filter(case=case)}


def told(case) -> list[str]:
    return list(TimelineEntry.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        (ASKED, {}),
        (GRANTED, {}),
        (replace(GRANTED, ends_on=None), {}),
        (Facts("other", ASKED.asked_on), {"text": FundingProblem.NO_NAME}),
        (replace(ASKED, asked_on=date(2026, 11, 24)), {"asked_on": FundingProblem.NOT_YET}),
        (replace(ASKED, decision="refused"), {"decided_on": FundingProblem.NO_DAY}),
        (replace(ASKED, decided_on=date(2026, 11, 3)), {"decision": FundingProblem.NO_DECISION}),
        (replace(GRANTED, decided_on=date(2026, 11, 1)), {"decided_on": FundingProblem.DECIDED_BEFORE_ASKED}),
        (replace(GRANTED, decided_on=date(2026, 11, 24)), {"decided_on": FundingProblem.NOT_YET}),
        (replace(GRANTED, starts_on=None), {"starts_on": FundingProblem.NO_START}),
        (replace(GRANTED, ends_on=date(2026, 11, 30)), {"ends_on": FundingProblem.ENDS_BEFORE_START}),
        (replace(ASKED, ends_on=date(2027, 5, 31)), {"ends_on": FundingProblem.NOT_GRANTED}),
        (replace(GRANTED, decision="refused", ends_on=None), {"starts_on": FundingProblem.NOT_GRANTED}),
    ],
)
def test_what_does_not_fit_together_is_refused_with_the_reason(case, advisor, facts, problems):
    if not problems:
        assert funding.add(case, advisor, facts).pk
        return
    with pytest.raises(FundingRefused) as refused:
        funding.add(case, advisor, facts)
    assert refused.value.problems == problems
    assert not Funding.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "other"},
        {"decision": "refused"},
        {"decision": "refused", "decided_on": date(2000, 1, 1)},
        {"starts_on": date(2026, 12, 1)},
        {"decision": "granted", "decided_on": NOON.date()},
    ],
)
def test_the_database_refuses_it_too(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingFactory(**columns)


def test_a_request_for_einstiegsgeld_is_an_application(office, advisor):
    case = CaseFactory(founder=FounderFactory(office=office), planned_start_on=date(2027, 3, 1))
    deadlines.follow(case, advisor)
    funding.add(case, advisor, ASKED)
    case.refresh_from_db()
    assert case.has_application is True
    assert case.application_received_at == clock.at(ASKED.asked_on, 0)
    assert kinds(case) == {"start_money": (date(2027, 2, 28), True)}
    assert told(case) == ["deadline_set", "funding_recorded", "application_recorded", "deadline_done"]


def test_an_application_that_is_recorded_keeps_its_time(office, advisor):
    case = CaseFactory(founder=FounderFactory(office=office), has_application=True, application_received_at=NOON)
    funding.add(case, advisor, ASKED)
    case.refresh_from_db()
    assert case.application_received_at == NOON
    assert told(case) == ["funding_recorded"]


def test_other_funding_is_no_request_for_einstiegsgeld(case, advisor):
    funding.add(case, advisor, replace(GRANTED, kind="goods_loan", amount=Decimal("4500.00")))
    case.refresh_from_db()
    assert case.has_application is None
    assert kinds(case) == {}
    assert TimelineEntry.objects.get().params == {
        "about": "goods_loan",
        "asked_on": "2026-11-02",
        "decision": "granted",
        "decided_on": "2026-11-20",
        "starts_on": "2026-12-01",
        "ends_on": "2027-05-31",
        "amount": "4500.00",
    }


def test_the_end_of_the_grant_and_the_eks_become_deadlines_and_move_with_it(case, advisor):
    row = funding.add(case, advisor, ASKED)
    assert kinds(case) == {}
    funding.change(row, advisor, GRANTED, version=1)
    assert kinds(case) == {"grant_end": (date(2027, 5, 31), False), "eks": (date(2027, 7, 31), False)}
    deadlines.set_done(Deadline.objects.get(kind="grant_end"), advisor, True)
    longer = replace(GRANTED, ends_on=date(2027, 11, 30))
    funding.change(row, advisor, longer, version=2)
    assert kinds(case) == {"grant_end": (date(2027, 11, 30), False), "eks": (date(2028, 1, 30), False)}
    funding.change(row, advisor, replace(ASKED, decision="withdrawn", decided_on=NOON.date()), version=3)
    assert {done for _day, done in kinds(case).values()} == {True}


def test_what_was_set_by_hand_stays(case, advisor):
    deadlines.add(case, advisor, "eks", date(2026, 12, 31))
    funding.add(case, advisor, GRANTED)
    assert kinds(case) == {"eks": (date(2027, 2, 28), False), "grant_end": (date(2027, 5, 31), False)}


def test_a_grant_that_ended_long_ago_is_not_watched(case, advisor):
    long_ago = Facts("start_benefit", date(2025, 1, 2), "", "granted", *[date(2025, 2, 1)] * 2, date(2025, 7, 31))
    funding.add(case, advisor, long_ago)
    assert kinds(case) == {}


def test_a_change_knows_the_version_that_was_seen(case, advisor):
    row = funding.add(case, advisor, ASKED)
    funding.change(row, advisor, GRANTED, version=1)
    with pytest.raises(StaleVersion):
        funding.change(row, advisor, ASKED, version=1)
    row.refresh_from_db()
    assert (row.decision, row.version) == ("granted", 2)


def test_the_same_facts_change_nothing(case, advisor):
    row = funding.add(case, advisor, ASKED)
    funding.change(row, advisor, ASKED, version=1)
    row.refresh_from_db()
    assert row.version == 1
    assert told(case).count("funding_changed") == 0


def test_the_case_knows_its_funding_without_a_query(office, case, advisor, django_assert_num_queries):
    funding.add(case, advisor, replace(GRANTED, amount=Decimal("312.50")))
    found = case_for_office(office, case.uuid)
    with django_assert_num_queries(0):
        [row] = funding_of(found)
    assert Facts.of(row) == replace(GRANTED, amount=Decimal("312.50"))
