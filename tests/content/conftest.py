"""An office that runs the portal, its people, and pages that are looked up as in the office."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from gruendungswerkstatt.common import context
from gruendungswerkstatt.content import published, selectors, services
from gruendungswerkstatt.content.pages import Text
from network.people import portal_office
from network.people.enums import Role
from network.people.models import Membership, Organisation
from tests.factories.people import MembershipFactory, OrganisationFactory


@pytest.fixture(autouse=True)
def _pages_are_looked_up(monkeypatch):
    monkeypatch.setattr(context, "_find_office", portal_office.kept.get)
    for kept in (portal_office.kept, published.kept):
        kept._until = 0.0
    cache.clear()
    yield
    for kept in (portal_office.kept, published.kept):
        kept._until = 0.0


@dataclass
class Scene:
    office: Organisation
    lead: Membership

    def client(self, membership: Membership | None = None) -> Client:
        client = Client()
        client.force_login((membership or self.lead).user)
        return client

    def writes(self, slug: str, **texts: tuple[str, str, str]):
        """Save a draft: writes("offer", de=("Titel", "Kurz", "Text")); other languages stay as they are."""
        draft = selectors.draft(self.office, slug)
        written = dict(draft.texts) | {language: Text(*parts) for language, parts in texts.items()}
        return services.save_draft(self.office, slug, written, version=draft.version)

    def publishes(self, slug: str, **texts: tuple[str, str, str]):
        page = self.writes(slug, **texts)
        return services.publish(self.office, slug, self.lead, version=page.version)

    def member(self, role: Role) -> Membership:
        return MembershipFactory(organisation=self.office, role=role)


@pytest.fixture
def scene(db):
    office = OrganisationFactory(
        office=True,
        name_de="Jobcenter Kreis Unna – Gründungswerkstatt",
        name_ar="مركز العمل في كرايس أونا (Jobcenter Kreis Unna)",
        phone="+49230325385422",
        email="gruendung@example.org",
        street="Bismarckstraße 21",
        postal_code="59425",
        place="Unna",
    )
    return Scene(office, MembershipFactory(organisation=office, role=Role.TEAM_LEAD))
