"""Adding an enquiry to a case that is there: what it changes, what it refuses, and who is kept out."""

import pytest

from cases.files import access, history, selectors, worklist
from cases.files.adding import add_enquiry
from cases.files.enums import CaseState, TimelineKind
from cases.files.erasure import erase_cases
from cases.files.models import AddedEnquiry, Case, Founder
from cases.files.opening import note_confirmation, open_case
from cases.files.refusals import CaseRefusal
from cases.files.services import CaseRefused
from cases.files.worklist import WorklistFilters
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.abstract import StaleVersion
from intake.enums import SubmissionState
from intake.models import Submission
from intake.services import close
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SHORT_WAY, SubmissionFactory


@pytest.fixture
def case(office, advisor):
    return open_case(SubmissionFactory(office=office, persona=7), advisor)


@pytest.fixture
def second(case):
    """The same person writes once more."""
    answers = SHORT_WAY | {"name": "Dschamal Sabbagh", "sector": "food", "alcohol": "yes"}
    return SubmissionFactory(municipality=case.submission.municipality, answers=answers)


def added(second, case, advisor):
    return add_enquiry(second, case, advisor, version=second.version, case_version=case.version)


def test_it_belongs_to_the_case_and_opens_no_other(second, case, advisor):
    assert added(second, case, advisor) == case
    second.refresh_from_db()
    assert second.state == SubmissionState.ACCEPTED
    assert second.delete_after_on is None
    assert (Case.objects.count(), Founder.objects.count()) == (1, 1)
    assert selectors.case_of_submission(second) == case
    assert selectors.case_of_submission(case.submission) == case


def test_the_timeline_says_so(second, case, advisor):
    added(second, case, advisor)
    line = selectors.timeline(case).first()
    assert (line.kind, line.author, line.params["reference"]) == (TimelineKind.ENQUIRY_ADDED, advisor, second.reference)


def test_what_the_file_says_is_not_changed(second, case, advisor):
    before = Founder.objects.values().get()
    added(second, case, advisor)
    assert Founder.objects.values().get() == before


def test_its_number_and_its_spelling_find_the_case(second, case, advisor):
    added(second, case, advisor)
    for search in (second.reference, "Dschamal", case.reference):
        assert list(worklist.worklist(case.office, WorklistFilters(search=search))) == [case]


def test_new_steps_come_once_and_old_ones_stay(second, case, advisor):
    before = list(selectors.steps(case).values_list("hint_code", flat=True))
    added(second, case, advisor)
    after = list(selectors.steps(case).values_list("hint_code", flat=True))
    assert set(before) <= set(after)
    assert len(after) == len(set(after))


def test_twice_is_once(second, case, advisor):
    added(second, case, advisor)
    assert added(second, case, advisor) == case
    assert AddedEnquiry.objects.count() == 1
    assert case.timeline.filter(kind=TimelineKind.ENQUIRY_ADDED).count() == 1


def test_who_was_quicker_wins(second, case, advisor):
    other = open_case(second, advisor)
    assert added(second, case, advisor) == other
    assert not AddedEnquiry.objects.exists()


def test_opening_a_case_afterwards_gives_the_one_it_was_added_to(second, case, advisor):
    added(second, case, advisor)
    assert open_case(second, advisor) == case


@pytest.mark.parametrize(("of_enquiry", "of_case"), [(1, 0), (0, 1)])
def test_what_changed_since_it_was_compared_is_refused(second, case, advisor, of_enquiry, of_case):
    versions = {"version": second.version + of_enquiry, "case_version": case.version + of_case}
    with pytest.raises(StaleVersion):
        add_enquiry(second, case, advisor, **versions)
    assert not AddedEnquiry.objects.exists()


@pytest.mark.parametrize("state", [CaseState.HANDED_OVER, CaseState.CLOSED])
def test_a_case_that_ended_takes_none(second, office, advisor, state):
    founder = FounderFactory(office=office)
    ended = (
        CaseFactory(founder=founder, closed=True) if state == "closed" else CaseFactory(founder=founder, state=state)
    )
    with pytest.raises(CaseRefused) as refused:
        added(second, ended, advisor)
    assert refused.value.reason == CaseRefusal.NOT_OPEN


def test_a_closed_enquiry_is_refused(second, case, advisor):
    close(second, "withdrawn", version=second.version)
    second.refresh_from_db()
    with pytest.raises(CaseRefused) as refused:
        added(second, case, advisor)
    assert refused.value.reason == CaseRefusal.SUBMISSION_CLOSED


def test_another_offices_case_does_not_exist(second, advisor):
    with pytest.raises(Case.DoesNotExist):
        added(second, CaseFactory(), advisor)


def test_a_confirmation_of_it_stands_in_the_case(second, case, advisor):
    added(second, case, advisor)
    second.refresh_from_db()
    note_confirmation(second, None)
    assert selectors.timeline(case).first().kind == TimelineKind.ENQUIRY_CONFIRMED


def test_a_lost_code_is_renewed_for_the_enquiry_it_was(second, case, advisor):
    added(second, case, advisor)
    assert access.enquiry_to_open(case) == case.submission
    Submission.objects.filter(pk=second.pk).update(code_lost_at=clock.now())
    before = Submission.objects.get(pk=case.submission_id).code_digest
    access.renew_code(case, advisor)
    assert Submission.objects.get(pk=case.submission_id).code_digest == before
    assert Submission.objects.get(pk=second.pk).code_lost_at is None


def test_its_history_is_found_with_the_files(second, case, advisor):
    added(second, case, advisor)
    file = history.find(case.office, case.reference)
    assert second.pk in file.keys[Submission]
    found = history.references(case.office, {Case: set(), Founder: set(), Submission: {second.pk}})
    assert found[Submission, second.pk] == case.reference


def test_it_is_erased_with_the_case(second, case, advisor):
    added(second, case, advisor)
    erase_cases([case.pk])
    assert not Submission.objects.exists()
    assert not AddedEnquiry.objects.exists()
