"""Many cases at once: shown first, changed once, one result for each; what somebody else changed is left."""

import pytest

from cases.desk.forms.bulk import MOST_CASES
from cases.files import labels, services
from cases.files.enums import BulkResult, CaseState
from cases.files.models import Case, CaseLabel, StatusChange
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory, FounderFactory, LabelFactory
from tests.factories.people import MembershipFactory

from .conftest import assert_kept_out

pytestmark = pytest.mark.django_db

LIST = "/de/cases/list/"
PREVIEW, NOW = f"{LIST}change/", f"{LIST}change/now/"


@pytest.fixture
def cases(office, advisor):
    names = ("Amina", "Bilal", "Dana")
    return [CaseFactory(founder=FounderFactory(office=office, name=name), advisor=advisor) for name in names]


def preview(client, cases, **body):
    return client.post(PREVIEW, {"case": [str(case.uuid) for case in cases], **body})


def confirm(client, cases, **body):
    seen = [f"{case.uuid}:{case.version}" for case in cases]
    return client.post(NOW, {"seen": seen, "form_token": str(new_uuid()), **body})


def results(client, response):
    return {row.case.founder.name: str(row.badge.text) for row in client.get(response.url).context["rows"]}


def test_the_preview_tells_what_would_happen_and_changes_nothing(client, cases, colleague):
    services.assign(cases[1], colleague, colleague, version=1)
    response = preview(client, cases, act="assign", advisor=str(colleague.uuid))
    said = {row.case.founder.name: str(row.badge.text) for row in response.context["rows"]}
    new = "Neue Zuständigkeit: Karim Muster"
    assert said == {"Amina": new, "Bilal": BulkResult.UNCHANGED.label, "Dana": new}
    assert "2 Fälle werden geändert" in response.content.decode()
    assert Case.objects.filter(advisor=colleague).count() == 1


def test_assigning_once_however_often_it_is_sent(client, cases, colleague):
    token = str(new_uuid())
    for _twice in range(2):
        response = confirm(client, cases, act="assign", advisor=str(colleague.uuid), form_token=token)
    assert set(results(client, response).values()) == {BulkResult.DONE.label}
    assert Case.objects.filter(advisor=colleague).count() == 3
    assert StatusChange.objects.count() == 3


def test_what_somebody_changed_meanwhile_is_left_and_named(client, cases, colleague, advisor):
    services.move_phase(cases[0], colleague, "orientation", version=1)
    response = confirm(client, cases, act="close", outcome="withdrawn")
    assert results(client, response) == {
        "Amina": BulkResult.STALE.label, "Bilal": BulkResult.DONE.label, "Dana": BulkResult.DONE.label,
    }  # fmt: skip
    assert Case.objects.filter(state=CaseState.OPEN).get() == cases[0]
    assert Case.objects.filter(state=CaseState.CLOSED, outcome="withdrawn", closed_at__isnull=False).count() == 2


def test_closed_cases_and_erased_ones_are_left(client, cases):
    Case.objects.filter(pk=cases[0].pk).update(state="closed", outcome="withdrawn", closed_at=clock.now())
    gone = CaseFactory.build(uuid=new_uuid(), founder=None, office=None, reference="0", sort_name="")
    response = confirm(client, [*cases, gone], act="close", outcome="training")
    assert results(client, response)["Amina"] == BulkResult.ENDED.label
    assert "1 ausgewählter Fall ist nicht mehr da" in client.get(response.url).content.decode()


def test_labels_are_put_on_and_taken_off(client, cases, office, advisor):
    label = LabelFactory(office=office, name="Eilig")
    labels.put_on(cases[0], advisor, label)
    response = confirm(client, cases, act="put_label", label=str(label.uuid))
    assert results(client, response)["Amina"] == BulkResult.UNCHANGED.label
    assert CaseLabel.objects.count() == 3
    confirm(client, cases[:2], act="take_label", label=str(label.uuid))
    assert CaseLabel.objects.get().case == cases[2]


def test_cases_of_another_office_do_not_exist(client, cases):
    theirs = CaseFactory(founder__name="Fremd")
    response = preview(client, [cases[0], theirs], act="close", outcome="withdrawn")
    assert [row.case for row in response.context["rows"]] == [cases[0]]
    confirm(client, [theirs], act="close", outcome="withdrawn")
    theirs.refresh_from_db()
    assert theirs.state == CaseState.OPEN


def test_who_left_or_works_elsewhere_gets_no_cases(client, cases, office):
    left = MembershipFactory(organisation=office, ended_at=clock.now())
    for nobody in (left, MembershipFactory()):
        for send in (preview, confirm):
            response = send(client, cases, act="assign", advisor=str(nobody.uuid), back="phase=access")
            assert response.url == f"{LIST}?phase=access"
    assert "nicht mehr da" in client.get(LIST).content.decode()
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"act": "close"}, "Bitte geben Sie an, wie die Fälle geendet haben."),
        ({"act": "assign"}, "Bitte wählen Sie, wer zuständig sein soll."),
        ({"act": "erase"}, ""),
        ({}, ""),
    ],
)
def test_an_incomplete_choice_leads_back(client, cases, body, said):
    response = preview(client, cases, **body)
    assert response.url == LIST
    assert said in client.get(LIST).content.decode()


def test_bad_input_changes_nothing(client, cases):
    body = {"act": "close", "outcome": "withdrawn", "form_token": str(new_uuid())}
    for seen in ("", "x:1", f"{cases[0].uuid}:", f"{cases[0].uuid}:٣x", f"{cases[0].uuid}:{'9' * 5000}"):
        assert client.post(NOW, {**body, "seen": seen}).url == LIST
    assert client.post(PREVIEW, {"act": "close", "outcome": "withdrawn", "case": ["x", "0"]}).url == LIST
    assert client.post(NOW, {**body, "seen": f"{cases[0].uuid}:1", "form_token": "x"}).url == LIST
    assert Case.objects.filter(state=CaseState.OPEN).count() == 3
    assert client.get(f"{LIST}change/done/{new_uuid()}/").url == LIST


def test_what_stands_beside_another_button_counts_for_nothing(client, cases):
    response = preview(client, cases, act="close", outcome="training", advisor="x", label="y")
    assert response.status_code == 200
    assert 'name="outcome" value="training"' in response.content.decode()
    assert 'name="advisor"' not in response.content.decode()


def test_no_more_than_a_page_at_once(client, office):
    many = [CaseFactory(founder=FounderFactory(office=office)) for _number in range(MOST_CASES + 1)]
    assert len(preview(client, many, act="close", outcome="withdrawn").context["rows"]) == MOST_CASES


def test_all_of_a_page_are_chosen_without_a_script(client, cases):
    assert client.get(LIST).content.decode().count(" checked") == 0
    assert client.get(LIST, {"chosen": "all"}).content.decode().count(" checked") == 3


@pytest.mark.parametrize("address", [PREVIEW, NOW])
@pytest.mark.parametrize("who", ["partner", "anonymous"])
def test_others_do_not_get_in(people, who, address):
    assert_kept_out(people[who], "get", address)
