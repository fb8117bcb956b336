"""People of an office and of a partner it looks after, and the mails they get."""

import re

import pytest
from django.conf import settings
from django.core import mail

from network.people.enums import OrganisationKind, Role
from network.people.services import mails
from tests.factories.people import MembershipFactory, OrganisationFactory


@pytest.fixture
def lead():
    return MembershipFactory(team_lead=True)


@pytest.fixture
def administrator(lead):
    return MembershipFactory(role=Role.ADMINISTRATOR, organisation=lead.organisation)


@pytest.fixture
def partner_body(lead):
    """A partner organisation that the lead's office looks after."""
    return OrganisationFactory(kind=OrganisationKind.CHAMBER, looked_after_by=lead.organisation)


@pytest.fixture
def stranger():
    """The team lead of another office."""
    return MembershipFactory(team_lead=True)


@pytest.fixture
def posted():
    """Send what waits and give the newest mail's link: `posted()` → "/de/…"."""

    def newest_link() -> str:
        mail.outbox.clear()
        mails.send_due()
        assert len(mail.outbox) == 1
        return re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", mail.outbox[0].body, re.MULTILINE)[1]

    return newest_link
