"""A case of an office, a partner with an offer, and people who sign in."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cases.files.models import Case
from network.directory.models import Offer
from network.people.models import Membership, Organisation
from tests.factories.directory import OfferFactory
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.people import MembershipFactory, OrganisationFactory


@dataclass
class Scene:
    """An advisor with a case, a partner with an offer and somebody who works there."""

    office: Organisation
    advisor: Membership
    case: Case
    partner: Organisation
    reader: Membership
    offer: Offer


@pytest.fixture
def scene(db) -> Scene:
    office = OrganisationFactory(office=True)
    advisor = MembershipFactory(organisation=office)
    founder = FounderFactory(office=office, name="Rim Darwisch", language="ar", phone="+491713920006")
    partner = OrganisationFactory(partner=True, name_de="Handwerkskammer", name_ar="غرفة الحرف (Handwerkskammer)")
    return Scene(
        office=office,
        advisor=advisor,
        case=CaseFactory(founder=founder),
        partner=partner,
        reader=MembershipFactory(partner=True, organisation=partner),
        offer=OfferFactory(organisation=partner, title="Erste Beratung"),
    )


@pytest.fixture
def signed_in():
    """A client of its own for a membership: `signed_in(scene.advisor).get(…)`."""

    def sign_in(membership: Membership) -> Client:
        client = Client()
        client.force_login(membership.user)
        return client

    return sign_in


def address(name: str, *args, language: str = "de") -> str:
    with override(language):
        return reverse(name, args=args)
