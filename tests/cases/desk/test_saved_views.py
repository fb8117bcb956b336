"""Views of the worklist: saved without what was searched for, own or shared, with counts that stop at a thousand."""

import pytest

from cases.desk.models import SavedView
from cases.desk.selectors import DeskFilters, counts
from cases.desk.services import MOST_VIEWS
from cases.files.enums import Phase
from cases.files.models import Case
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.files import CaseFactory, FounderFactory
from tests.factories.people import MembershipFactory

from .conftest import assert_kept_out, signed_in
from .test_case_list import many

pytestmark = pytest.mark.django_db

VIEWS = "/de/cases/list/views/"
LIST = "/de/cases/list/"


def save(client, name="Planung", query="phase=planning", **body):
    return client.post(VIEWS, {"form_token": str(new_uuid()), "name": name, "query": query, **body})


def seen(client, which):
    return [(row.view.name, row.count) for row in client.get(VIEWS).context[which]]


def test_a_view_is_saved_and_leads_to_the_list(client, office, case):
    CaseFactory(founder=FounderFactory(office=office), phase=Phase.PLANNING)
    assert save(client, query="phase=planning&sort=name&state=nonsense&q=Amina").url == VIEWS
    assert SavedView.objects.get().query == "phase=planning&sort=name"
    assert seen(client, "own") == [("Planung", "1")]
    assert f"{LIST}?phase=planning&amp;sort=name" in client.get(VIEWS).content.decode()


def test_shared_views_are_seen_by_the_office_alone(client, office, colleague, people):
    save(client, is_shared="on")
    save(client, name="Meine", query="advisor=mine")
    assert seen(signed_in(colleague), "shared") == [("Planung", "0")]
    assert seen(people["other office"], "shared") == []


def test_my_cases_are_each_readers_own(client, office, advisor, colleague, case):
    save(client, query="advisor=mine", is_shared="on")
    assert seen(client, "own") == [("Planung", "1")]
    assert seen(signed_in(colleague), "shared") == [("Planung", "0")]


def test_a_view_of_somebody_who_left_says_so(client, colleague):
    save(client, query=f"advisor={colleague.uuid}")
    assert [row.is_whole for row in client.get(VIEWS).context["own"]] == [True]
    type(colleague).objects.filter(pk=colleague.pk).update(ended_at=clock.now())
    assert [row.is_whole for row in client.get(VIEWS).context["own"]] == [False]
    assert "gibt es nicht mehr" in client.get(VIEWS).content.decode()


def test_a_name_once_and_not_too_many(client, advisor, office):
    save(client)
    assert "schon eine Ansicht mit diesem Namen" in save(client).content.decode()
    SavedView.objects.bulk_create(
        SavedView(office=office, owner=advisor, name=f"Ansicht {number}") for number in range(MOST_VIEWS)
    )
    assert "schon 20 Ansichten" in save(client, name="Noch eine").content.decode()


def test_who_may_delete(client, office, colleague, people):
    save(client, is_shared="on")
    save(client, name="Eigene")
    shared, own = SavedView.objects.order_by("-is_shared")
    lead = signed_in(MembershipFactory(organisation=office, team_lead=True))

    def delete(browser, view, token=None):
        return browser.post(f"{VIEWS}{view.uuid}/delete/", {"form_token": token or str(new_uuid())}).status_code

    assert delete(signed_in(colleague), shared) == 404
    assert delete(people["other office"], shared) == 404
    assert delete(lead, own) == 404
    assert delete(lead, shared) == 302
    token = str(new_uuid())
    assert [delete(client, own, token), delete(client, own, token)] == [302, 302]
    assert not SavedView.objects.exists()


def test_counts_stop_at_a_thousand_with_one_query(client, office, django_assert_num_queries):
    many(office, 1002)
    lists = [DeskFilters(), DeskFilters(phase="planning"), DeskFilters(search="nobody here")]
    with django_assert_num_queries(1):
        assert counts(office, lists) == [1001, 501, 0]
    Case.objects.order_by("pk").first().delete()
    assert counts(office, lists[:1]) == [1001]
    Case.objects.order_by("pk").first().delete()
    assert counts(office, lists[:1]) == [1000]
    save(client)
    assert seen(client, "own") == [("Planung", "500")]
    assert "1000" in client.get(VIEWS).content.decode()


def test_the_list_gets_the_counts_as_a_part_and_links_to_them(client, case):
    page = client.get(LIST, {"phase": "access"}).content.decode()
    assert f'hx-get="{VIEWS}?phase=access"' in page
    assert f'href="{VIEWS}?phase=access"' in page
    part = client.get(VIEWS, {"phase": "access"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Fälle in dieser Liste" in part


def test_a_search_that_is_too_long_counts_nothing(client, case):
    save(client)
    assert client.get(VIEWS, {"q": "a" * 201}).context["count"] == "0"


@pytest.mark.parametrize("who", ["partner", "anonymous"])
def test_others_do_not_get_in(people, who):
    assert_kept_out(people[who], "get", VIEWS)
