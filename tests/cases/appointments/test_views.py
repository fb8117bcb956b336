"""Advisors plan, move, cancel and close appointments on their pages."""

from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.appointments import services
from cases.appointments.forms import AppointmentForm
from cases.appointments.models import Appointment
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import at
from gruendungswerkstatt.messaging.models import Message
from tests.factories.appointments import AppointmentFactory, days_from_now
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(noon):
    """Days in the forms below lie ahead."""


@pytest.fixture
def staff(client, advisor):
    """A client signed in as the advisor."""
    client.force_login(advisor.user)
    return client


@pytest.fixture
def appointment(case, advisor):
    return services.plan(case, advisor, advisor=advisor, starts_at=days_from_now(7), address="Bahnhofstraße 1")


def new_path(case) -> str:
    return reverse("appointments:appointment_new", args=[case.uuid])


def path_of(name: str, appointment) -> str:
    return reverse(f"appointments:appointment_{name}", args=[appointment.uuid])


def entered(member, moment=None, /, **changes) -> dict:
    """What an advisor types into the form."""
    moment = clock.local(moment or days_from_now(7))
    return {
        "form_token": str(uuid4()),
        "starts_at_day": str(moment.day),
        "starts_at_month": str(moment.month),
        "starts_at_year": str(moment.year),
        "starts_at_time": f"{moment:%H:%M}",
        "minutes": "45",
        "advisor": str(member.uuid),
        "place": "office",
        "address": "",
        "topic": "",
    } | changes


def errors(response) -> dict:
    return {field: list(found) for field, found in response.context["form"].errors.items()}


# --- Who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["move", "cancel", "outcome"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", [{}, {"team_lead": True}, {"partner": True}], ids=["advisor", "team lead", "partner"])
def test_other_office_gets_404(client, appointment, name, method, who):
    client.force_login(MembershipFactory(**who).user)
    assert getattr(client, method)(path_of(name, appointment)).status_code == 404


@pytest.mark.parametrize("who", [{}, {"partner": True}], ids=["advisor", "partner"])
def test_other_office_cannot_plan(client, case, who):
    client.force_login(MembershipFactory(**who).user)
    assert client.get(new_path(case)).status_code == 404
    assert client.post(new_path(case), {}).status_code == 404


def test_strangers_are_asked_to_sign_in(client, case, appointment):
    for path in (new_path(case), path_of("move", appointment), reverse("appointments:appointment_list")):
        assert client.get(path).status_code == 302


def test_a_partner_has_no_agenda(client):
    client.force_login(MembershipFactory(partner=True).user)
    assert client.get(reverse("appointments:appointment_list")).status_code == 404


IN_THE_HOUR_THAT_DOES_NOT_EXIST = {
    "starts_at_day": "28",
    "starts_at_month": "3",
    "starts_at_year": "2027",
    "starts_at_time": "02:30",
}

# --- Planning --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_every_page_opens_in_every_language(staff, case, appointment, language):
    paths = [new_path(case), reverse("appointments:appointment_list")]
    paths += [path_of(name, appointment) for name in ("move", "cancel", "outcome")]
    for path in paths:
        response = staff.get(path.replace("/de/", f"/{language}/", 1))
        assert response.status_code == 200
        assert f'lang="{language}"' in response.content.decode()


def test_an_appointment_is_planned_and_one_is_led_to_the_case(staff, case, advisor):
    response = staff.post(new_path(case), entered(advisor, topic="Finanzplan"))
    assert response["Location"] == reverse("cases:case_detail", args=[case.uuid])
    appointment = Appointment.objects.get()
    assert appointment.starts_at == days_from_now(7)
    assert (appointment.case, appointment.advisor, appointment.created_by) == (case, advisor, advisor)
    assert (appointment.topic, appointment.minutes) == ("Finanzplan", 45)
    assert appointment.address == "Bismarckstraße 21, 59425 Unna"


def test_arabic_digits_are_numbers(staff, case, advisor):
    given = {"starts_at_day": "٣٠", "starts_at_month": "11", "starts_at_year": "٢٠٢٦", "starts_at_time": "١٤:٣٠"}
    staff.post(new_path(case), entered(advisor, **given))
    assert Appointment.objects.get().starts_at == at(date(2026, 11, 30), 14, 30)


def test_sending_twice_plans_once(staff, case, advisor):
    data = entered(advisor)
    first, second = staff.post(new_path(case), data), staff.post(new_path(case), data)
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1
    assert Message.objects.filter(kind="appointment_booked").count() == 1


def test_a_taken_time_is_told_beside_the_field_and_nothing_is_lost(staff, case, advisor, appointment):
    response = staff.post(new_path(case), entered(advisor, topic="Finanzplan"))
    assert response.status_code == 200
    assert list(errors(response)) == ["starts_at"]
    page = response.content.decode()
    assert "Die Beraterin oder der Berater hat zu dieser Zeit schon einen Termin." in page
    assert 'value="Finanzplan"' in page
    # and the same form goes through once another time is chosen
    data = entered(advisor, days_from_now(8), form_token=response.context["form"]["form_token"].value())
    assert staff.post(new_path(case), data).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at_day": ""}, "starts_at"),
        ({"starts_at_day": "31", "starts_at_month": "2"}, "starts_at"),
        ({"starts_at_year": "2025"}, "starts_at"),
        ({"starts_at_year": "9999"}, "starts_at"),
        ({"starts_at_time": "25:00"}, "starts_at"),
        (
            {"starts_at_day": "28", "starts_at_month": "3", "starts_at_year": "2027", "starts_at_time": "02:30"},
            "starts_at",
        ),
        ({"starts_at_time": "23:30"}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "900"}, "minutes"),
        ({"minutes": "-45"}, "minutes"),
        ({"minutes": "🎈"}, "minutes"),
        ({"advisor": "00000000-0000-4000-8000-000000000000"}, "advisor"),
        ({"advisor": ""}, "advisor"),
        ({"place": "moon"}, "place"),
        ({"place": "partner", "address": ""}, "address"),
        ({"address": "Jobcenter, Bismarckstr. 21"}, "address"),
        ({"address": "مركز العمل في أونا"}, "address"),
        ({"address": "x" * 10_000}, "address"),
        ({"topic": "x" * 10_000}, "topic"),
        ({"form_token": ""}, "form_token"),
        ({"form_token": "nonsense"}, "form_token"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_is_answered_beside_the_field(staff, case, advisor, changes, field):
    response = staff.post(new_path(case), entered(advisor, **changes))
    assert response.status_code == 200
    assert list(errors(response)) == [field]
    assert not Appointment.objects.exists()
    assert not Message.objects.exists()


def test_wild_text_is_kept_or_refused_but_never_a_server_error(staff, case, advisor):
    wild = "a\x00b\x1b\u202e\ud800 e\u0301 🎈"
    body = urlencode(entered(advisor, topic=wild, address=wild), errors="surrogatepass")
    response = staff.post(new_path(case), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 302
    appointment = Appointment.objects.get()
    assert appointment.topic == appointment.address
    assert appointment.topic.startswith("ab\u202e")
    assert appointment.topic.endswith("\u00e9 🎈")


def test_a_colleague_of_another_office_cannot_be_chosen(staff, case, advisor):
    stranger = MembershipFactory()
    response = staff.post(new_path(case), entered(advisor, advisor=str(stranger.uuid)))
    assert list(errors(response)) == ["advisor"]


def test_a_talk_by_phone_has_no_address(staff, case, advisor):
    staff.post(new_path(case), entered(advisor, place="phone", address="Bahnhofstraße 1"))
    assert Appointment.objects.get().address == ""


def test_unusual_hours_are_remarked_and_planned(staff, case, advisor):
    sunday = at(date(2026, 11, 29), 7)
    response = staff.post(new_path(case), entered(advisor, sunday))
    notes = [cookie.value for name, cookie in response.cookies.items() if name == "messages"]
    assert response.status_code == 302
    assert Appointment.objects.get().starts_at == sunday
    assert notes


def test_a_closed_case_says_no(staff, case, advisor):
    type(case).objects.filter(pk=case.pk).update(state="handed_over")
    response = staff.post(new_path(case), entered(advisor))
    assert list(errors(response)) == ["__all__"]


# --- Changing --------------------------------------------------------------------------------------------------------


def test_the_form_to_move_shows_what_is(staff, appointment):
    form = staff.get(path_of("move", appointment)).context["form"]
    assert form["starts_at"].value() == appointment.starts_at
    assert (form["minutes"].value(), form["version"].value()) == (45, 1)


def test_moving(staff, appointment, advisor):
    response = staff.post(path_of("move", appointment), entered(advisor, days_from_now(9), version="1"))
    assert response.status_code == 302
    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.version) == (days_from_now(9), 2)


def test_somebody_was_quicker_and_nothing_typed_is_lost(staff, appointment, advisor):
    given = {"advisor": advisor, "starts_at": days_from_now(8), "minutes": 45, "place": "office"}
    services.move(appointment, advisor, version=1, **given)
    data = entered(advisor, days_from_now(9), version="1", topic="Finanzplan")
    response = staff.post(path_of("move", appointment), data)
    assert response.status_code == 200
    assert list(errors(response)) == ["__all__"]
    page = response.content.decode()
    assert 'value="Finanzplan"' in page
    assert '<input type="hidden" name="version" value="2"' in page
    data["version"] = "2"
    assert staff.post(path_of("move", appointment), data).status_code == 302
    appointment.refresh_from_db()
    assert appointment.starts_at == days_from_now(9)


def test_cancelling(staff, appointment):
    data = {"form_token": str(uuid4()), "version": "1", "cancelled_by": "founder"}
    assert staff.post(path_of("cancel", appointment), data).status_code == 302
    appointment.refresh_from_db()
    assert (appointment.state, appointment.cancelled_by) == ("cancelled", "founder")


def test_looking_at_the_question_cancels_nothing(staff, appointment):
    staff.get(path_of("cancel", appointment))
    appointment.refresh_from_db()
    assert appointment.is_planned


def test_recording_what_became_of_it(staff, appointment):
    data = {"form_token": str(uuid4()), "version": "1", "outcome": "took_place"}
    assert list(errors(staff.post(path_of("outcome", appointment), data))) == ["__all__"]
    with clock.frozen(appointment.ends_at):
        assert staff.post(path_of("outcome", appointment), data).status_code == 302
    appointment.refresh_from_db()
    assert appointment.state == "took_place"


@pytest.mark.parametrize("outcome", ["planned", "cancelled", "", "nonsense"])
def test_outcomes_that_are_none(staff, appointment, outcome):
    data = {"form_token": str(uuid4()), "version": "1", "outcome": outcome}
    with clock.frozen(appointment.ends_at):
        assert list(errors(staff.post(path_of("outcome", appointment), data))) == ["outcome"]


# --- The agenda ------------------------------------------------------------------------------------------------------


def test_the_agenda_shows_days_and_what_lacks_an_outcome(staff, case, advisor, appointment):
    AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(-1))
    today = AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(0, 15))
    response = staff.get(reverse("appointments:appointment_list"))
    days = response.context["days"]
    assert [(day.day, day.is_today) for day in days] == [(date(2026, 11, 23), True), (date(2026, 11, 30), False)]
    assert days[0].appointments == [today]
    page = response.content.decode()
    assert "Ergebnis fehlt" in page
    assert case.founder.display_name in page


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_queries_does_not_grow(staff, case, advisor, count, django_assert_num_queries):
    for number in range(count):
        AppointmentFactory(case=case, advisor=advisor, starts_at=days_from_now(1 + number))
    with django_assert_num_queries(5):  # session, user, membership, agenda, without outcome
        staff.get(reverse("appointments:appointment_list"))


# --- Anything typed --------------------------------------------------------------------------------------------------


FIELDS = [
    "starts_at_day",
    "starts_at_month",
    "starts_at_year",
    "starts_at_time",
    "minutes",
    "advisor",
    "place",
    "address",
    "topic",
]


@given(typed=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_form_survives_anything(office, advisor, typed):
    form = AppointmentForm(entered(advisor) | typed, office=office)
    if form.is_valid():
        assert form.details()["starts_at"].tzinfo is not None
    else:
        assert set(form.errors) <= {"starts_at", "minutes", "advisor", "place", "address", "topic"}
