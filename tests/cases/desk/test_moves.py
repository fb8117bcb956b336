"""Moving a case through phases and states: what is asked for, what is missing, undoing it."""

import re
from html import unescape

import pytest
from django.test import Client

from cases.files import services
from cases.files.models import StatusChange
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory
from tests.factories.people import MembershipFactory

from .case_forms import STALE, address, fresh, page_of, refused, sent
from .conftest import Form

pytestmark = pytest.mark.django_db


# --- Phase -----------------------------------------------------------------------------------------------------------


def test_the_next_phase_is_chosen_already(client, form, case):
    phase = form("phase")
    assert phase.values["to"] == "orientation"
    assert phase.send(client).url == page_of(case)
    assert fresh(case).phase == "orientation"


def test_only_other_phases_are_offered(form):
    offered = re.findall(r'name="to"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="to"', form("phase").html)
    assert {a or b for a, b in offered} == {"orientation", "planning", "start", "consolidation"}


def test_leaving_a_phase_out_needs_a_reason(client, form, case, advisor):
    services.add_note(case, advisor, "Erstgespräch am Schalter")
    html = refused(form("phase").send(client, to="planning"))
    assert "Bitte geben Sie für diesen Schritt einen Grund an." in html
    assert re.search(r'value="planning"[^>]* checked', html)
    assert (fresh(case).phase, case.version) == ("access", 1)
    form("phase").send(client, to="planning", reason="Plan liegt vor")
    assert StatusChange.objects.get().reason == "Plan liegt vor"


@pytest.mark.parametrize("to", ["access", "", "nonsense", "closed"])
def test_a_phase_that_is_not_offered(client, form, case, to):
    refused(form("phase").send(client, to=to, reason="Grund"))
    assert fresh(case).phase == "access"


def test_the_phase_of_a_closed_case_cannot_be_moved(client, office):
    case = CaseFactory(founder__office=office, closed=True)
    assert "Bitte öffnen Sie ihn zuerst wieder." in client.get(address(case, "phase")).content.decode()
    sent = {"to": "orientation", "version": "1", "form_token": str(new_uuid())}
    assert "Der Fall ist nicht offen." in refused(client.post(address(case, "phase"), sent))
    assert fresh(case).phase == "access"


def test_somebody_was_quicker(client, form, case, colleague):
    services.add_note(case, colleague, "Erstgespräch am Schalter")
    mine = form("phase")
    services.move_phase(case, colleague, "orientation", version=1)
    html = refused(mine.send(client, to="planning", reason="Der Plan ist fertig."))
    assert STALE in html
    assert "Der Plan ist fertig." in html
    assert fresh(case).phase == "orientation"
    # Looked at again and sent again from the page that came back, it is carried out.
    again = re.search(rf'<form[^>]*action="{address(case, "phase")}".*?</form>', html, re.S).group(0)
    version = re.search(r'name="version" value="(\d+)"', again).group(1)
    assert version == "2"
    assert mine.send(client, to="planning", reason="Der Plan ist fertig.", version=version).status_code == 302
    assert fresh(case).phase == "planning"


def test_a_form_that_is_fetched_late_belongs_to_the_page_it_is_fetched_into(client, case, colleague):
    page = client.get(page_of(case)).content.decode()
    opener = re.search(rf'hx-get="{address(case, "phase")}" hx-vals=\'{{"seen": (\d+)}}\'', page)
    services.move_phase(case, colleague, "orientation", version=1)
    html = client.get(address(case, "phase"), {"seen": opener.group(1)}).content.decode()
    assert re.search(r'name="version" value="(\d+)"', html).group(1) == "1"
    version = {"version": "1", "form_token": str(new_uuid())}
    assert STALE in refused(client.post(address(case, "phase"), {"to": "planning", "reason": "Fertig", **version}))
    for seen in ("x", "99999999999", "٢", "7"):
        html = client.get(address(case, "phase"), {"seen": seen}).content.decode()
        assert re.search(r'name="version" value="(\d+)"', html).group(1) == "2"


def test_the_same_move_as_a_colleague_is_told(client, form, case, colleague):
    mine = form("phase")
    services.move_phase(case, colleague, "orientation", version=1)
    assert STALE in refused(mine.send(client))
    assert StatusChange.objects.count() == 1


def test_what_is_missing_is_said_before_and_after_with_who_can_do_it(client, form, case, office):
    MembershipFactory(organisation=office, team_lead=True, user__name="Lea Leitung")
    need = "Es ist noch kein Gespräch festgehalten"
    assert f"Vor „Planung“: {need}" in unescape(client.get(address(case, "phase")).content.decode())
    html = unescape(refused(form("phase").send(client, to="planning", reason="Eilt")))
    assert need in html
    assert f"Vor „Planung“: {need}" in html  # still beside the choice
    assert "Lea Leitung" in html
    assert fresh(case).phase == "access"


def test_a_team_lead_ticks_the_box(case, office):
    browser = Client()
    browser.force_login(MembershipFactory(organisation=office, team_lead=True).user)
    phase = Form(browser.get(address(case, "phase")).content.decode(), address(case, "phase"))
    assert "Ich entscheide das als Teamleitung" in unescape(phase.html)
    assert "Bitte setzen Sie das Häkchen" in refused(phase.send(browser, to="planning", reason="Eilt"))
    assert phase.send(browser, to="planning", reason="Eilt", is_override="on").status_code == 302
    assert "Von der Teamleitung entschieden, obwohl" in unescape(browser.get(page_of(case)).content.decode())


def test_undoing_on_the_page_right_after_the_change(client, form, case):
    form("phase").send(client)
    html = unescape(client.get(page_of(case)).content.decode())
    assert "Phase: Orientierung (vorher: Zugang)" in html
    undo = form("undo")
    assert undo.send(client).url == undo.send(client).url == page_of(case)
    assert (fresh(case).phase, StatusChange.objects.count()) == ("access", 2)
    html = unescape(client.get(page_of(case)).content.decode())
    assert "Änderung zurückgenommen" in html
    assert f'action="{address(case, "undo")}"' not in html


def test_undoing_in_an_old_tab_is_told(client, form, case, colleague):
    form("phase").send(client)
    undo = form("undo")
    services.record_application(case, colleague, False, version=2)
    assert STALE in refused(undo.send(client))
    assert fresh(case).phase == "orientation"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99999999999999999999", "٢"])
def test_a_forged_version_changes_nothing(client, form, case, version):
    refused(form("phase").send(client, version=version))
    assert fresh(case).phase == "access"


# --- State -----------------------------------------------------------------------------------------------------------


def state_forms(client, case):
    html = client.get(address(case, "state")).content.decode()
    return re.findall(rf'<form[^>]*action="{address(case, "state")}".*?</form>', html, re.S)


def test_a_case_rests_and_is_opened_again(client, case):
    client.post(address(case, "state"), sent(case, to="resting", reason="Sprachkurs"))
    assert fresh(case).state == "resting"
    client.post(address(case, "state"), sent(case, to="open"))
    assert fresh(case).state == "open"


def test_resting_needs_a_reason(client, case):
    html = refused(client.post(address(case, "state"), sent(case, to="resting")))
    assert "Bitte geben Sie für diesen Schritt einen Grund an." in html
    assert fresh(case).state == "open"


def test_closing_asks_for_outcome_and_confirmation(client, case):
    html = refused(client.post(address(case, "state"), sent(case, to="closed", reason="Zieht nach Hamm")))
    assert "Bitte geben Sie an, wie der Fall ausgegangen ist." in html
    assert "Bitte bestätigen Sie, dass der Fall geschlossen werden soll." in html
    assert "Zieht nach Hamm" in html
    assert fresh(case).state == "open"
    values = sent(case, to="closed", outcome="moved_away", is_confirmed="on", reason="Zieht nach Hamm")
    assert client.post(address(case, "state"), values).status_code == 302
    assert (fresh(case).state, case.outcome) == ("closed", "moved_away")


def test_a_closed_case_offers_opening_only(client, office):
    case = CaseFactory(founder__office=office, closed=True)
    (only,) = state_forms(client, case)
    assert 'value="open"' in only
    assert 'value="closed"' not in only


@pytest.mark.parametrize("to", ["", "open", "nonsense"])
def test_a_state_that_is_not_offered(client, case, to):
    refused(client.post(address(case, "state"), sent(case, to=to, reason="Grund")))
    assert fresh(case).state == "open"
