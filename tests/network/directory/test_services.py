"""Loading the network's reference data."""

import json

import pytest
from django.utils.translation import override

from network.directory.models import Offer, ServiceTopic, TopicGroup
from network.directory.services import DATA, index_offer, load_network
from network.people.models import Municipality, Organisation
from tests.factories.directory import OfferFactory, ServiceTopicFactory
from tests.factories.people import OrganisationFactory


@pytest.mark.usefixtures("network")
def test_the_whole_network_is_loaded():
    assert Organisation.objects.count() == 10
    assert Municipality.objects.count() == 10
    assert TopicGroup.objects.count() == 9
    assert ServiceTopic.objects.count() == 22
    assert set(Offer.objects.values_list("organisation__code", flat=True)) == set(
        Organisation.objects.values_list("code", flat=True)
    )


def test_loading_twice_changes_nothing(network):
    before = list(Offer.objects.values("id", "uuid", "code", "search_text", "title_ar"))
    load_network()
    assert list(Offer.objects.values("id", "uuid", "code", "search_text", "title_ar")) == before
    assert Organisation.objects.count() == len(network)


def test_the_responsible_office_is_set_once(network):
    other = OrganisationFactory(office=True)
    Municipality.objects.filter(code="selm").update(office=other)
    load_network()
    assert Municipality.objects.get(code="selm").office == other
    assert Municipality.objects.get(code="unna").office == network["jobcenter-kreis-unna"]


def test_the_office_can_show_a_version_of_its_notice(network):
    assert network["jobcenter-kreis-unna"].notice_version


@pytest.mark.parametrize("name", ["organisations", "offers"])
def test_every_text_is_there_in_three_languages(name):
    rows = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    translated = [value for row in rows for value in row.values() if isinstance(value, dict)]
    assert translated
    assert all(set(texts) == {"de", "ar", "en"} and all(texts.values()) for texts in translated)


@pytest.mark.parametrize(
    ("code", "german"),
    [
        ("jobcenter-kreis-unna", "Jobcenter"),
        ("agentur-fuer-arbeit", "Agentur für Arbeit"),
        ("hwk-dortmund", "Handwerkskammer"),
        ("familienbande-kamen", "Familienbande Kamen e.V."),
    ],
)
def test_arabic_names_keep_the_german_name(network, code, german):
    with override("ar"):
        assert german in network[code].name


@pytest.mark.django_db
def test_the_index_holds_every_language_and_the_topics_words():
    topic = ServiceTopicFactory(name_de="Kredit", name_ar="قرض", search_words="Darlehen")
    offer = OfferFactory(title_de="Geld für Gründer", title_en="Money for founders", topics=[topic])
    index_offer(offer)
    offer.refresh_from_db()
    words = offer.search_text.split()
    assert {"geld", "grunder", "gruender", "money", "founders", "kredit", "قرض", "darlehen"} <= set(words)
    assert offer.version == 1
