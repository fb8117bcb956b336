"""Consents at level 2: a question with yes and no of equal weight (rule 7)."""

import json
import re

import pytest

from cases.referrals.models import Consent, ConsentRequest, Referral
from cases.referrals.services import refer
from tests.factories.directory import OfferFactory
from tests.factories.files import CaseFactory
from tests.factories.people import OrganisationFactory
from tests.factories.referrals import ConsentRequestFactory

from .conftest import level_one, level_two
from .test_own_page import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return OrganisationFactory(partner=True, name_de="Handwerkskammer", name_ar="غرفة الحرف اليدوية")


@pytest.fixture
def asked(founders_case, advisor, partner):
    return ConsentRequestFactory(case=founders_case, partner=partner, asked_by=advisor)


def answer(browser, asked, decision: str, language: str = "de", **more):
    page = browser.get(f"/{language}/status/consents/").content.decode()
    given = {"form_token": token_of(page.partition("asked-")[2] or page), "decision": decision, **more}
    return browser.post(f"/{language}/status/consents/asked/{asked.uuid}/", given)


def test_the_question_is_said_in_the_founders_language_and_the_pages(enquiry, asked):
    found = level_two(enquiry).get("/de/status/consents/").content.decode()
    assert "Wir geben an Handwerkskammer weiter:" in found
    assert "Leistungen" in found
    assert 'lang="ar" dir="rtl"' in found
    assert "غرفة الحرف اليدوية" in found


def test_yes_and_no_have_equal_weight(enquiry, asked):
    found = level_two(enquiry).get("/de/status/consents/").content.decode()
    buttons = re.findall(r'<button class="([^"]+)" name="decision" value="(\w+)"', found)
    assert [value for _look, value in buttons] == ["yes", "no"]
    assert len({look for look, _value in buttons}) == 1


def test_after_the_yes_the_partner_may_get_a_referral_and_sees_it(enquiry, asked, advisor, partner):
    browser = level_two(enquiry)
    response = answer(browser, asked, "yes")
    assert response.url == "/de/status/consents/"
    consent = Consent.objects.get()
    assert (consent.given_by, consent.partner) == ("portal", partner)
    page = browser.get("/de/status/consents/").content.decode()
    assert "Sie haben Ja gesagt." in page
    assert "decision" not in page
    assert f"/de/status/consents/{consent.uuid}/withdraw/" in page
    refer(asked.case, advisor, OfferFactory(organisation=partner), consent, "Brauche ich einen Meister?")
    assert Referral.objects.for_partner(partner).get().question == "Brauche ich einen Meister?"


def test_a_no_leaves_nothing_and_the_page_says_so(enquiry, asked):
    browser = level_two(enquiry)
    answer(browser, asked, "no")
    assert not ConsentRequest.objects.exists()
    assert not Consent.objects.exists()
    page = browser.get("/de/status/consents/").content.decode()
    assert "Ihr Nein wird nicht aufgeschrieben" in page
    assert "Sie haben keine Einwilligung gegeben." in page


def test_a_second_click_is_the_same_answer(enquiry, asked):
    browser = level_two(enquiry)
    page = browser.get("/de/status/consents/").content.decode()
    given = {"form_token": token_of(page), "decision": "yes"}
    address = f"/de/status/consents/asked/{asked.uuid}/"
    assert [browser.post(address, given).url for _click in range(2)] == ["/de/status/consents/"] * 2
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("decision", ["", "maybe", "نعم"])
def test_what_is_neither_yes_nor_no_changes_nothing(enquiry, asked, decision):
    answer(level_two(enquiry), asked, decision)
    assert list(ConsentRequest.objects.all()) == [asked]


def test_somebody_elses_question_is_not_found(enquiry, founders_case, asked):
    other = ConsentRequestFactory(case=CaseFactory(founder__office=founders_case.office))
    assert answer(level_two(enquiry), other, "yes").status_code == 404
    assert not Consent.objects.exists()


def test_the_code_alone_does_not_open_it(enquiry, asked):
    browser = level_one(enquiry)
    assert browser.post(f"/de/status/consents/asked/{asked.uuid}/", {"decision": "yes"}).url == "/de/status/pin/"
    assert list(ConsentRequest.objects.all()) == [asked]


def test_level_one_says_that_something_waits_and_not_what(enquiry, asked):
    found = level_one(enquiry).get("/de/status/now/").content.decode()
    assert "Auf Ihrer eigenen Seite wartet eine Frage an Sie." in found
    assert "Jetzt sind Sie dran." in found
    assert "Handwerkskammer" not in found


def test_a_young_persons_yes_is_refused_kindly(enquiry, asked):
    founder = asked.case.founder
    founder.is_adult = False
    founder.save()
    browser = level_two(enquiry)
    answer(browser, asked, "yes")
    assert "Das geht zurzeit nicht." in browser.get("/de/status/consents/").content.decode()
    assert not Consent.objects.exists()


def test_the_question_is_in_the_file_of_all_data(enquiry, asked):
    content = json.loads(level_two(enquiry).get("/de/status/data/file/").content)
    [found] = content["consent_requests"]
    assert (found["partner"], found["fields"]) == ("Handwerkskammer", asked.fields)
