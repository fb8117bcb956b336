"""Who has seen a person's data, as the person reads it."""

from datetime import UTC, datetime

import pytest

from gruendungswerkstatt.audit.models import ViewLog, ViewPurpose
from gruendungswerkstatt.audit.selectors import Views, views_of
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from network.people.enums import Role
from tests.factories.people import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


def look(member, office, subject, purpose=ViewPurpose.CASE_WORK, at=NOON):
    ViewLog.objects.create(
        office=office,
        viewer=member.user,
        viewer_organisation=member.organisation,
        role=member.role,
        purpose=purpose,
        subject_kind="case",
        subject_uuid=subject,
        viewed_at=at,
        delete_after_on=clock.today(),
    )


def test_looks_of_one_day_are_one_line_without_names(django_assert_num_queries):
    office = OrganisationFactory(office=True, name="Jobcenter Hier")
    subject = new_uuid()
    for member in MembershipFactory.create_batch(2, organisation=office):
        look(member, office, subject)
    with django_assert_num_queries(1):
        lines = views_of(office, [subject])
    assert lines == [Views("Jobcenter Hier", Role.ADVISOR, ViewPurpose.CASE_WORK, NOON.date())]


def test_the_day_is_that_of_the_office():
    office = OrganisationFactory(office=True)
    subject = new_uuid()
    look(MembershipFactory(organisation=office), office, subject, at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert views_of(office, [subject])[0].day == datetime(2026, 3, 3, tzinfo=UTC).date()


def test_a_partner_is_named_and_the_newest_day_comes_first():
    office = OrganisationFactory(office=True)
    case, referral = new_uuid(), new_uuid()
    partner = MembershipFactory(partner=True)
    look(MembershipFactory(organisation=office), office, case)
    look(partner, office, referral, ViewPurpose.REFERRAL, at=datetime(2026, 3, 9, 11, tzinfo=UTC))
    first, second = views_of(office, [case, referral])
    assert (first.organisation, first.role, first.purpose) == (
        partner.organisation.name,
        Role.PARTNER,
        ViewPurpose.REFERRAL,
    )
    assert second.purpose == ViewPurpose.CASE_WORK


def test_other_offices_and_other_people_are_left_out():
    office, other = OrganisationFactory.create_batch(2, office=True)
    subject = new_uuid()
    look(MembershipFactory(organisation=other), other, subject)
    look(MembershipFactory(organisation=office), office, new_uuid())
    assert views_of(office, [subject]) == []
