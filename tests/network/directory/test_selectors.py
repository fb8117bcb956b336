"""Searching the directory: any language, with mistakes; facets; what is published."""

from datetime import timedelta

import pytest

from gruendungswerkstatt.common import clock
from network.directory import selectors
from network.directory.enums import CostKind, Setting
from network.directory.selectors import OfferFilters
from tests.factories.directory import OfferFactory, ServiceTopicFactory, TopicGroupFactory
from tests.factories.people import MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def codes(query="", **filters):
    return found_codes(selectors.offers(query, OfferFilters(**filters)))


def found_codes(found):
    rows = [offer.code for offer in found.offers.order_by(*found.ordering.fields)]
    assert len(rows) == found.count
    return rows


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("business plan", "ihk-erste-beratung"),
        ("Bussinesplan", "ihk-erste-beratung"),
        ("Tragfahigkeit", "hwk-tragfaehigkeit"),
        ("Tragfaehigkeit", "hwk-tragfaehigkeit"),
        ("Tragfähigkietsbescheinigung", "ihk-tragfaehigkeit"),
        ("الجدوى", "ihk-tragfaehigkeit"),
        ("جدوي", "ihk-tragfaehigkeit"),
        ("قرض", "wfg-finanzierung"),
        ("القرض", "wfg-finanzierung"),
        ("رعايه الاطفال", "familienbande-kinderbetreuung"),
        ("childcare", "familienbande-kinderbetreuung"),
        ("Kinderbetreung", "familienbande-kinderbetreuung"),
        ("interpretor", "ki-sprachmittlung"),
        ("Übersetzer", "ki-sprachmittlung"),
        ("uebersetzer", "ki-sprachmittlung"),
        ("Ich möchte einen Friseursalon", "hwk-handwerksrolle"),
        ("Gründungszuschuss", "agentur-gruendungszuschuss"),
    ],
)
@pytest.mark.usefixtures("network")
def test_finds_what_people_mean(typed, expected):
    assert expected in codes(typed)[:3]


@pytest.mark.parametrize("pair", [("شركه", "شركة"), ("Gründung", "grundung")])
@pytest.mark.usefixtures("network")
def test_spellings_find_the_same(pair):
    first, second = pair
    assert codes(first) == codes(second) != []


@pytest.mark.usefixtures("network")
def test_umlauts_written_out_find_what_the_umlaut_finds():
    assert set(codes("Gründung")) <= set(codes("Gruendung"))


@pytest.mark.usefixtures("network")
def test_a_german_compound_finds_offers_that_hold_its_parts():
    found = selectors.offers("Gründungsberatung")
    assert found.is_loose
    assert "jobcenter-erstes-gespraech" in found_codes(found)


@pytest.mark.parametrize("wild", ["%", "_", "\\", "'; -- $$", "😀", "؟؟", "x" * 10_000, "ا" * 10_000, "a " * 5000])
@pytest.mark.usefixtures("network")
def test_wild_queries_find_nothing_and_break_nothing(wild):
    assert codes(wild) == []


def test_all_words_have_to_be_found_if_some_offer_has_them_all():
    OfferFactory(code="both", title="Kredit für Handwerk")
    OfferFactory(code="one", title="Kredit für Handel")
    assert codes("Kredit Handwerk") == ["both"]
    assert codes("Kredit Zahnarzt") == ["both", "one"]


def test_facets_narrow_and_combine():
    group = TopicGroupFactory(code="money")
    loan, grant = (
        ServiceTopicFactory(code="loan", group=group),
        ServiceTopicFactory(code="grant", group=group),
    )
    unna, selm = MunicipalityFactory(code="unna"), MunicipalityFactory(code="selm")
    OfferFactory(code="a", topics=[loan, grant], languages=["de", "ar"], municipalities=[unna], cost=CostKind.FREE)
    OfferFactory(code="b", topics=[grant], languages=["de"], municipalities=[selm], settings=[Setting.ONLINE])
    OfferFactory(code="c", has_interpreting=True)
    assert codes() == ["a", "b", "c"]
    assert codes(group="money") == ["a", "b"]
    assert codes(topic="loan") == ["a"]
    assert codes(language="ar") == ["a", "c"]
    assert codes(municipality="selm") == ["b", "c"]
    assert codes(setting=Setting.ONLINE) == ["b"]
    assert codes(cost=CostKind.FREE) == ["a"]
    assert codes(group="money", municipality="selm") == ["b"]
    assert codes("Angebot", topic="grant", language="de") == ["a", "b"]


def test_only_published_offers_of_living_organisations_are_found():
    today = clock.today()
    ended = OrganisationFactory(valid_to=today - timedelta(days=1))
    coming = OrganisationFactory(valid_from=today + timedelta(days=1))
    last_day = OrganisationFactory(valid_from=today, valid_to=today)
    hidden = [
        OfferFactory(is_published=False),
        OfferFactory(organisation=ended),
        OfferFactory(organisation=coming),
    ]
    shown = OfferFactory(organisation=last_day)
    assert codes() == [shown.code]
    assert selectors.offer(shown.uuid) == shown
    assert [selectors.offer(offer.uuid) for offer in hidden] == [None, None, None]


@pytest.mark.usefixtures("network")
def test_topics_nobody_offers_are_known():
    assert {topic.code for topic in selectors.topics_without_offer()} == {
        "aufenthaltsrecht",
        "steuern_buchhaltung",
        "versicherung",
        "sozialberatung_schulden",
    }


def test_offers_for_several_topics_come_once():
    loan, grant = ServiceTopicFactory(), ServiceTopicFactory()
    offer = OfferFactory(topics=[loan, grant])
    OfferFactory()
    assert list(selectors.offers_for_topics([loan.code, grant.code])) == [offer]


def test_one_organisation_can_be_left_out():
    own = OfferFactory()
    other = OfferFactory()
    assert found_codes(selectors.offers(without=own.organisation)) == [other.code]
