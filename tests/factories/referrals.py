"""Consents and the referrals that rest on them."""

import factory
from factory.django import DjangoModelFactory

from cases.referrals.enums import ConsentWay
from cases.referrals.models import Consent, ConsentRequest, Handover, Referral
from cases.referrals.rules import MINIMAL, PRESETS, in_order

from .directory import OfferFactory
from .files import CaseFactory, FounderFactory
from .people import MembershipFactory, OrganisationFactory


class ConsentFactory(DjangoModelFactory):
    """A founder's yes to the minimal fields, said in person."""

    class Meta:
        model = Consent

    founder = factory.SubFactory(FounderFactory)
    office = factory.SelfAttribute("founder.office")
    partner = factory.SubFactory(OrganisationFactory, partner=True)
    fields = factory.LazyFunction(lambda: in_order(MINIMAL))
    notice_version = factory.SelfAttribute("office.notice_version")
    notice_language = factory.SelfAttribute("founder.language")
    given_by = ConsentWay.IN_PERSON
    recorded_by = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))


class ConsentRequestFactory(DjangoModelFactory):
    """A question for a consent to more than the minimal fields, which waits for the founder."""

    class Meta:
        model = ConsentRequest

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    partner = factory.SubFactory(OrganisationFactory, partner=True)
    fields = factory.LazyFunction(lambda: in_order(PRESETS["crafts"]))
    notice_version = factory.SelfAttribute("office.notice_version")
    notice_language = factory.SelfAttribute("case.founder.language")
    asked_by = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))


class HandoverFactory(DjangoModelFactory):
    """A case handed over to a neighbour with a yes in person."""

    class Meta:
        model = Handover

    case = factory.SubFactory(CaseFactory)
    office = factory.SelfAttribute("case.office")
    place = "Jobcenter Dortmund"
    given_by = ConsentWay.IN_PERSON
    notice_version = factory.SelfAttribute("office.notice_version")
    notice_language = "de"
    recorded_by = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..office"))


class ReferralFactory(DjangoModelFactory):
    """A question just sent to the partner of its consent; the case is one of the consent's founder."""

    class Meta:
        model = Referral

    consent = factory.SubFactory(ConsentFactory)
    office = factory.SelfAttribute("consent.office")
    case = factory.SubFactory(CaseFactory, founder=factory.SelfAttribute("..consent.founder"))
    partner = factory.SelfAttribute("consent.partner")
    offer = factory.SubFactory(OfferFactory, organisation=factory.SelfAttribute("..partner"))
    question = "Was brauche ich für die Anmeldung?"
    sent_by = factory.SelfAttribute("consent.recorded_by")
