"""A case from an enquiry: the founder, every spelling, the suggested steps, once."""

import threading

import pytest
from django.db import connection, connections

from cases.files import worklist
from cases.files.enums import ContactWay, TimelineKind
from cases.files.models import Case, Founder, PlanStep, StatusChange, TimelineEntry
from cases.files.opening import open_case
from cases.files.refusals import CaseRefusal
from cases.files.services import CaseRefused
from cases.files.worklist import WorklistFilters
from intake.enums import ClosingReason, SubmissionState
from intake.services import close
from tests.factories.intake import SHORT_WAY, SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

from .conftest import NOON

pytestmark = pytest.mark.django_db

EVERYTHING = SHORT_WAY | {
    "municipality": "schwerte",
    "name": "Shirin",
    "contact_way": "helper",
    "phone": "+491713920008",
    "email": "sherin@example.org",
    "helper_name": "Rojda",
    "helper_phone": "+491713920099",
    "may_call_helper": "no",
    "languages": ["kmr", "ckb", "de"],
    "phone_shared": "yes",
    "safe_times": ["morning", "midday"],
    "reminder_style": "with_place",
    "own_word": "زيتون",
    "name_latin": "Şêrîn Xelîlo",
    "name_original": "شێرین",
    "interpreter": "no",
    "wants_sms": "yes",
    "wants_email": "yes",
    "sector": "beauty",
    "trade": "friseure",
    "planned_start": "2027-03",
}


def test_every_answer_arrives_where_it_belongs(office, advisor, noon):
    submission = SubmissionFactory(office=office, answers=EVERYTHING, language="ar")
    case = open_case(submission, advisor, advisor)
    founder = case.founder
    assert (case.reference, case.submission, case.advisor) == (submission.reference, submission, advisor)
    assert (case.phase, case.state, case.sector) == ("access", "open", "beauty")
    assert case.planned_start_on.isoformat() == "2027-03-01"
    assert case.opened_at == NOON
    assert case.has_application is None
    assert {name: getattr(founder, name) for name in WANTED} == WANTED
    assert (founder.office, founder.municipality.code) == (office, "schwerte")
    assert case.sort_name == founder.sort_name == "serin xelilo"


WANTED = {
    "name": "Shirin",
    "name_latin": "Şêrîn Xelîlo",
    "name_original": "شێرین",
    "display_name": "Şêrîn Xelîlo",
    "born_on": None,
    "is_adult": True,
    "language": "ar",
    "languages": ["kmr", "ckb", "de"],
    "contact_way": ContactWay.HELPER,
    "phone": "+491713920008",
    "email": "sherin@example.org",
    "helper_contact": "Rojda, +491713920099",
    "may_call_helper": False,
    "is_phone_shared": True,
    "safe_times": ["morning", "midday"],
    "wants_sms": True,
    "wants_email": True,
    "reminder_style": "with_place",
    "own_word": "زيتون",
    "needs_interpreter": False,
}


def test_what_was_not_answered_stays_unknown(office, advisor):
    founder = open_case(SubmissionFactory(office=office), advisor).founder
    unknown = (
        founder.name_latin,
        founder.email,
        founder.is_phone_shared,
        founder.safe_times,
        founder.needs_interpreter,
        founder.may_call_helper,
    )
    assert unknown == ("", "", None, [], None, None)
    assert (founder.wants_sms, founder.wants_email, founder.reminder_style) == (False, False, "neutral")


def test_one_name_stays_one_name(office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=1), advisor)
    assert (case.founder.display_name, case.founder.name) == ("Gulalai", "گلالی")
    assert set(case.founder.name_keys.values_list("key", flat=True)) == {"gulalai", "كلالي"}


def test_the_first_lines_are_written(office, advisor, noon):
    case = open_case(SubmissionFactory(office=office), advisor, advisor)
    line = TimelineEntry.objects.get(case=case)
    assert (line.kind, line.author, line.happened_at) == (TimelineKind.CASE_OPENED, advisor, NOON)
    change = StatusChange.objects.get(case=case)
    assert (change.kind, change.before, change.after) == ("advisor", "", str(advisor.uuid))


def test_hints_become_suggested_steps(office, advisor):
    case = open_case(SubmissionFactory(office=office, answers=EVERYTHING), advisor)
    codes = set(PlanStep.objects.filter(case=case).values_list("hint_code", flat=True))
    assert codes == {"craft_annex_a", "start_before_request"}


def test_the_enquiry_lives_as_long_as_the_case(submission, advisor):
    open_case(submission, advisor)
    submission.refresh_from_db()
    assert (submission.state, submission.delete_after_on) == (SubmissionState.ACCEPTED, None)


def test_under_18_is_kept(office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=11), advisor)
    assert not case.founder.is_adult


def test_an_age_that_was_not_asked_stays_unknown(office, advisor):
    answers = {key: value for key, value in SHORT_WAY.items() if key != "is_adult"}
    case = open_case(SubmissionFactory(office=office, answers=answers, is_callback=True), advisor)
    assert case.founder.is_adult is None


def test_opening_again_gives_the_same_case(submission, advisor):
    first = open_case(submission, advisor)
    assert open_case(submission, advisor) == first
    assert (Case.objects.count(), Founder.objects.count(), TimelineEntry.objects.count()) == (1, 1, 1)


def test_a_closed_enquiry_becomes_no_case(submission, advisor):
    close(submission, ClosingReason.DUPLICATE, version=1)
    with pytest.raises(CaseRefused) as refused:
        open_case(submission, advisor)
    assert refused.value.reason == CaseRefusal.SUBMISSION_CLOSED
    assert not Founder.objects.exists()


def test_a_draft_becomes_no_case(office, advisor):
    with pytest.raises(CaseRefused):
        open_case(SubmissionFactory(office=office, draft=True), advisor)


@pytest.mark.parametrize("who", ["stranger", "partner", "former"])
def test_only_staff_of_the_office_can_be_responsible(office, submission, advisor, noon, who):
    members = {
        "stranger": lambda: MembershipFactory(),
        "partner": lambda: MembershipFactory(partner=True),
        "former": lambda: MembershipFactory(organisation=office, ended_at=NOON),
    }
    with pytest.raises(CaseRefused) as refused:
        open_case(submission, advisor, members[who]())
    assert refused.value.reason == CaseRefusal.NOT_OF_THE_OFFICE
    assert not Case.objects.exists()


def test_a_page_language_that_no_longer_exists_is_german(office, advisor):
    assert open_case(SubmissionFactory(office=office, language="xx"), advisor).founder.language == "de"


@pytest.mark.parametrize(
    ("persona", "search"),
    [
        (1, "Gulalai"),
        (1, "gulalay"),
        (1, "گلالی"),
        (1, "كلالي"),
        (2, "as-Sabbagh"),
        (2, "AL HAMAWI"),
        (2, "Sabagh"),
        (2, "Abdurrahman Muhammad Nureddin Abdulqadir as-Sabbagh al-Hamawi"),
        (8, "serin xelilo"),
        (8, "Xelîlo Şêrîn"),
        (8, "S\u0327e\u0302ri\u0302n"),  # decomposed, as some phones send it
        (8, "شێرین"),
        (8, "Shirin Xelilo"),
        (9, "Asmaa Abdulghani"),
        (9, "Asma Abdelghani"),
        (9, "أسماء عبد الغني"),
        (9, "اسماء عبدالغنى"),
        (9, "Abdulghani Asmaa"),
    ],
)
def test_a_founder_is_found_by_every_spelling(office, advisor, persona, search):
    cases = {number: open_case(SubmissionFactory(office=office, persona=number), advisor) for number in (1, 2, 8, 9)}
    assert list(worklist.worklist(office, WorklistFilters(search=search))) == [cases[persona]]


@pytest.mark.django_db(transaction=True)
def test_two_advisors_at_once_open_one_case():
    office = OrganisationFactory(office=True)
    MunicipalityFactory(code="kamen", office=office)
    submission = SubmissionFactory(office=office)
    members = MembershipFactory.create_batch(2, organisation=office)
    begin, found, failures = threading.Barrier(2), [], []

    def work(member):
        try:
            begin.wait(timeout=10)
            found.append(open_case(submission, member, member).uuid)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    assert len(found) == 2
    assert len(set(found)) == 1
    assert (Case.objects.count(), Founder.objects.count(), TimelineEntry.objects.count()) == (1, 1, 1)
    connection.close()
