"""Organisations, municipalities and people. Every value a test relies on is given by the test."""

from datetime import timedelta

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from gruendungswerkstatt.common import clock
from network.people.enums import OrganisationKind, Role
from network.people.models import Invitation, Leave, Membership, Municipality, Organisation, User

PASSWORD = "correct horse battery staple"


class OrganisationFactory(DjangoModelFactory):
    """A partner unless told otherwise: `OrganisationFactory(office=True)` is a Jobcenter that owns cases."""

    class Meta:
        model = Organisation
        django_get_or_create = ("code",)

    class Params:
        office = factory.Trait(
            kind=OrganisationKind.JOBCENTER,
            code=factory.Sequence(lambda n: f"jobcenter-{n}"),
            name=factory.Sequence(lambda n: f"Jobcenter {n}"),
            phone="+4923032538000",
            notice_version="2026-01",
        )
        partner = factory.Trait(kind=OrganisationKind.CHAMBER)

    code = factory.Sequence(lambda n: f"partner-{n}")
    name = factory.Sequence(lambda n: f"Partner {n}")
    kind = OrganisationKind.ASSOCIATION


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"town-{n}")
    name = factory.Sequence(lambda n: f"Stadt {n}")
    postal_codes = factory.LazyFunction(lambda: ["59423"])
    office = factory.SubFactory(OrganisationFactory, office=True)


class UserFactory(DjangoModelFactory):
    """A person who can sign in with `PASSWORD`."""

    class Meta:
        model = User
        django_get_or_create = ("email",)

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class MembershipFactory(DjangoModelFactory):
    """An advisor of an office unless told otherwise: traits `team_lead` and `partner`."""

    class Meta:
        model = Membership
        django_get_or_create = ("user", "organisation")

    class Params:
        team_lead = factory.Trait(role=Role.TEAM_LEAD)
        partner = factory.Trait(role=Role.PARTNER, organisation=factory.SubFactory(OrganisationFactory, partner=True))

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory, office=True)
    role = Role.ADVISOR


class InvitationFactory(DjangoModelFactory):
    """Somebody asked to become an advisor of `invited_by`'s office, unanswered."""

    class Meta:
        model = Invitation

    invited_by = factory.SubFactory(MembershipFactory, team_lead=True)
    office = factory.SelfAttribute("invited_by.organisation")
    organisation = factory.SelfAttribute("office")
    role = Role.ADVISOR
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    name = factory.Sequence(lambda n: f"Geladen {n}")
    language = "de"
    expires_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=7))
    delete_after_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=97))


class LeaveFactory(DjangoModelFactory):
    """`membership` is away from today for a week; a colleague is deputy."""

    class Meta:
        model = Leave

    membership = factory.SubFactory(MembershipFactory)
    office = factory.SelfAttribute("membership.organisation")
    deputy = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))
    created_by = factory.SelfAttribute("membership")
    starts_on = factory.LazyFunction(clock.today)
    ends_on = factory.LazyAttribute(lambda leave: leave.starts_on + timedelta(days=6))
    delete_after_on = factory.LazyAttribute(lambda leave: leave.ends_on + timedelta(days=90))
