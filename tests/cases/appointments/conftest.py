"""A founder who wants messages, and a Monday noon that stands still."""

from datetime import date

import pytest

from gruendungswerkstatt.common import clock
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.people import MembershipFactory, OrganisationFactory

NOON = clock.at(date(2026, 11, 23), 12)


@pytest.fixture
def noon():
    with clock.frozen(NOON) as moment:
        yield moment


@pytest.fixture
def office(db):
    return OrganisationFactory(
        office=True, phone="+49230325385422", street="Bismarckstraße 21", postal_code="59425", place="Unna"
    )


@pytest.fixture
def founder(office):
    return FounderFactory(
        office=office,
        language="ar",
        email="founder@example.org",
        phone="+491713920001",
        wants_email=True,
        wants_sms=False,
        own_word="",
        reminder_style="neutral",
        is_phone_shared=None,
    )


@pytest.fixture
def case(founder):
    return CaseFactory(office=founder.office, founder=founder)


@pytest.fixture
def advisor(office):
    return MembershipFactory(organisation=office)
