"""Classes and periods: their arithmetic, what an office chooses, and the page for it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db.models import DateTimeField, Value
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.appointments.erasure import NO_SHOW
from cases.files import services as files
from cases.files.erasure import CASE
from gruendungswerkstatt.audit import retention as periods
from gruendungswerkstatt.audit.models import RetentionPeriod, ViewLog, ViewPurpose
from gruendungswerkstatt.audit.services import log_views
from gruendungswerkstatt.common import clock, retention
from gruendungswerkstatt.common.abstract import StaleVersion
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.common.retention import Period, Unit
from intake.erasure import DRAFT, draft_expires_at
from intake.models import Submission
from network.people.enums import Role
from network.people.models import Organisation
from tests.factories.appointments import AppointmentFactory
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.messaging import MessageFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


# --- Arithmetic ---
@pytest.mark.parametrize(
    ("period", "day", "last"),
    [
        (Period(6, Unit.MONTHS), date(2026, 8, 31), date(2027, 2, 28)),
        (Period(6, Unit.MONTHS), date(2027, 8, 29), date(2028, 2, 29)),
        (Period(6, Unit.MONTHS), date(2026, 6, 30), date(2026, 12, 30)),
        (Period(3, Unit.YEARS), date(2028, 2, 29), date(2031, 2, 28)),
        (Period(90, Unit.DAYS), date(2026, 11, 23), date(2027, 2, 21)),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last_of_a_shorter_month(period, day, last):
    assert period.after(day) == last


def test_hours_do_not_count_days():
    with pytest.raises(ValueError, match="hours"):
        Period(24, Unit.HOURS).after(date(2026, 1, 1))


@pytest.mark.django_db
@pytest.mark.parametrize("unit", [Unit.DAYS, Unit.MONTHS, Unit.YEARS])
@given(minutes=st.integers(0, 40 * 366 * 24 * 60), amount=st.integers(1, 40))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_counts_as_python_does(unit, minutes, amount):
    period, moment = Period(amount, unit), NOON + timedelta(minutes=minutes)
    # Any table with one row will do.
    rows = Organisation.objects.filter(pk=OrganisationFactory(office=True, code="one").pk)
    column = Value(moment, output_field=DateTimeField())
    [last] = rows.annotate(last=period.after_column(column)).values_list("last", flat=True)
    assert last == period.after(clock.local(moment).date())


# --- Registered classes ---
def test_every_class_is_whole():
    for found in retention.classes():
        assert found.least <= found.default.amount <= found.most
        assert all(str(text) for text in (found.label, found.covers, found.starts, found.basis))
        assert len(found.code) <= RetentionPeriod._meta.get_field("code").max_length


def test_every_day_of_deletion_belongs_to_a_class():
    """A table with `delete_after_on` that no class looks at would be kept for ever."""
    kept = {found.expired(0, found.default).model._meta.label for found in retention.classes()}
    expiring = {
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "delete_after_on" for field in model._meta.local_fields)
        and not hasattr(model, "pgh_tracked_model")
    }
    assert expiring - kept == {"audit.FormToken"}  # belongs to no office


def test_every_day_of_deletion_has_an_index():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.name == "delete_after_on" and not hasattr(model, "pgh_tracked_model"):
                assert field.db_index, model._meta.label


def test_a_code_is_taken_once():
    with pytest.raises(ValueError, match="twice"):
        retention.register(retention.by_code(CASE))


# --- What an office chooses ---
@pytest.fixture
def office(db):
    return OrganisationFactory(office=True)


@pytest.fixture
def lead(office):
    return MembershipFactory(organisation=office, team_lead=True)


@pytest.fixture
def client(client, lead):
    client.force_login(lead.user)
    return client


def choose(office, by, code, amount, version=0):
    return periods.change_period(office, by, code, amount, version=version)


def test_only_the_office_that_chose_keeps_longer(office, lead):
    other = OrganisationFactory(office=True)
    choose(office, lead, CASE, 5)
    assert periods.period(office.pk, CASE) == Period(5, Unit.YEARS)
    assert periods.period(other.pk, CASE) == Period(3, Unit.YEARS)


@pytest.mark.parametrize("amount", [0, 11, -3])
def test_outside_the_limits_nothing_changes(office, lead, amount):
    with pytest.raises(periods.OutsideLimits):
        choose(office, lead, CASE, amount)
    assert not RetentionPeriod.objects.exists()


def test_an_older_version_changes_nothing(office, lead):
    choose(office, lead, CASE, 4)
    for version in (0, 2):
        with pytest.raises(StaleVersion):
            choose(office, lead, CASE, 6, version=version)
    choose(office, lead, CASE, 5, version=1)
    assert RetentionPeriod.objects.get().amount == 5


def test_a_new_period_holds_for_rows_that_have_ended(office, lead):
    def case(**state):
        return CaseFactory(founder=FounderFactory(office=office), **state)

    closed = case(closed=True, closed_at=NOON - timedelta(days=400), delete_after_on=date(2029, 1, 1))
    with clock.frozen(NOON):
        handed = files.change_state(case(), lead, "handed_over", reason="zuständig ist Hamm", version=1)
        running = case()
        elsewhere = CaseFactory(closed=True, delete_after_on=date(2029, 1, 1))
        assert handed.delete_after_on == date(2029, 11, 23)
        choose(office, lead, CASE, 1)
    for row in (closed, handed, running, elsewhere):
        row.refresh_from_db()
    assert closed.delete_after_on == date(2026, 10, 19)
    assert handed.delete_after_on == date(2027, 11, 23)
    assert running.delete_after_on is None
    assert elsewhere.delete_after_on == date(2029, 1, 1)


def test_a_new_period_holds_for_every_class(office, lead):
    town = MunicipalityFactory(code="unna", office=office)
    sent = SubmissionFactory(municipality=town, sent_at=NOON)
    accepted = SubmissionFactory(municipality=town, state="accepted", sent_at=NOON, delete_after_on=None)
    case = CaseFactory(founder=FounderFactory(office=office))
    missed = AppointmentFactory(
        case=case, starts_at=NOON, ends_at=NOON + timedelta(minutes=45), state="no_show", delete_after_on=NOON.date()
    )
    held = AppointmentFactory(
        case=case, starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=1, minutes=45), state="took_place"
    )
    message = MessageFactory(sent=True, office=office, sent_at=NOON)
    with clock.frozen(NOON):
        log_views(lead, [(office.pk, "case", case.uuid, ViewPurpose.CASE_WORK)])
        for code, amount in (("enquiry", 3), (NO_SHOW, 30), ("message", 30), ("access_log", 6)):
            choose(office, lead, code, amount)
    for row in (sent, accepted, missed, held, message):
        row.refresh_from_db()
    assert (sent.delete_after_on, accepted.delete_after_on) == (date(2027, 2, 23), None)
    assert (missed.delete_after_on, held.delete_after_on) == (date(2026, 12, 23), None)
    assert message.delete_after_on == date(2026, 12, 23)
    assert ViewLog.objects.get().delete_after_on == date(2027, 5, 23)


def test_new_rows_follow_what_the_office_chose(office, lead, django_assert_num_queries):
    choose(office, lead, "access_log", 6)
    with clock.frozen(NOON), django_assert_num_queries(1):
        log_views(lead, [(office.pk, "case", new_uuid(), ViewPurpose.CASE_WORK)])
    assert ViewLog.objects.get().delete_after_on == date(2027, 5, 23)


def test_drafts_follow_what_the_office_chose(office, lead):
    draft = SubmissionFactory(municipality=MunicipalityFactory(code="unna", office=office), draft=True)
    choose(office, lead, DRAFT, 2)
    assert draft_expires_at(draft) - draft.last_used_at == timedelta(hours=2)
    assert Submission.objects.filter(pk=draft.pk).exists()


# --- Pages ---
def test_every_class_is_listed_with_what_holds(client, office, lead, django_assert_max_num_queries):
    choose(office, lead, CASE, 5)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("retention:period_list")).content.decode()
    assert "5 Jahre" in page
    assert "24 Stunden" in page
    for found in retention.classes():
        assert str(found.label) in page


def test_the_hub_leads_there(client):
    assert reverse("retention:period_list") in client.get(reverse("people:office_settings")).content.decode()


def test_a_period_is_changed_on_its_page(client, office):
    address = reverse("retention:period_edit", args=[CASE])
    assert client.get(address).context["form"].initial == {"amount": 3, "version": 0}
    sent = {"amount": "4", "version": "0", "form_token": new_uuid()}
    for _again in range(2):
        assert client.post(address, sent).url == reverse("retention:period_list")
    row = RetentionPeriod.objects.get()
    assert (row.office, row.amount, row.version) == (office, 4, 1)


@pytest.mark.parametrize("amount", ["0", "11", "", "viele", "99999999999"])
def test_a_period_out_of_bounds_is_explained(client, amount):
    page = client.post(
        reverse("retention:period_edit", args=[CASE]), {"amount": amount, "version": "0", "form_token": new_uuid()}
    )
    assert page.status_code == 200
    assert page.context["form"].errors["amount"]
    assert not RetentionPeriod.objects.exists()


def test_who_was_slower_sees_it_and_may_send_again(client, office, lead):
    address = reverse("retention:period_edit", args=[CASE])
    choose(office, lead, CASE, 5)
    late = {"amount": "2", "version": "0", "form_token": new_uuid()}
    page = client.post(address, late)
    assert page.context["form"].data["version"] == "1"
    assert periods.period(office.pk, CASE).amount == 5
    client.post(address, late | {"version": "1"})
    assert periods.period(office.pk, CASE).amount == 2


@pytest.mark.parametrize("code", ["nothing", "invitation"])
def test_what_cannot_be_chosen_has_no_page(client, code):
    assert client.get(reverse("retention:period_edit", args=[code])).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.TEAM_LEAD, 200), (Role.ADMINISTRATOR, 200), (Role.ADVISOR, 404), (Role.PARTNER, 404)],
)
@pytest.mark.parametrize("name", ["retention:period_list", "retention:run_list"])
def test_only_who_runs_the_office_sees_the_pages(client, office, role, status, name):
    member = MembershipFactory(organisation=office, role=role)
    client.force_login(member.user)
    assert client.get(reverse(name)).status_code == status
