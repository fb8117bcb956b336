"""One office with an advisor and the towns of the personas."""

from datetime import date

import pytest

from gruendungswerkstatt.common import clock
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

NOON = clock.at(date(2026, 11, 23), 12)
TOWNS = ("bergkamen", "kamen", "luenen", "schwerte", "selm", "unna", "werne")


@pytest.fixture
def noon():
    with clock.frozen(NOON) as moment:
        yield moment


@pytest.fixture
def office(db):
    office = OrganisationFactory(office=True)
    for code in TOWNS:
        MunicipalityFactory(code=code, name=code.title(), office=office)
    return office


@pytest.fixture
def advisor(office):
    return MembershipFactory(organisation=office)


@pytest.fixture
def case(office):
    return CaseFactory(founder=FounderFactory(office=office))


@pytest.fixture
def submission(office):
    return SubmissionFactory(office=office)
