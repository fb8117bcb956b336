"""A founder with an enquiry, a code and a PIN, and the browser in which they were typed."""

import pytest
from django.core.cache import cache
from django.test import Client

from cases.files.models import Case
from cases.files.opening import open_case
from intake.models import Submission
from intake.pins import hashed
from network.people.models import Membership
from tests.factories.intake import CODE, SubmissionFactory
from tests.factories.people import MembershipFactory

PIN = "482913"


@pytest.fixture(autouse=True)
def _no_attempts_from_before():
    cache.clear()


@pytest.fixture
def enquiry(db) -> Submission:
    """Sent with a PIN; no case yet."""
    return SubmissionFactory(persona=7, pin_hash=hashed(PIN))


@pytest.fixture
def advisor(enquiry) -> Membership:
    return MembershipFactory(organisation=enquiry.office, user__name="Petra Beispiel")


@pytest.fixture
def founders_case(enquiry, advisor) -> Case:
    """The case opened from the enquiry."""
    return open_case(enquiry, advisor, advisor)


def level_one(submission: Submission, language: str = "de", **client) -> Client:
    """A browser in which number and code were typed."""
    browser = Client(**client)
    response = browser.post(f"/{language}/status/", {"reference": submission.reference, "code": CODE})
    assert response.status_code == 302
    return browser


def level_two(submission: Submission, language: str = "de", **client) -> Client:
    """A browser in which number, code and PIN were typed."""
    browser = level_one(submission, language, **client)
    response = browser.post(f"/{language}/status/pin/", {"pin": PIN})
    assert response.url == f"/{language}/status/mine/"
    return browser
