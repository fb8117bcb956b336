"""The forms of the case page: written once, refused with a reason, nothing that was typed is lost."""

from datetime import timedelta

import pytest

from cases.files import services
from cases.files.models import Case, Note, PlanStep, TimelineEntry
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory, PlanStepFactory
from tests.factories.intake import SHORT_WAY, SubmissionFactory
from tests.factories.people import MembershipFactory

from .case_forms import STALE, address, fresh, page_of, refused, sent
from .conftest import NOON, assert_kept_out

pytestmark = pytest.mark.django_db


# --- Notes -----------------------------------------------------------------------------------------------------------


def test_a_note(client, form, case, advisor):
    response = form("note").send(client, text="Ruft morgen an.\r\nمرحبا 👍")
    assert response.url == f"{page_of(case)}#timeline"
    note = Note.objects.get()
    assert (note.text, note.author, note.case) == ("Ruft morgen an.\nمرحبا 👍", advisor, case)
    html = client.get(page_of(case)).content.decode()
    assert "Die Notiz ist gespeichert." in html
    assert "Ruft morgen an.<br>مرحبا 👍" in html


def test_a_double_click_writes_one_note(client, form):
    note = form("note")
    assert note.send(client, text="Einmal").url == note.send(client, text="Einmal").url
    assert Note.objects.count() == 1


def test_two_tabs_write_two_notes(client, form):
    first, second = form("note"), form("note")
    first.send(client, text="Eins")
    second.send(client, text="Zwei")
    assert Note.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Bitte füllen Sie dieses Feld aus."),
        (" \n\t", "Bitte füllen Sie dieses Feld aus."),
        ("\x00\x01", "Bitte füllen Sie dieses Feld aus."),
        ("ü" * 10_001, "Er hat 10.001 Zeichen, möglich sind 10.000."),
    ],
)
def test_a_note_that_cannot_be_saved(client, form, text, message):
    html = refused(form("note").send(client, text=text))
    assert message in html
    if "ü" in text:
        assert text in html
    assert not Note.objects.exists()


def test_a_note_in_decomposed_letters_is_composed(client, form):
    form("note").send(client, text="S\u0327e\u0302rîn.")
    assert Note.objects.get().text == "Şêrîn."


def test_a_closed_case_still_takes_notes(client, form_on, office):
    case = CaseFactory(founder__office=office, closed=True)
    form_on(page_of(case), address(case, "note")).send(client, text="Meldet sich")
    assert Note.objects.count() == 1


# --- Age -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "recorded"), [("yes", True), ("no", False)])
def test_an_age_is_recorded_without_a_line(client, form_on, office, answer, recorded):
    case = CaseFactory(founder__office=office, founder__is_adult=None)
    age = form_on(page_of(case), address(case, "age"))
    for _twice in range(2):
        assert age.send(client, is_adult=answer).url == page_of(case)
    case = Case.objects.select_related("founder").get(pk=case.pk)
    assert (case.founder.is_adult, case.version, case.founder.version) == (recorded, 2, 2)
    assert not TimelineEntry.objects.exists()
    html = client.get(page_of(case)).content.decode()
    assert "Alter noch nicht bekannt" not in html
    assert ("Unter 18" in html) is not recorded


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_an_age_that_is_no_answer(client, form_on, office, answer):
    case = CaseFactory(founder__office=office, founder__is_adult=None)
    refused(form_on(page_of(case), address(case, "age")).send(client, is_adult=answer))
    assert Case.objects.get().founder.is_adult is None


def test_an_age_from_an_old_page_is_not_recorded(client, form_on, office, advisor):
    case = CaseFactory(founder__office=office, founder__is_adult=None)
    age = form_on(page_of(case), address(case, "age"))
    services.record_age(case, False, version=1)
    assert STALE in refused(age.send(client, is_adult="yes"))
    assert Case.objects.get().founder.is_adult is False


def test_the_age_of_another_offices_founder(client, form):
    other = CaseFactory(founder__is_adult=None)
    sent = {"is_adult": "yes", "version": "1", "form_token": str(new_uuid())}
    assert client.post(address(other, "age"), sent).status_code == 404
    assert Case.objects.get(pk=other.pk).founder.is_adult is None


# --- Advisor, application, steps -------------------------------------------------------------------------------------


def test_assigning(client, form, case, colleague):
    form("advisor").send(client, advisor=str(colleague.uuid))
    assert fresh(case).advisor == colleague
    form("advisor").send(client, advisor="nobody")
    assert fresh(case).advisor is None


def test_a_stranger_is_not_offered_and_not_taken(client, form, case, advisor):
    stranger = MembershipFactory()
    assign = form("advisor")
    assert str(stranger.uuid) not in assign.html
    refused(assign.send(client, advisor=str(stranger.uuid)))
    assert fresh(case).advisor == advisor


def test_an_advisor_who_left_stays_shown_and_cannot_be_chosen_again(client, form, case, colleague):
    case.advisor = colleague
    case.save(update_fields=["advisor"])
    colleague.ended_at = NOON
    colleague.save(update_fields=["ended_at"])
    assign = form("advisor")
    assert assign.values["advisor"] == str(colleague.uuid)
    html = refused(assign.send(client))
    assert "Diese Person arbeitet nicht an Fällen Ihrer Stelle." in html


def test_an_application_asked_for_in_the_enquiry_was_received_with_it(client, form, case, noon):
    case.submission = SubmissionFactory(
        office=case.office, answers={**SHORT_WAY, "wants_money": "yes"}, sent_at=NOON - timedelta(days=2)
    )
    case.save()
    form("application").send(client, has_application="yes")
    assert fresh(case).application_received_at == NOON - timedelta(days=2)


def test_an_application_with_the_time_of_receipt(client, form, case, noon):
    form("application").send(client, has_application="yes")
    assert (fresh(case).has_application, case.application_received_at) == (True, NOON)
    again = form("application")
    assert again.values["has_application"] == "yes"
    again.send(client)
    assert TimelineEntry.objects.count() == 1
    earlier = {
        "received_at_day": "٢٠",
        "received_at_month": "11",
        "received_at_year": "2026",
        "received_at_time": "09:05",
    }
    form("application").send(client, **earlier)
    assert fresh(case).application_received_at == NOON - timedelta(days=3, hours=2, minutes=55)
    assert "Eingegangen am Freitag, 20. November 2026, 09:05 Uhr" in client.get(page_of(case)).content.decode()
    form("application").send(client, has_application="no")
    assert (fresh(case).has_application, case.application_received_at) == (False, None)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"received_at_day": "24"}, "Der Tag darf nicht nach dem"),
        ({"received_at_time": "23:59"}, "Dieser Zeitpunkt liegt noch in der Zukunft."),
        ({"received_at_day": "31"}, "Diesen Tag gibt es nicht."),
        ({"received_at_time": "bald"}, "Bitte geben Sie die Uhrzeit"),
        ({"has_application": "maybe"}, ""),
        ({"has_application": ""}, ""),
    ],
)
def test_an_application_that_cannot_be_recorded(client, form, case, noon, values, message):
    html = refused(form("application").send(client, **{"has_application": "yes"} | values))
    assert message in html
    assert fresh(case).has_application is None


def test_steps(client, form, case, noon):
    added = form("steps").send(client, text="Zeugnis mitbringen", due_on_day="1", due_on_month="12", due_on_year="2026")
    assert added.url == f"{page_of(case)}#steps"
    step = PlanStep.objects.get()
    assert (step.text, step.due_on.isoformat()) == ("Zeugnis mitbringen", "2026-12-01")
    assert "Dienstag, 1. Dezember 2026" in client.get(page_of(case)).content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"text": ""},
        {"text": "a" * 301},
        {"text": "Gestern", "due_on_day": "22", "due_on_month": "11", "due_on_year": "2026"},
        {"text": "Nie", "due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"},
    ],
)
def test_a_step_that_cannot_be_added(client, form, noon, values):
    html = refused(form("steps").send(client, **values))
    assert values["text"] in html
    assert not PlanStep.objects.exists()


def test_a_step_is_done_and_opened_again(client, form_on, case):
    step = PlanStepFactory(case=case)
    button = form_on(page_of(case), f"/de/cases/steps/{step.uuid}/")
    assert button.send(client).url == f"{page_of(case)}#steps"
    assert button.send(client).status_code == 302
    step.refresh_from_db()
    assert step.done_at is not None
    form_on(address(case, "steps"), f"/de/cases/steps/{step.uuid}/").send(client)
    step.refresh_from_db()
    assert step.done_at is None


@pytest.mark.parametrize("value", ["", "maybe"])
def test_a_button_with_another_value_changes_nothing(client, form_on, case, value):
    step = PlanStepFactory(case=case)
    refused(form_on(page_of(case), f"/de/cases/steps/{step.uuid}/").send(client, is_done=value))
    step.refresh_from_db()
    assert step.done_at is None


# --- All of them -----------------------------------------------------------------------------------------------------

ADDRESSES = ("note", "phase", "state", "advisor", "application", "steps")


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("token", ["", "nonsense"])
def test_without_a_token_nothing_is_written(client, form, case, name, token):
    values = {"text": "Text", "reason": "Grund", "has_application": "yes", "form_token": token}
    html = refused(form(name).send(client, **values))
    assert "Bitte laden Sie die Seite neu." in html
    assert not TimelineEntry.objects.exists()


SENT_TWICE = {
    "note": {"text": "Notiz"},
    "phase": {"to": "orientation"},
    "state": {"to": "resting", "reason": "Pause"},
    "advisor": {"advisor": "nobody"},
    "application": {"has_application": "yes"},
    "steps": {"text": "Schritt"},
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_form_sent_twice_is_carried_out_once(client, form, case, name):
    one = form(name)
    first, second = one.send(client, **SENT_TWICE[name]), one.send(client, **SENT_TWICE[name])
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert TimelineEntry.objects.count() == 1


def test_closing_sent_twice_is_carried_out_once(client, case):
    values = sent(case, to="closed", outcome="training", is_confirmed="on")
    assert [client.post(address(case, "state"), values).status_code for _time in range(2)] == [302, 302]
    assert TimelineEntry.objects.count() == 1


def test_coming_without_a_note_leads_to_the_case(client, case):
    assert client.get(address(case, "note"), {"timeline": "x"}).url == f"{page_of(case)}?timeline=x"


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name != "note"])
def test_coming_without_a_form_shows_it_and_writes_nothing(client, case, name):
    html = client.get(address(case, name)).content.decode()
    assert f'action="{address(case, name)}"' in html
    assert "Amina Nour" in html
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("who", ["other office", "partner", "anonymous"])
def test_others_write_nothing(people, case, method, name, who):
    assert_kept_out(people[who], method, address(case, name))
    assert not TimelineEntry.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["other office", "partner", "anonymous"])
def test_others_do_no_step(people, case, method, who):
    step = PlanStepFactory(case=case)
    assert_kept_out(people[who], method, f"/de/cases/steps/{step.uuid}/")


def test_an_advisors_membership_that_ended_opens_nothing(client, case, advisor):
    advisor.ended_at = NOON
    advisor.save(update_fields=["ended_at"])
    assert client.get(page_of(case)).status_code == 404
