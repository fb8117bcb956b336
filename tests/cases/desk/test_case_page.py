"""The case page: what it shows, to whom, and with how many queries."""

import re
from datetime import date, timedelta

import pytest

from cases.desk.views.case import TIMELINE_SIZE
from cases.files import services
from cases.files.enums import TimelineKind
from cases.files.models import AskBack
from cases.files.opening import open_case
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common import clock
from intake import hint_editing, office_hints
from intake.office_hints import HintWording
from tests.factories.appointments import AppointmentFactory
from tests.factories.documents import DocumentRequestFactory
from tests.factories.files import (
    CaseFactory,
    DeadlineFactory,
    FollowUpFactory,
    FounderFactory,
    PlanStepFactory,
    TimelineEntryFactory,
)
from tests.factories.intake import SHORT_WAY, SubmissionFactory
from tests.factories.people import MembershipFactory
from tests.factories.referrals import ConsentFactory, ConsentRequestFactory, ReferralFactory

from .conftest import NOON, assert_kept_out

pytestmark = pytest.mark.django_db


def page_of(case, language="de"):
    return f"/{language}/cases/{case.uuid}/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def shown(client, case, language="de"):
    return text(client.get(page_of(case, language)))


def test_names_reference_and_advisor(client, office, advisor):
    founder = FounderFactory(office=office, name="Asma", name_latin="Asmaa Abdulghani", name_original="أسماء عبد الغني")
    case = CaseFactory(founder=founder, advisor=advisor, reference="4821-9037")
    html = shown(client, case)
    assert '<h1 class="kern-heading-x-large"><bdi>Asmaa Abdulghani</bdi></h1>' in html
    assert "Asma</bdi>" in html
    assert "أسماء عبد الغني</bdi>" in html
    assert '<bdi dir="ltr">4821-9037</bdi>' in html
    assert "Petra Beispiel" in html


@pytest.mark.parametrize(
    ("phase", "marks"),
    [
        ("access", ["current", "later", "later", "later", "later"]),
        ("planning", ["done", "done", "current", "later", "later"]),
        ("consolidation", ["done", "done", "done", "done", "current"]),
    ],
)
def test_the_way_through_the_phases(client, office, phase, marks):
    response = client.get(page_of(CaseFactory(founder=FounderFactory(office=office), phase=phase)))
    assert [mark.mark for mark in response.context["head"].phases] == marks
    assert text(response).count('aria-current="step"') == 1


def test_contact_is_written_left_to_right(client, office):
    founder = FounderFactory(
        office=office,
        phone="+491713920017",
        email="amina@example.org",
        is_phone_shared=True,
        languages=["ti", "ar"],
        needs_interpreter=True,
        safe_times=["morning"],
        wants_sms=True,
    )
    html = shown(client, CaseFactory(founder=founder), "ar")
    assert 'href="tel:+491713920017"><bdi dir="ltr">' in html
    assert '<bdi dir="ltr">amina@example.org</bdi>' in html
    assert "يستخدم آخرون هذا الهاتف أيضًا" in html
    german = shown(client, CaseFactory(founder=founder))
    for words in ("Tigrinya, Arabisch", "Nötig", "Am Vormittag", "SMS"):
        assert words in german, words


@pytest.mark.parametrize(
    ("may_call", "note"),
    [(False, "Bitte rufen Sie die helfende Person nicht an."), (None, "Bitte fragen Sie erst nach"), (True, "")],
)
def test_whether_the_helper_may_be_called_stands_beside_the_number(client, office, may_call, note):
    notes = {"Bitte rufen Sie die helfende Person nicht an.", "Bitte fragen Sie erst nach"}
    founder = FounderFactory(office=office, helper_contact="Rojda, +491713920099", may_call_helper=may_call)
    html = shown(client, CaseFactory(founder=founder))
    assert "<bdi>Rojda</bdi>" in html
    assert 'href="tel:+491713920099"' in html
    assert {found for found in notes if found in html} == ({note} if note else set())


@pytest.mark.parametrize(
    ("known", "is_offered", "is_open"),
    [
        ({"is_adult": None}, True, True),
        ({"is_adult": True}, True, False),
        ({"is_adult": None, "born_on": date(1990, 5, 4), "born_precision": "day"}, False, False),
    ],
)
def test_the_age_is_asked_for_until_it_is_known_exactly(client, office, known, is_offered, is_open):
    html = shown(
        client, CaseFactory(founder__office=office, **{f"founder__{key}": value for key, value in known.items()})
    )
    assert ("18 oder älter: " in html) == is_offered
    assert bool(re.search(r'<details class="kern-accordion" open>\s*<summary[^>]*><span[^>]*>18 oder', html)) == is_open


@pytest.mark.parametrize(("language", "words"), [("de", "März 2027"), ("ar", "آذار / مارس 2027"), ("en", "March 2027")])
def test_a_planned_start_is_a_month(client, office, language, words):
    html = shown(client, CaseFactory(founder__office=office, planned_start_on=date(2027, 3, 1)), language)
    assert words in html
    assert not re.search(rf"1\.?\s+{words}", html)


@pytest.mark.parametrize(
    ("fields", "warnings"),
    [
        ({}, []),
        ({"planned_start_on": date(2027, 3, 1)}, ["start_without_application"]),
        ({"planned_start_on": date(2027, 3, 1), "has_application": False}, ["start_without_application"]),
        (
            {"planned_start_on": date(2027, 3, 1), "has_application": True, "application_received_at": NOON},
            [],
        ),
        ({"founder__is_adult": False}, ["under_18"]),
        ({"founder__is_adult": None}, ["age_unknown"]),
        ({"founder__is_adult": None, "founder__born_on": date(1990, 5, 4), "founder__born_precision": "day"}, []),
        ({"founder__is_adult": False, "state": "resting"}, ["under_18"]),
        ({"founder__is_adult": False, "closed": True}, []),
    ],
)
def test_warnings(client, office, fields, warnings):
    case = CaseFactory(founder__office=office, **fields)
    response = client.get(page_of(case))
    assert [warning.value for warning in response.context["warnings"]] == warnings
    assert text(response).count("kern-alert--warning") == len(warnings)


def test_money_asked_for_and_not_recorded(client, office, advisor):
    case = open_case(SubmissionFactory(office=office, answers=SHORT_WAY | {"wants_money": "yes"}), advisor)
    assert "In der Anfrage wurde um Geld gebeten." in shown(client, case)
    services.record_application(case, advisor, False, version=1)
    assert "In der Anfrage wurde um Geld gebeten." not in shown(client, case)


def test_suggested_steps_in_the_advisors_language_with_the_way_to_help(client, office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=7), advisor)
    html = shown(client, case)
    assert "§ 43 IfSG" in html
    assert "/de/network/?topic=erlaubnisse" in html


def test_steps_done_and_late(client, case, noon):
    PlanStepFactory(case=case, text="Zeugnis bringen", due_on=date(2026, 11, 20))
    PlanStepFactory(case=case, text="Lebenslauf", done_at=NOON)
    html = shown(client, case)
    assert "Verspätet" in html
    assert "1 Schritt erledigt" in html


def test_a_step_whose_hint_is_gone_is_still_shown(client, case):
    PlanStepFactory(case=case, text="", hint_code="vanished")
    assert "vanished" in shown(client, case)


def test_the_answers_are_there(client, office, advisor):
    case = open_case(SubmissionFactory(office=office, persona=7), advisor)
    answers = f"{page_of(case)}answers/"
    assert f'href="{answers}"' in shown(client, case)
    html = text(client.get(answers))
    assert "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €" in html
    assert "Weitere Anfrage" not in html


def test_a_case_without_an_enquiry_has_no_answers(client, case):
    assert f"{page_of(case)}answers/" not in shown(client, case)
    assert client.get(f"{page_of(case)}answers/").status_code == 200


def test_next_appointment_and_panels(client, case, noon):
    AppointmentFactory(case=case, starts_at=NOON + timedelta(days=9))
    AppointmentFactory(case=case, starts_at=NOON + timedelta(days=2))
    html = shown(client, case)
    assert "Nächster Termin" in html
    assert client.get(page_of(case)).context["next_appointment"].starts_at == NOON + timedelta(days=2)
    assert 'id="appointments"' in html
    assert 'id="referrals"' in html


EVERY_LINE = {
    "case_opened": ({}, "Fall eröffnet"),
    "phase_changed": ({"before": "access", "after": "orientation"}, "Orientierung (vorher: Zugang)"),
    "state_changed": ({"after": "closed", "outcome": "moved_away"}, "Geschlossen · Wegzug"),
    "advisor_changed": ({"advisor": "Karim Muster"}, "Karim Muster"),
    "appointment_planned": (
        {"starts_at": "2026-11-30T10:00:00+01:00"},
        "Montag, 30. November 2026, 10:00 Uhr",
    ),
    "appointment_cancelled": (
        {"starts_at": "2026-11-30T10:00:00+01:00", "cancelled_by": "founder"},
        "10:00 Uhr · Die Gründer:in",
    ),
    "appointment_ended": (
        {"starts_at": "2026-11-30T10:00:00+01:00", "outcome": "took_place"},
        "Hat stattgefunden",
    ),
    "consent_given": ({"partner": "HWK"}, "<bdi>HWK</bdi>"),
    "referred": ({"partner": "HWK", "offer": "Beratung"}, "<bdi>HWK</bdi> · <bdi>Beratung</bdi>"),
    "referral_answered": ({"partner": "HWK", "answer": "accepted"}, "<bdi>HWK</bdi> · Angenommen"),
    "step_done": ({"hint": "food_hygiene"}, "Schritt erledigt"),
    "application_recorded": (
        {"application": "yes", "received_at": "2026-11-20T09:05:00+01:00"},
        "Ja · Freitag",
    ),
}


@pytest.mark.parametrize("kind", EVERY_LINE)
def test_a_line_of_each_room_in_words(client, case, advisor, kind):
    params, words = EVERY_LINE[kind]
    services.record(case, TimelineKind(kind), advisor, params=params)
    assert words in shown(client, case)


def test_a_step_of_a_hint_is_named_as_the_office_names_it(client, case, advisor):
    hint_editing.publish(
        case.office,
        advisor,
        office_hints.slot(case.office, "food_hygiene"),
        hint_editing.Draft(texts={"de": HintWording("Schulung beim Kreis", "Bitte klären Sie die Schulung.")}),
        version=0,
    )
    services.record(case, TimelineKind.STEP_DONE, advisor, params={"hint": "food_hygiene"})
    assert "Schulung beim Kreis" in shown(client, case)


@pytest.mark.parametrize("kind", TimelineKind.values)
@pytest.mark.parametrize("params", [{}, dict.fromkeys(("before", "after", "starts_at", "hint", "answer"), "vanished")])
def test_a_line_with_codes_that_no_longer_exist_breaks_nothing(client, case, kind, params):
    TimelineEntryFactory(case=case, kind=kind, params=params)
    assert client.get(page_of(case)).status_code == 200


def test_a_partners_line_names_the_partner(client, case):
    partner = MembershipFactory(partner=True, organisation__name="Handwerkskammer")
    services.record(case, TimelineKind.REFERRAL_ANSWERED, partner, params={"answer": "accepted"})
    assert "(<bdi>Handwerkskammer</bdi>)" in shown(client, case)


def test_older_lines_are_on_the_next_page(client, case):
    for number in range(TIMELINE_SIZE + 5):
        TimelineEntryFactory(case=case, text=f"Zeile {number:02}.", happened_at=NOON + timedelta(minutes=number))
    first = client.get(page_of(case))
    assert f"Zeile {TIMELINE_SIZE + 4:02}." in text(first)
    assert "Zeile 04." not in text(first)
    older = client.get(first.context["story"].earlier)
    assert "Zeile 04." in text(older)
    assert "Zeile 05." not in text(older)


@pytest.mark.parametrize("cursor", ["x", "W10", "%00", "a" * 3000])
def test_a_cursor_of_nobody_shows_the_newest(client, case, cursor):
    TimelineEntryFactory(case=case, text="Zeile")
    assert "Zeile" in text(client.get(page_of(case), {"timeline": cursor}))


def fill(case, advisor, count):
    TimelineEntryFactory.create_batch(10 * count, case=case, author=advisor)
    for number in range(count):
        services.add_note(case, advisor, f"Notiz {number}")
        PlanStepFactory(case=case, done_at=clock.now() if number % 3 == 2 else None)
        DeadlineFactory(case=case, done_at=clock.now() if number % 3 == 2 else None)
        AppointmentFactory(case=case, starts_at=clock.now() + timedelta(days=number))
        DocumentRequestFactory(case=case, asked_by=advisor)
        consent = ConsentFactory(founder=case.founder)
        ReferralFactory(consent=consent, case=case)
        ConsentRequestFactory(case=case)


def test_a_long_file_asks_no_more_than_a_short_one(client, office, advisor, capture_queries):
    """The longer one has 300 lines, and 30 of each thing that its page shows."""
    counts = []
    for size in (1, 30):
        case = open_case(SubmissionFactory(office=office, persona=8), advisor, advisor)
        fill(case, advisor, size)
        client.get(page_of(case))  # what a process keeps in mind is known after the first time
        with capture_queries() as queries:
            assert client.get(page_of(case)).status_code == 200
        counts.append(len(queries))
    # session, user, membership, case with questions to the founder and follow-ups, timeline, steps and deadlines,
    # appointments, referrals with consents and the questions that wait, documents; and, when the page is sent, the look
    assert counts == [10, 10]


def test_a_closed_case_asks_no_more(client, office, advisor, capture_queries):
    follow_up = FollowUpFactory(
        case__founder__office=office, state="done", is_in_business=True, work="full", text="Läuft", recorded_by=advisor
    )
    asked = AskBack.objects.create(
        office=office, case=follow_up.case, asked_by=advisor, text="Wann?", state="answered", answer="Jetzt",
        answered_at=NOON,
    )  # fmt: skip
    client.get(page_of(follow_up.case))
    with capture_queries() as queries:
        html = shown(client, follow_up.case)
    assert len(queries) == 10
    for words in ("Läuft", asked.text, asked.answer, "Neue Antwort"):
        assert words in html
    assert html.count(f"<bdi>{advisor.user.name}</bdi>") >= 2  # who recorded, who asked


def test_forms_wait_on_pages_of_their_own(client, case):
    html = shown(client, case)
    assert html.count("<textarea") == 2  # the note, a question to the founder
    for name in ("phase", "application", "advisor", "state", "steps", "deadlines"):
        address = f"{page_of(case)}{name}/"
        assert f'hx-get="{address}"' in html
        part = re.search(rf'hx-get="{address}"[^>]* hx-select="#([\w-]+)"', html).group(1)
        assert re.search(rf'id="{part}">.*?<form method="post" action="{address}"', text(client.get(address)), re.S)


def test_opening_is_logged_every_time(client, case, advisor):
    client.get(page_of(case))
    client.post(f"{page_of(case)}note/", {"text": ""})
    log = ViewLog.objects.filter(subject_uuid=case.uuid)
    assert [(e.viewer, e.office, e.purpose, e.subject_kind) for e in log] == [
        (advisor.user, case.office, "case_work", "case")
    ] * 2


@pytest.mark.parametrize("who", ["other office", "partner", "anonymous"])
def test_others_do_not_get_in(people, case, who):
    assert_kept_out(people[who], "get", page_of(case))
    assert not ViewLog.objects.exists()


def test_a_case_that_does_not_exist_is_not_found(client, case):
    assert client.get("/de/cases/0198f000-0000-7000-8000-000000000000/").status_code == 404
