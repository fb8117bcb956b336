""" "My day": what waits for whom, in the order of urgency, and the usual next thing in one click."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from cases.appointments.models import Appointment
from cases.files.models import Deadline, PlanStep, TimelineEntry
from cases.referrals.models import Referral
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.messaging.enums import Channel
from intake.models import Submission
from tests.factories.appointments import AppointmentFactory
from tests.factories.documents import DocumentRequestFactory
from tests.factories.files import CaseFactory, DeadlineFactory, FounderFactory, PlanStepFactory
from tests.factories.intake import SubmissionFactory
from tests.factories.messaging import MessageFactory
from tests.factories.people import LeaveFactory, MembershipFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

from .conftest import NOON, Form, assert_kept_out, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

DAY = "/de/cases/"
MOST_QUERIES = 10


def shown(client, query="", part="") -> str:
    """The page, or one part of it as text without tags."""
    response = client.get(DAY + query)
    assert response.status_code == 200
    html = response.content.decode()
    if not part:
        return unescape(html)
    found = re.search(rf'<section[^>]* id="{part}".*?</section>', html, re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found.group()))) if found else ""


def of(office, advisor=None, name="Amina Nour", **case):
    return CaseFactory(founder=FounderFactory(office=office, name=name), advisor=advisor, **case)


def clicks(client, action, query="", **values):
    """Press the button of the form for `action` as the page shows it."""
    form = Form(shown(client, query), action + query)
    return form, form.send(client, **values)


# --- Who comes in ----------------------------------------------------------------------------------------------------


def test_after_signing_in_the_day_begins_here(client):
    assert client.get(reverse("people:home")).url == DAY


def test_nobody_else_gets_in(people):
    """Advisors of another office have a day of their own (see below)."""
    for who in ("partner", "anonymous"):
        assert_kept_out(people[who], "get", DAY)


def test_without_work_the_page_says_what_to_do(client, advisor):
    html = shown(client)
    assert "Für Sie wartet heute nichts" in html
    assert "/de/cases/?whose=office" in html


# --- Appointments ----------------------------------------------------------------------------------------------------


def test_todays_appointments_and_those_without_an_outcome(client, office, advisor, colleague):
    case = of(office, advisor)
    for days, hour, topic in ((0, 9, "Heute früh"), (0, 15, "Heute spät"), (-3, 10, "Freitag"), (1, 10, "Morgen")):
        starts_at = clock.at(NOON.date() + timedelta(days=days), hour)
        AppointmentFactory(
            case=case, advisor=advisor, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), topic=topic
        )
    starts_at = clock.at(NOON.date(), 9)
    AppointmentFactory(
        case=case, advisor=colleague, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), topic="Nicht mein"
    )
    text = shown(client, part="appointments")
    assert [text.index(topic) for topic in ("Heute früh", "Heute spät", "Freitag")] == sorted(
        text.index(topic) for topic in ("Heute früh", "Heute spät", "Freitag")
    )
    assert "Morgen" not in text
    assert "Nicht mein" not in text
    assert "Nicht mein" in shown(client, "?whose=office", part="appointments")


def test_it_took_place_with_one_click_and_a_second_click_does_nothing(client, office, advisor):
    starts_at = clock.at(NOON.date(), 9)
    case = of(office, advisor)
    appointment = AppointmentFactory(
        case=case, advisor=advisor, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45)
    )
    form, response = clicks(client, f"{DAY}day/appointments/{appointment.uuid}/")
    assert response.url == f"{DAY}#appointments"
    assert form.send(client).url == f"{DAY}#appointments"
    assert Appointment.objects.get().state == "took_place"
    assert TimelineEntry.objects.filter(kind="appointment_ended").count() == 1
    assert shown(client, part="appointments") == ""


def test_whoever_was_slower_is_told(client, office, advisor):
    starts_at = clock.at(NOON.date(), 9)
    appointment = AppointmentFactory(
        case=of(office, advisor), advisor=advisor, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45)
    )
    form = Form(shown(client), f"{DAY}day/appointments/{appointment.uuid}/")
    Appointment.objects.update(state="excused", version=2)
    assert form.send(client).url == DAY
    assert "Jemand anderes war schneller." in shown(client)
    assert Appointment.objects.get().state == "excused"


# --- Enquiries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "today", "waited", "badge"),
    [
        # Friday afternoon: Monday is the first working day.
        (
            date(2026, 11, 20),
            date(2026, 11, 23),
            "seit 1 Arbeitstag (Ziel: 2)",
            "Zu beantworten bis 24. November",
        ),
        # All Saints' Day on a Sunday, German Unity Day on a Saturday: nothing lost; but Easter is.
        (date(2026, 4, 2), date(2026, 4, 7), "seit 1 Arbeitstag (Ziel: 2)", "Zu beantworten bis 8. April"),
        # Christmas Eve is a working day, the 25th and 26th are not.
        (date(2026, 12, 23), date(2026, 12, 28), "seit 2 Arbeitstagen (Ziel: 2)", "Heute zu beantworten"),
        (
            date(2026, 11, 16),
            date(2026, 11, 23),
            "seit 5 Arbeitstagen (Ziel: 2)",
            "Überfällig seit 18. November",
        ),
    ],
)
def test_an_enquiry_has_its_age_in_working_days(client, office, sent, today, waited, badge):
    SubmissionFactory(office=office, persona=7, sent_at=clock.at(sent, 16))
    with clock.frozen(clock.at(today, 9)):
        text = shown(client, part="enquiries")
    assert waited in text
    assert badge in text
    assert "noch niemand" in text


def test_a_case_is_opened_with_one_click(client, submission, advisor):
    response = clicks(client, f"{DAY}inbox/{submission.uuid}/accept/")[1]
    submission.refresh_from_db()
    case = advisor.organisation and response.url
    assert re.fullmatch(r"/de/cases/[0-9a-f-]{36}/", case)
    assert submission.state == "accepted"


def test_what_looks_made_by_a_program_is_read_first(client, submission):
    Submission.objects.update(check_marks=["fast"])
    html = shown(client)
    assert f'action="{DAY}inbox/{submission.uuid}/accept/"' not in html
    assert f'href="{DAY}inbox/{submission.uuid}/"' in html


# --- Deadlines and steps ---------------------------------------------------------------------------------------------


def test_deadlines_near_or_past_stand_there_and_later_ones_do_not(client, office, advisor):
    for days, text in ((-1, "Gestern"), (14, "In zwei Wochen"), (15, "Danach")):
        DeadlineFactory(case=of(office, advisor), kind="other", text=text, due_on=NOON.date() + timedelta(days=days))
    text = shown(client, part="deadlines")
    assert text.index("Gestern") < text.index("In zwei Wochen")
    assert "Seit 22. November 2026 vorbei" in text
    assert "Danach" not in text


def test_a_deadline_is_done_with_one_click(client, office, advisor):
    deadline = DeadlineFactory(case=of(office, advisor))
    form, response = clicks(client, f"{DAY}day/deadlines/{deadline.uuid}/")
    assert response.url == form.send(client).url == f"{DAY}#deadlines"
    assert Deadline.objects.get().done_at == NOON
    assert TimelineEntry.objects.filter(kind="deadline_done").count() == 1


def test_a_step_that_is_due_is_done_with_one_click(client, office, advisor):
    step = PlanStepFactory(case=of(office, advisor), text="Mietvertrag zeigen", due_on=NOON.date())
    PlanStepFactory(case=step.case, office=office, text="Später", due_on=NOON.date() + timedelta(days=1))
    text = shown(client, part="steps")
    assert "Mietvertrag zeigen" in text
    assert "Später" not in text
    clicks(client, f"{DAY}day/steps/{step.uuid}/")
    assert PlanStep.objects.get(pk=step.pk).done_at == NOON


def test_ended_cases_ask_for_nothing(client, office, advisor):
    case = of(office, advisor, closed=True)
    DeadlineFactory(case=case)
    PlanStepFactory(case=case, due_on=NOON.date())
    assert "Für Sie wartet heute nichts" in shown(client)


def test_a_case_without_a_next_step_gets_one(client, office, advisor):
    case = of(office, advisor)
    AppointmentFactory(case=of(office, advisor, "Hat Termin"), advisor=advisor)
    PlanStepFactory(case=of(office, advisor, "Hat Schritt"))
    text = shown(client, part="idle")
    assert "Amina Nour" in text
    assert "Hat " not in text
    form, response = clicks(client, f"{DAY}day/plans/{case.uuid}/", text="Businessplan beginnen")
    assert response.url == form.send(client, text="Businessplan beginnen").url
    assert PlanStep.objects.get(case=case).text == "Businessplan beginnen"
    assert shown(client, part="idle") == ""


def test_a_step_without_words_is_not_lost_on_the_case_page(client, office, advisor):
    case = of(office, advisor)
    response = clicks(client, f"{DAY}day/plans/{case.uuid}/", text=" ")[1]
    assert response.status_code == 200
    assert "kern-error-summary" in response.content.decode()


# --- Messages, documents, referrals ----------------------------------------------------------------------------------


@pytest.fixture
def undelivered(office, advisor):
    case = of(office, advisor, last_contact_at=NOON - timedelta(days=3))
    appointment = AppointmentFactory(case=case, advisor=advisor)
    mail = {"office": office, "subject_uuid": appointment.uuid, "recipient_uuid": appointment.case.founder.uuid}
    for channel in Channel:
        MessageFactory(failed=True, channel=channel, **mail)
    return appointment


def test_a_message_that_did_not_arrive_waits_until_somebody_has_called(client, undelivered):
    text = shown(client, part="messages")
    assert "Nicht angekommen: E-Mail, SMS" in text
    action = f"{DAY}day/calls/{undelivered.case.uuid}/"
    clicks(client, action, reached="no")
    assert "Amina Nour" in shown(client, part="messages")
    clicks(client, action, reached="yes")
    assert shown(client, part="messages") == ""
    assert list(TimelineEntry.objects.order_by("id").values_list("kind", flat=True)) == ["call_missed", "call_reached"]
    undelivered.case.refresh_from_db()
    assert undelivered.case.last_contact_at == NOON


def test_a_document_is_looked_at(client, office, advisor):
    case = of(office, advisor)
    request = DocumentRequestFactory(case=case, state="received", received_at=NOON)
    DocumentRequestFactory(case=case, kind="eks")
    text = shown(client, part="documents")
    assert "Lebenslauf" in text
    assert "EKS" not in text
    assert f'href="{DAY}{case.uuid}/documents/{request.uuid}/"' in shown(client)


def referral_of(office, advisor, sent_on):
    case = of(office, advisor)
    consent = ConsentFactory(founder=case.founder, partner=MembershipFactory(partner=True).organisation)
    return ReferralFactory(case=case, consent=consent, sent_at=clock.at(sent_on, 9))


def test_a_partner_is_asked_again_after_five_working_days(client, office, advisor):
    waiting = referral_of(office, advisor, date(2026, 11, 13))
    referral_of(office, advisor, date(2026, 11, 16))  # five working days are over tonight
    text = shown(client, part="referrals")
    assert text.count("Der Partner") == 1
    form, response = clicks(client, f"{DAY}day/referrals/{waiting.uuid}/")
    assert response.url == form.send(client).url
    assert shown(client, part="referrals") == ""
    assert TimelineEntry.objects.get().params["referral"] == str(waiting.uuid)
    with clock.frozen(NOON + timedelta(days=8)):
        assert shown(client, part="referrals").count("Der Partner") == 2


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_a_partner_has_its_name_in_the_readers_language_else_in_german(client, office, advisor, language):
    referral = referral_of(office, advisor, date(2026, 11, 2))
    partner = referral.partner
    partner.name_de, partner.name_ar, partner.name_en = "Kammer", "غرفة", ""
    partner.save()
    html = client.get(f"/{language}/cases/").content.decode()
    assert {"de": "Kammer", "ar": "غرفة", "en": "Kammer"}[language] in html


def test_a_withdrawn_consent_leaves_nothing_to_ask(client, office, advisor):
    referral = referral_of(office, advisor, date(2026, 11, 2))
    form = Form(shown(client), f"{DAY}day/referrals/{referral.uuid}/")
    Referral.objects.get().consent.__class__.objects.update(withdrawn_at=NOON, withdrawn_by="phone")
    assert shown(client, part="referrals") == ""
    assert form.send(client).status_code == 404


# --- Whose day -------------------------------------------------------------------------------------------------------


def test_own_cases_stand_first_then_nobodys_and_others_only_in_the_offices_view(client, office, advisor, colleague):
    for name, who, days in (("Niemands", None, -9), ("Meiner", advisor, -1), ("Fremder", colleague, -5)):
        DeadlineFactory(case=of(office, who, name), due_on=NOON.date() + timedelta(days=days))
    text = shown(client, part="deadlines")
    assert text.index("Meiner") < text.index("Niemands")
    assert "Fremder" not in text
    assert "Wer handelt: Sie" in text
    text = shown(client, "?whose=office", part="deadlines")
    assert text.index("Niemands") < text.index("Fremder") < text.index("Meiner")
    assert "Wer handelt: Karim Muster" in text


def test_another_offices_day_is_empty(office, advisor):
    DeadlineFactory(case=of(office))
    SubmissionFactory(office=office, persona=7)
    assert "Für Sie wartet heute nichts" in shown(signed_in(MembershipFactory()), "?whose=office")


def test_a_click_leads_back_to_the_view_it_came_from(client, office, colleague):
    deadline = DeadlineFactory(case=of(office, colleague))
    response = clicks(client, f"{DAY}day/deadlines/{deadline.uuid}/", "?whose=office")[1]
    assert response.url == f"{DAY}?whose=office#deadlines"


def test_a_long_part_shows_six_lines_and_the_way_to_more(client, office, advisor):
    for _n in range(12):
        DeadlineFactory(case=of(office, advisor))
    assert shown(client, part="deadlines").count("Wer handelt") == 6
    assert f"{DAY}?only=deadlines" in shown(client)
    assert shown(client, "?only=deadlines", part="deadlines").count("Wer handelt") == 12


def test_unknown_words_in_the_address_are_left_out(client):
    assert client.get(f"{DAY}?whose=nobody&only=nothing").status_code == 200


# --- What it costs ---------------------------------------------------------------------------------------------------


def fill(office, advisor, lines, first=0):
    """`lines` of every part; the appointments begin `first` days from today."""
    for n in range(lines):
        case = of(office, advisor if n % 2 else None, f"Person {n}", last_contact_at=NOON - timedelta(days=3))
        DeadlineFactory(case=case)
        PlanStepFactory(case=case, due_on=NOON.date())
        of(office, advisor)
        late, soon = (clock.at(NOON.date() + timedelta(days=days), 9) for days in (-first - n, 1 + first + n))
        for starts_at in (late, soon):
            ends_at = starts_at + timedelta(minutes=30)
            appointment = AppointmentFactory(case=case, advisor=advisor, starts_at=starts_at, ends_at=ends_at)
        MessageFactory(failed=True, office=office, subject_uuid=appointment.uuid, recipient_uuid=case.founder.uuid)
        DocumentRequestFactory(case=case, state="received", received_at=NOON)
        referral_of(office, advisor, date(2026, 11, 2))
        SubmissionFactory(office=office, persona=7)


@pytest.mark.parametrize("query", ["", "?whose=office"])
def test_fifty_lines_ask_as_often_as_one(client, office, advisor, capture_queries, query):
    def asked() -> list[str]:
        client.get(DAY + query)
        with capture_queries() as queries:
            shown(client, query)
        return [q["sql"] for q in queries.captured_queries if q["sql"].startswith(("SELECT", "("))]

    fill(office, advisor, 1)
    few = asked()
    fill(office, advisor, 50, first=1)
    many = asked()
    assert len(few) == len(many) <= MOST_QUERIES, "\n".join(sql[:150] for sql in many)


# --- Deputies --------------------------------------------------------------------------------------------------------


def test_the_deputy_sees_the_cases_of_who_is_away_after_the_own_ones(
    client, office, advisor, colleague, capture_queries
):
    for owner, name in ((colleague, "Von Karim"), (None, "Von niemand"), (advisor, "Von mir")):
        DeadlineFactory(case=of(office, owner, name=name))
    assert "Von Karim" not in shown(client)
    LeaveFactory(membership=colleague, deputy=advisor)
    with capture_queries() as queries:
        text = shown(client, part="deadlines")
    assert len(queries) <= MOST_QUERIES
    assert text.index("Von mir") < text.index("Von Karim") < text.index("Von niemand")
    assert "Sie, in Vertretung für Karim Muster" in text
    assert "Sie vertreten Karim Muster bis 29" in re.sub(r"<[^>]+>|[\u2066-\u2069]", "", shown(client))
    with clock.frozen(NOON + timedelta(days=7)):
        assert "Von Karim" not in shown(client)


def test_my_cases_are_theirs_too_while_they_are_away(client, office, advisor, colleague):
    of(office, colleague, name="Von Karim")
    of(office, name="Von niemand")
    LeaveFactory(membership=colleague, deputy=advisor)
    html = unescape(client.get("/de/cases/list/?advisor=mine").content.decode())
    assert "Von Karim" in html
    assert "Von niemand" not in html
    assert "Sie vertreten Karim Muster" in html
