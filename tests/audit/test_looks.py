"""Whoever opens a person's file leaves a row, on every page that shows one, and waits for nothing."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.files import asking_back, merging
from cases.files.merging import Seen
from gruendungswerkstatt.audit import looks
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.documents import services as documents
from intake.papers import making as papers
from network.people.enums import Role
from tests.factories.appointments import AppointmentFactory
from tests.factories.directory import OfferFactory
from tests.factories.documents import checked
from tests.factories.files import CaseFactory, PlanStepFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, HandoverFactory, ReferralFactory

pytestmark = pytest.mark.django_db

# Parts of an address that lead to one person; those of the network and of the office itself do not.
PERSONAL = {
    *("case_uuid", "submission_uuid", "referral_uuid", "appointment_uuid", "consent_uuid", "step_uuid"),
    *("ask_back_uuid", "merge_uuid"),
}


def patterns(resolver=None, names=(), parts=()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and variable parts of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        found = (*parts, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, (*names, *filter(None, [pattern.namespace])), found)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*names, pattern.name)), found


# Parts of an address that are no UUIDs.
PLAIN = {"word": "accept", "question": "idea", "language": "de"}
ABOUT_PEOPLE = sorted((name, parts) for name, parts in patterns() if PERSONAL & set(parts))


@pytest.fixture
def world():
    """An office with a file in which there is something of everything, and a partner who was asked."""
    office = OrganisationFactory(office=True)
    lead = MembershipFactory(organisation=office, team_lead=True)
    case = CaseFactory(founder__office=office)
    referral = ReferralFactory(case=case, consent=ConsentFactory(founder=case.founder))
    partner = MembershipFactory(organisation=referral.partner, role=Role.PARTNER)
    submission = SubmissionFactory(office=office)
    papers.make(submission.uuid)
    third = CaseFactory(founder__office=office)
    HandoverFactory(case=case, recorded_by=lead)
    HandoverFactory(case=None, submission=submission, office=office, recorded_by=lead)
    asked = documents.ask(office.pk, case.uuid, lead, "cv", "")
    documents.receive(asked, [checked()])
    parts = {
        "case_uuid": case,
        "submission_uuid": submission,
        "request_uuid": asked,
        "document_uuid": asked.documents.get(),
        "referral_uuid": referral,
        "appointment_uuid": AppointmentFactory(case=case, advisor=lead),
        "consent_uuid": referral.consent,
        "step_uuid": PlanStepFactory(case=case),
        "offer_uuid": OfferFactory(organisation=referral.partner),
        "other_uuid": CaseFactory(founder__office=office),
        "double_uuid": SubmissionFactory(office=office, persona=7),
        "ask_back_uuid": asking_back.ask_in_case(case, lead, block="idea"),
        "merge_uuid": merging.merge(third, case, lead, from_source=(), seen=Seen.of(third, case)),
    }
    return {"office": office, "lead": lead, "partner": partner, "case": case, "parts": parts}


def sent(page: HttpResponse) -> None:
    """What the server does after the last byte, but for the connection, which the test still needs."""
    for closer in page._resource_closers:
        closer()


def argument(world, part):
    return world["parts"][part].uuid if part.endswith("_uuid") else PLAIN[part]


@pytest.mark.parametrize(("name", "parts"), ABOUT_PEOPLE, ids=[name for name, _ in ABOUT_PEOPLE])
def test_a_page_about_a_person_leaves_a_row(client, world, name, parts):
    """A page that is new has to be seen by this test: an unknown part of an address fails it."""
    address = reverse(name, kwargs={part: argument(world, part) for part in parts})
    member = world["partner"] if name.startswith("referrals:") and "referral_uuid" in parts else world["lead"]
    client.force_login(member.user)
    response = client.get(address)
    if response.streaming:
        list(response.streaming_content)
        sent(response)
    rows = list(ViewLog.objects.all())
    if response.status_code in (302, 405):  # a form that is only sent shows nothing
        assert rows == []
        return
    assert response.status_code == 200
    shown = {world["parts"][part].uuid for part in ("other_uuid",) if part in parts}
    own = {world["parts"][part].uuid for part in ("submission_uuid", "referral_uuid") if part in parts}
    assert {row.subject_uuid for row in rows} == (own or {world["case"].uuid}) | shown
    assert {(row.office, row.viewer, row.role) for row in rows} == {(world["office"], member.user, member.role)}


def test_pages_about_people_were_found():
    assert {"cases:case_detail", "cases:submission_detail", "referrals:referral_detail"} <= {n for n, _ in ABOUT_PEOPLE}


def test_the_row_is_written_after_the_page_was_sent(world):
    request = RequestFactory().get("/")
    request.membership, request.resolver_match = world["lead"], None
    page = HttpResponse("page")

    def view(request):
        looks.looked_at(request, "case", world["case"].uuid)
        return page

    assert looks.LooksMiddleware(view)(request) is page
    assert not ViewLog.objects.exists()
    sent(page)
    assert ViewLog.objects.get().subject_uuid == world["case"].uuid


def test_a_row_that_cannot_be_written_is_an_error_in_the_log(world, monkeypatch, caplog):
    def broken(*_args):
        raise DatabaseError("no")

    monkeypatch.setattr(looks, "log_views", broken)
    request = RequestFactory().get("/")
    request.membership, request.resolver_match = world["lead"], None
    looks.looked_at(request, "case", world["case"].uuid)
    sent(looks.LooksMiddleware(lambda _request: HttpResponse())(request))
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_many_files_on_one_page_are_one_statement(world, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.membership, request.resolver_match = world["lead"], None
    for _ in range(5):
        looks.looked_at(request, "case", new_uuid())
    page = looks.LooksMiddleware(lambda _request: HttpResponse())(request)
    with django_assert_num_queries(1):
        sent(page)
    assert ViewLog.objects.count() == 5


@pytest.mark.parametrize("status", [302, 404, 409, 500])
def test_what_is_not_shown_was_not_seen(world, status):
    request = RequestFactory().get("/")
    request.membership, request.resolver_match = world["lead"], None
    looks.looked_at(request, "case", world["case"].uuid)
    sent(looks.LooksMiddleware(lambda _request: HttpResponse(status=status))(request))
    assert not ViewLog.objects.exists()


def test_a_partners_page_that_does_not_name_the_office_is_not_shown(world):
    request = RequestFactory().get("/")
    request.membership, request.resolver_match = world["partner"], None
    looks.looked_at(request, "referral", world["parts"]["referral_uuid"].uuid)
    with pytest.raises(LookupError):
        looks.LooksMiddleware(lambda _request: HttpResponse())(request)
