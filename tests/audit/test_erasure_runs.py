"""The nightly run: what it finds in every office, what it leaves, what it writes down, what stops it."""

from datetime import UTC, datetime, timedelta

import pytest

from gruendungswerkstatt.audit import erasure_runs
from gruendungswerkstatt.audit.models import ErasureCause
from gruendungswerkstatt.common import clock
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from intake.tasks import erase_drafts
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MunicipalityFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
YESTERDAY = NOON.date() - timedelta(days=1)


@pytest.fixture
def town():
    return MunicipalityFactory(code="kamen")


@pytest.mark.parametrize(
    ("kept", "age", "is_erased"),
    [
        (False, timedelta(hours=23), False),
        (False, timedelta(hours=25), True),
        (True, timedelta(days=13), False),
        (True, timedelta(days=15), True),
    ],
)
def test_drafts_go_a_day_after_their_last_use_or_fourteen(town, kept, age, is_erased):
    SubmissionFactory(municipality=town, draft=True, keep_longer=kept, last_used_at=NOON - age)
    with clock.frozen(NOON):
        erase_drafts()
    assert Submission.objects.exists() is not is_erased


def test_what_was_sent_goes_after_its_day_unless_a_case_was_opened(town):
    for state in SubmissionState:
        reason = ClosingReason.WITHDRAWN if state == SubmissionState.CLOSED else ""
        SubmissionFactory(
            municipality=town,
            state=state,
            closing_reason=reason,
            delete_after_on=None if state == SubmissionState.DRAFT else YESTERDAY,
            last_used_at=NOON,
        )
    today = SubmissionFactory(municipality=town, delete_after_on=NOON.date())
    with clock.frozen(NOON):
        [run] = erasure_runs.erase_expired(ErasureCause.NIGHT)
    assert run.counts == {"enquiry": 2}
    left = set(Submission.objects.values_list("state", flat=True))
    assert left == {SubmissionState.DRAFT, SubmissionState.ACCEPTED, SubmissionState.SENT}
    assert Submission.objects.filter(pk=today.pk).exists()


def test_more_than_one_batch(town, monkeypatch):
    monkeypatch.setattr(erasure_runs, "BATCH", 3)
    for _number in range(7):
        SubmissionFactory(municipality=town, draft=True, last_used_at=NOON - timedelta(days=2))
    with clock.frozen(NOON):
        assert erasure_runs.erase_class("draft") == 7
        assert erasure_runs.erase_class("draft") == 0
