"""The way in: the notice, where somebody lives, and that nothing is stored before that is known (rule 11)."""

import threading

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client, RequestFactory

from gruendungswerkstatt.common.dates import moment_words
from intake import passes
from intake.erasure import draft_expires_at
from intake.models import Submission
from network.people.models import Municipality

from .conftest import Walker

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How many rows every table of the portal has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_the_first_page_tells_what_this_is_and_shows_rule_1(walker):
    page = walker("de").get().content.decode()
    assert "Bitte melden Sie vor unserem ersten Gespräch kein Gewerbe an." in page
    assert "Ich habe es gelesen." in page
    assert "einverstanden" not in page.split("Ich habe es gelesen.")[1]


def test_reading_the_notice_stores_nothing(walker):
    before = rows()
    founder = walker()
    founder.reads_notice()
    founder.get("place/")
    assert rows() == before


def test_without_having_read_the_notice_one_stays(walker):
    founder = walker("ar")
    response = founder.post("", {})
    assert response.status_code == 200
    assert "يُرجى قراءة النص عن بياناتك وتأكيد قراءته." in response.content.decode()
    assert passes.COOKIE not in founder.client.cookies


def test_people_from_elsewhere_are_shown_who_helps_and_nothing_is_stored(walker):
    before = rows()
    founder = walker()
    founder.reads_notice()
    response = founder.post("place/", {"municipality": "other", "is_adult": "yes", "filled_with_help": "yes"})
    assert response.url == founder.url("elsewhere/")
    page = founder.get("elsewhere/").content.decode()
    assert "Kreis Unna" in page
    assert "0800 4 555500" in page
    assert "Jobcenter Dortmund" in page
    assert rows() == before


def test_people_who_move_elsewhere_read_that_earlier_answers_are_kept_and_may_delete_them(walker, short_way):
    founder = walker("de")
    founder.walks(short_way, until="languages")
    assert founder.post("place/?change=1", {"municipality": "other", "is_adult": "yes"}).url == founder.url(
        "elsewhere/"
    )
    said, delete = "Was Sie vorher beantwortet haben, ist noch gespeichert.", f'href="{founder.url("delete/")}"'
    page = founder.get("elsewhere/").content.decode()
    assert said in page
    assert moment_words(draft_expires_at(founder.draft), "de") in page
    assert delete in page
    founder.post("delete/now/")
    page = founder.get("elsewhere/").content.decode()
    assert said not in page
    assert delete not in page


def test_the_first_answer_makes_a_draft_with_its_office(walker, office):
    founder = walker("ar")
    founder.reads_notice()
    response = founder.answers("place", {"municipality": "unna", "is_adult": "yes"})
    assert response.url == founder.url("code/")
    draft = founder.draft
    assert draft.is_draft
    assert draft.office == office
    assert draft.municipality.code == "unna"
    assert draft.answers == {"municipality": "unna", "is_adult": "yes"}
    assert draft.notice_language == "ar"
    assert draft.notice_version


def test_reference_and_code_are_shown_big_and_the_code_is_not_in_the_database(walker):
    founder = walker()
    founder.reads_notice()
    founder.answers("place", {"municipality": "unna", "is_adult": "yes"})
    page = founder.get("code/").content.decode()
    code = passes.read(request_of(founder)).code
    draft = founder.draft
    for part in (*draft.reference.split("-"), *code.split("-")):
        assert part in page
    assert code not in str(vars(draft))
    assert code.replace("-", "") not in draft.code_digest


def test_the_code_is_in_no_address_and_no_title(walker):
    founder = walker()
    founder.reads_notice()
    response = founder.answers("place", {"municipality": "unna", "is_adult": "yes"})
    code = passes.read(request_of(founder)).code
    assert code not in response.url
    page = founder.get("code/").content.decode()
    assert code not in page.split("</title>")[0]
    assert f'href="{code}' not in page


def test_somebody_who_is_helped_sees_the_code_only_unasked_for_others(walker):
    founder = walker()
    founder.reads_notice()
    founder.answers("place", {"municipality": "unna", "is_adult": "yes", "filled_with_help": "yes"})
    page = founder.get("code/").content.decode()
    before_the_fold = page.split("<details")[0]
    assert founder.draft.reference.split("-")[1] not in before_the_fold.split("<main")[1]
    assert "Bitte geben Sie das Telefon jetzt zurück." in before_the_fold


def test_the_pass_is_signed_http_only_and_neutral(walker):
    founder = walker()
    founder.reads_notice()
    cookie = founder.client.cookies[passes.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 0 < int(cookie["max-age"]) <= 24 * 60 * 60


def test_the_pass_travels_encrypted_where_sessions_do(walker, settings):
    settings.SESSION_COOKIE_SECURE = True
    founder = walker()
    founder.reads_notice()
    assert founder.client.cookies[passes.COOKIE]["secure"]


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "eyJ1IjoxfQ:1tabc:wrong"])
def test_a_forged_pass_is_no_pass(walker, value):
    founder = walker()
    founder.client.cookies[passes.COOKIE] = value
    assert founder.get("tasks/").url == founder.url()


def test_the_first_step_sent_twice_makes_one_draft(walker):
    founder = walker()
    founder.reads_notice()
    again = Client()
    again.cookies[passes.COOKIE] = founder.client.cookies[passes.COOKIE].value
    data = {"municipality": "unna", "is_adult": "yes"}
    assert founder.post("place/", data).status_code == 302
    assert again.post(founder.url("place/"), data).status_code == 302
    assert Submission.objects.count() == 1


def test_whoever_has_a_draft_goes_on_with_it(walker, short_way):
    founder = walker()
    founder.walks(short_way, until="languages")
    response = founder.post("", {"has_read": "on"})
    assert response.url == founder.url("tasks/")
    assert Submission.objects.count() == 1


def test_a_town_that_no_office_is_responsible_for_is_said_beside_the_field(walker):
    Municipality.objects.filter(code="werne").delete()
    founder = walker("de")
    founder.reads_notice()
    response = founder.post("place/", {"municipality": "werne", "is_adult": "yes"})
    assert response.status_code == 200
    assert "municipality" in response.context["form"].errors
    assert Submission.objects.count() == 0


def request_of(founder):
    """A request that carries the founder's cookies."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in founder.client.cookies.items()}
    return request


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_one_draft(office):
    founder = Walker("de")
    founder.reads_notice()
    carried = founder.client.cookies[passes.COOKIE].value
    start, statuses = threading.Barrier(3), []

    def answer(town: str) -> None:
        tab = Client()
        tab.cookies[passes.COOKIE] = carried
        start.wait()
        try:
            statuses.append(tab.post(founder.url("place/"), {"municipality": town, "is_adult": "yes"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[town]) for town in ("unna", "unna", "kamen")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302, 302, 302]
    draft = Submission.objects.get()
    assert draft.municipality.code == draft.answers["municipality"]
