"""The office on every page comes from its row, costs no query per page, and is missed by no page when it is away."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils.translation import override

from gruendungswerkstatt.common import context, kept, views
from network.people import portal_office
from network.people.models import Organisation
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db
PHONE = "+49230325385422"


@pytest.fixture(autouse=True)
def _the_real_office(monkeypatch):
    monkeypatch.setattr(context, "_find_office", portal_office.kept.get)
    portal_office.kept.forget()
    yield
    portal_office.kept.forget()


@pytest.fixture
def office():
    return OrganisationFactory(
        office=True,
        name_de="Jobcenter Kreis Unna – Gründungswerkstatt",
        name_ar="مركز العمل (Jobcenter Kreis Unna) – مبادرة",
        phone=PHONE,
    )


def test_every_page_names_the_first_office(client, office):
    OrganisationFactory(office=True, phone="+4923032538000")
    page = client.get("/de/").content.decode()
    assert "Jobcenter Kreis Unna" in page
    assert f'href="tel:{PHONE}"' in page


def test_the_body_is_named_without_the_portal_in_the_readers_language(office):
    with override("ar"):
        portal = context.current_portal()
    assert portal.office == "Jobcenter Kreis Unna"
    assert portal.office_name == "مركز العمل (Jobcenter Kreis Unna)"
    with override("en"):
        assert context.current_portal().office_name == "Jobcenter Kreis Unna"


def test_a_setting_names_another_office(office, settings):
    other = OrganisationFactory(office=True, code="jobcenter-musterstadt", phone="+4923032538000")
    settings.PORTAL_OFFICE = other.code
    assert context.portal_office().pk == other.pk


def test_partners_do_not_run_the_portal():
    OrganisationFactory(partner=True)
    assert context.portal_office() == context.Office()


def test_pages_ask_once(client, office, django_assert_num_queries):
    with django_assert_num_queries(1):
        context.portal_office()
        context.portal_office()


def test_a_change_is_seen_at_once_where_it_is_made_and_elsewhere_after_a_minute(office, monkeypatch):
    assert context.portal_office().phone == PHONE
    Organisation.objects.update(phone="+4923032538001")  # as another process would: no signal here
    assert context.portal_office().phone == PHONE
    later = kept.time.monotonic() + kept.KEPT_SECONDS + 1
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)
    assert context.portal_office().phone == "+4923032538001"
    office.refresh_from_db()
    office.phone = "+4923032538002"
    office.save()
    assert context.portal_office().phone == "+4923032538002"


def test_the_page_for_server_errors_says_what_was_known_when_the_database_is_away(office, monkeypatch, caplog):
    assert context.portal_office().phone == PHONE
    away = kept.Kept(lambda: (_ for _ in ()).throw(OperationalError("away")), otherwise=context.portal_office())
    monkeypatch.setattr(context, "_find_office", away.get)
    answer = views.server_error(RequestFactory().get("/de/x/"))
    assert answer.status_code == 500
    assert f"tel:{PHONE}" in answer.content.decode()
    assert caplog.messages.count("The database does not answer, pages show what was known before") == 1


def test_without_an_office_pages_name_no_telephone():
    page = views.server_error(RequestFactory().get("/de/x/")).content.decode()
    assert "tel:" not in page
