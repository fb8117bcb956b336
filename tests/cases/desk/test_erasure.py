"""Deleting a person from the case page: the wish, the refusal, the deletion."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.files.erasure_requests import request_erasure
from cases.files.models import Case, ErasureRequest, Founder, TimelineEntry
from gruendungswerkstatt.audit.models import ErasureRun
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory, FounderFactory, TimelineEntryFactory
from tests.factories.people import MembershipFactory

from .conftest import signed_in


@pytest.fixture
def lead(office):
    return MembershipFactory(organisation=office, team_lead=True)


@pytest.fixture
def case(office):
    return CaseFactory(founder=FounderFactory(office=office, name="Rim Darwisch"))


@pytest.fixture
def lead_client(lead) -> Client:
    return signed_in(lead)


def at(name, case):
    return reverse(f"cases:{name}", args=[case.uuid])


def wanted(case, **changed):
    return {
        "reason": "requested",
        "reference": case.reference,
        "is_confirmed": "on",
        "form_token": new_uuid(),
    } | changed


def test_the_page_lists_what_would_go_and_deletes_nothing(lead_client, case):
    TimelineEntryFactory.create_batch(3, case=case)
    page = lead_client.get(at("case_erasure", case))
    assert {(str(row["key"]), row["value"]) for row in page.context["going"]} >= {
        ("Fälle", "1"),
        ("Zeilen des Verlaufs", "3"),
    }
    assert Case.objects.filter(pk=case.pk).exists()
    assert TimelineEntry.objects.count() == 3


def test_the_page_asks_as_much_for_a_long_file_as_for_a_short_one(lead_client, case, capture_queries):
    counts = []
    for number in (1, 20):
        TimelineEntryFactory.create_batch(number, case=case)
        with capture_queries() as queries:
            lead_client.get(at("case_erasure", case))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_team_lead_deletes_a_person_once(lead_client, lead, case):
    sent = wanted(case)
    for _again in range(2):
        response = lead_client.post(at("erasure_carry_out", case), sent)
    assert response.status_code == 404  # there is nobody any more
    assert not Founder.objects.exists()
    run = ErasureRun.objects.get()
    assert (run.by, run.reason, run.counts) == (lead, "requested", {"case": 1})


def test_afterwards_one_is_led_to_the_list(lead_client, case):
    response = lead_client.post(at("erasure_carry_out", case), wanted(case), follow=True)
    assert response.redirect_chain == [(reverse("cases:case_list"), 302)]
    assert "Alles über diese Person wurde gelöscht." in response.content.decode()


def test_the_reference_number_may_be_typed_in_any_digits(lead_client, case):
    typed = case.reference.lower().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert lead_client.post(at("erasure_carry_out", case), wanted(case, reference=typed)).status_code == 302


@pytest.mark.parametrize(
    "changed",
    [{"reference": ""}, {"reference": "AAAA-2222"}, {"is_confirmed": ""}, {"reason": ""}, {"reason": "anger"}],
)
def test_nothing_is_deleted_by_mistake(lead_client, case, changed):
    response = lead_client.post(at("erasure_carry_out", case), wanted(case, **changed))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("name", ["erasure_carry_out", "erasure_decline"])
def test_an_advisor_decides_nothing(client, case, name):
    request_erasure(case)
    sent = wanted(case, version="1") | {"reason": "claims" if name == "erasure_decline" else "requested"}
    assert client.post(at(name, case), sent).status_code == 404
    assert Case.objects.filter(pk=case.pk).exists()
    page = client.get(at("case_erasure", case))
    assert page.context["erase_form"] is None
    assert page.context["decline_form"] is None


@pytest.mark.parametrize("name", ["case_erasure", "erasure_request", "erasure_carry_out", "erasure_decline"])
def test_other_office_gets_404(lead_client, name):
    other = CaseFactory()
    assert lead_client.get(at(name, other)).status_code == 404
    assert lead_client.post(at(name, other), wanted(other)).status_code in (404, 405)
    assert Case.objects.filter(pk=other.pk).exists()


def test_a_wish_is_noted_once_and_seen_on_the_case_page(client, case, advisor):
    for _again in range(2):
        response = client.post(at("erasure_request", case), {"is_known": "on", "form_token": new_uuid()})
        assert response.url == at("case_erasure", case)
    wish = ErasureRequest.objects.get()
    assert (wish.recorded_by, wish.is_open) == (advisor, True)
    assert TimelineEntry.objects.get().kind == "erasure_requested"
    assert at("case_erasure", case) in client.get(at("case_detail", case)).content.decode()
    assert "Die Gründer:in wünscht die Löschung" in client.get(at("case_detail", case)).content.decode()


def test_a_declined_wish_has_a_reason_and_may_be_said_again(lead_client, lead, case):
    wish = request_erasure(case)
    sent = {"reason": "claims", "version": "1", "form_token": new_uuid()}
    assert lead_client.post(at("erasure_decline", case), sent).status_code == 302
    wish.refresh_from_db()
    assert (wish.is_open, wish.decline_reason, wish.decided_by) == (False, "claims", lead)
    assert "noch offen" in lead_client.get(at("case_erasure", case)).content.decode()
    late = lead_client.post(at("erasure_decline", case), sent | {"form_token": new_uuid()})
    assert late.status_code == 200
    assert "schon entschieden" in late.content.decode()
    assert request_erasure(case).pk != wish.pk


def test_without_a_wish_there_is_nothing_to_decline(lead_client, case):
    sent = {"reason": "claims", "version": "1", "form_token": new_uuid()}
    assert lead_client.post(at("erasure_decline", case), sent).url == at("case_erasure", case)


def test_the_law_gives_a_month(case):
    wish = request_erasure(case)
    assert (wish.answer_by - wish.requested_at.date()).days in range(27, 33)
