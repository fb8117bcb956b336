"""Labels: made by the team lead, put on cases by advisors, shown and filtered by in the worklist."""

import pytest

from cases.files import labels
from cases.files.models import CaseLabel, Label
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory, FounderFactory, LabelFactory
from tests.factories.people import MembershipFactory

from .conftest import signed_in

pytestmark = pytest.mark.django_db

LABELS = "/de/cases/labels/"
LIST = "/de/cases/list/"


@pytest.fixture
def lead(office):
    return signed_in(MembershipFactory(organisation=office, team_lead=True))


@pytest.fixture
def urgent(office):
    return LabelFactory(office=office, name="Eilig")


def send(client, address, **body):
    return client.post(address, {"form_token": str(new_uuid()), **body})


def address(case):
    return f"/de/cases/{case.uuid}/labels/"


def test_the_team_lead_adds_renames_and_deletes(lead, office, case, advisor):
    assert send(lead, LABELS, name="Eilig").url == LABELS
    label = Label.objects.get()
    labels.put_on(case, advisor, label)
    assert "1 Fall" in lead.get(LABELS).content.decode()
    send(lead, f"{LABELS}{label.uuid}/", name="Dringend", version="1")
    assert list(Label.objects.values_list("name", flat=True)) == ["Dringend"]
    token = str(new_uuid())
    for _twice in range(2):
        sent = {"is_confirmed": "on", "form_token": token}
        assert lead.post(f"{LABELS}{label.uuid}/delete/", sent).url == LABELS
    assert not CaseLabel.objects.exists()
    assert not Label.objects.exists()


def test_a_name_is_there_once_in_whatever_spelling(lead, office, urgent):
    assert "Ein Schlagwort mit diesem Namen gibt es schon." in send(lead, LABELS, name="EILIG").content.decode()
    LabelFactory(name="Woanders")
    assert send(lead, LABELS, name="Woanders").status_code == 302


def test_who_renames_from_an_old_page_is_told(lead, urgent):
    labels.rename(urgent, "Dringend", version=1)
    response = send(lead, f"{LABELS}{urgent.uuid}/", name="Sofort", version="1")
    assert "Jemand anders hat dieses Schlagwort" in response.content.decode()
    assert Label.objects.get().name == "Dringend"


def test_there_are_not_too_many(lead, office):
    LabelFactory.create_batch(labels.MOST, office=office)
    assert "schon 40 Schlagwörter" in send(lead, LABELS, name="Noch eins").content.decode()


def test_an_advisor_puts_labels_on_and_takes_them_off(client, case, urgent):
    for _twice in range(2):
        assert send(client, address(case), label=str(urgent.uuid)).url == address(case)
    assert CaseLabel.objects.get().label == urgent
    assert "Eilig" in client.get(f"/de/cases/{case.uuid}/").content.decode()
    assert [row.labels for row in client.get(LIST).context["rows"]] == [["Eilig"]]
    send(client, address(case), label=str(urgent.uuid), take_off="1")
    assert not CaseLabel.objects.exists()


def test_a_label_of_another_office_is_none(client, case, urgent):
    theirs = LabelFactory()
    assert send(client, address(case), label=str(theirs.uuid)).status_code == 200
    assert not CaseLabel.objects.exists()
    with pytest.raises(labels.LabelRefused):
        labels.put_on(case, case.advisor, Label(pk=0, office=case.office))


def test_the_worklist_filters_by_label(client, office, advisor, case, urgent):
    CaseFactory(founder=FounderFactory(office=office, name="Bilal"))
    labels.put_on(case, advisor, urgent)
    rows = client.get(LIST, {"label": str(urgent.uuid)}).context["rows"]
    assert [row.reference for row in rows] == [case.reference]
    assert len(client.get(LIST, {"label": str(LabelFactory().uuid)}).context["rows"]) == 2


def test_advisors_do_not_change_the_words(client, urgent):
    assert client.get(LABELS).status_code == 404
    assert client.get(f"{LABELS}{urgent.uuid}/").status_code == 404
