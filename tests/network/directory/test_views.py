"""The public directory: search, one page per offer, in three languages, without log-in or script."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override

from gruendungswerkstatt.common import clock
from network.directory.models import Offer
from network.directory.views import PAGE_SIZE
from tests.factories.directory import OfferFactory, ServiceTopicFactory, TopicGroupFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def address(name="directory:offer_list", *args, language="de"):
    with override(language):
        return reverse(name, args=args)


def html(response):
    assert response.status_code == 200
    return response.content.decode()


def shown(response):
    return [view.offer.code for view in response.context["offers"]]


@pytest.mark.parametrize("language", ["de", "ar", "en"])
@pytest.mark.usefixtures("network")
def test_everybody_can_open_the_directory_without_a_session(client, language):
    response = client.get(address(language=language))
    page = html(response)
    assert f'lang="{language}"' in page
    assert "<script" not in page
    assert "noindex" not in page
    assert not client.cookies.get("gw_session")


@pytest.mark.parametrize(("language", "typed"), [("de", "شركه"), ("ar", "Gruendung"), ("en", "قرض")])
@pytest.mark.usefixtures("network")
def test_any_language_finds_on_every_page(client, language, typed):
    assert shown(client.get(address(language=language), {"q": typed}))


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "عرض واحد"), (2, "عرضان"), (3, "3 عروض"), (11, "11 عرضًا"), (100, "100 عرض")],
)
def test_arabic_counts_in_its_own_forms(client, count, words):
    Offer.objects.bulk_create(
        [Offer(code=f"o{n}", title_de=f"Angebot {n}", organisation=OrganisationFactory(code="p")) for n in range(count)]
    )
    assert words in html(client.get(address(language="ar")))


def test_a_form_with_empty_fields_leads_to_a_clean_address(client):
    OfferFactory()
    response = client.get(address(), {"q": "Angebot", "group": "", "topic": "", "cost": "free", "send": "Suchen"})
    assert response.status_code == 302
    assert response.url == f"{address()}?q=Angebot&cost=free"
    assert client.get(response.url).status_code == 200
    assert client.get(address(), {"q": " "}).url == address()


def test_a_topic_replaces_its_group(client):
    topic = ServiceTopicFactory(code="loan", group__code="money")
    OfferFactory(topics=[topic])
    response = client.get(address(), {"group": "money", "topic": "loan"})
    assert response.url == f"{address()}?topic=loan"


def test_a_group_shows_its_topics_as_links(client):
    ServiceTopicFactory(code="loan", name="Kredit", group=TopicGroupFactory(code="money"))
    page = html(client.get(address(), {"group": "money"}))
    assert 'href="?topic=loan"' in page
    assert 'aria-current="true"' in page


@pytest.mark.parametrize("language", ["de", "ar", "en"])
@pytest.mark.parametrize("topic", ["aufenthaltsrecht", "versicherung"])
@pytest.mark.usefixtures("network")
def test_a_topic_without_partner_leads_to_the_team(client, language, topic):
    page = html(client.get(address(language=language), {"topic": topic}))
    assert 'href="tel:+49230325385422"' in page


@pytest.mark.usefixtures("network")
def test_nothing_found_leads_to_the_office_of_the_town(client):
    MunicipalityFactory(code="elsewhere", office=OrganisationFactory(office=True, phone="+49230712345"))
    page = html(client.get(address(), {"q": "xyzxyz", "municipality": "elsewhere"}))
    assert 'href="tel:+49230712345"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("q", "x" * 201),
        ("q", "ا" * 10_000),
        ("topic", "no-such-topic"),
        ("group", "' OR 1=1"),
        ("language", "xx"),
        ("municipality", "berlin"),
        ("setting", "telepathy"),
        ("cost", "\ufffd"),
    ],
)
@pytest.mark.usefixtures("network")
def test_what_cannot_be_read_is_named_and_kept(client, field, value):
    response = client.get(address(), {field: value})
    page = html(response)
    assert response.context["form"].errors[field]
    assert "Fehler" in page
    if field == "q":
        assert value in page


@pytest.mark.parametrize("wild", ["%", "_", "\\", "'\"", "\u200f", "😀", "\x00", "<script>", "؟"])
@pytest.mark.usefixtures("network")
def test_wild_searches_answer_with_a_page(client, wild):
    response = client.get(address(), {"q": wild}, follow=True)
    assert response.status_code == 200
    assert "<script" not in html(response)


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJvbGRlciIsICJ4IiwgInkiXQ", "WyJvbGRlciIsIDEsIDFdx", "ا"])
@pytest.mark.usefixtures("network")
def test_a_forged_cursor_shows_the_first_page(client, cursor):
    assert shown(client.get(address(), {"cursor": cursor})) == shown(client.get(address()))


@pytest.mark.parametrize("query", ["", "Angebot"])
def test_pages_show_every_offer_once_and_keep_the_search(client, query):
    made = {OfferFactory(title=f"Angebot {n}", position=n // 7).code for n in range(PAGE_SIZE * 2 + 3)}
    seen, url = [], f"{address()}?q={query}" if query else address()
    while url:
        response = client.get(url)
        seen += shown(response)
        page = response.context["page"]
        url = ""
        if page.older:
            search = {"q": query} if query else {}
            url = f"{address()}?{urlencode(search | {'cursor': page.older})}"
            assert f'href="{url.removeprefix(address())}"'.replace("&", "&amp;") in html(response)
    assert len(seen) == len(made)
    assert set(seen) == made


def test_the_list_costs_the_same_for_few_and_many_offers(client, django_assert_num_queries):
    topic = ServiceTopicFactory()
    OfferFactory(topics=[topic], municipalities=[MunicipalityFactory()])
    with django_assert_num_queries(7):
        client.get(address())
    for _number in range(30):
        OfferFactory(topics=[topic])
    with django_assert_num_queries(7):  # topics, towns, count, rows, topics and towns of the rows, groups
        client.get(address())
    with django_assert_num_queries(7):
        client.get(address(), {"q": "Angebot", "topic": topic.code, "language": "de"})


def test_an_offer_says_what_a_founder_wants_to_know(client, django_assert_num_queries):
    organisation = OrganisationFactory(name="Kammer", phone="+49231123456", email="rat@example.org", place="Unna")
    offer = OfferFactory(
        organisation=organisation,
        title="Beratung",
        summary_de="Wir reden.",
        what_to_bring_de="Zeugnisse",
        languages=["de", "tr"],
        cost="free",
        municipalities=[MunicipalityFactory(name="Selm")],
    )
    with django_assert_num_queries(5):  # offer, its topics and towns; topics and towns of the search
        page = html(client.get(address("directory:offer_detail", offer.uuid)))
    for expected in (
        "Beratung",
        "Wir reden.",
        "Zeugnisse",
        "Türkisch",
        "Kostenlos",
        "Kammer",
        "Selm",
        "Unna",
    ):
        assert expected in page
    assert '<a class="kern-link" href="tel:+49231123456"><bdi dir="ltr">' in page
    assert '<bdi dir="ltr">rat@example.org</bdi>' in page


def test_the_way_back_keeps_the_search(client):
    offer = OfferFactory(title="Kredit & Bank")
    found = html(client.get(address(), {"q": "Kredit & Bank", "cost": "unknown"}))
    link = f"{address('directory:offer_detail', offer.uuid)}?q=Kredit+%26+Bank&amp;cost=unknown"
    assert link in found
    page = html(client.get(link.replace("&amp;", "&")))
    assert f'href="{address()}?q=Kredit+%26+Bank&amp;cost=unknown"' in page


def test_the_way_back_carries_nothing_but_a_search(client):
    offer = OfferFactory()
    page = html(client.get(address("directory:offer_detail", offer.uuid), {"q": "x", "next": "https://example.org"}))
    back = page.split('class="gw-back"')[1].split('href="')[1].split('"')[0]
    assert parse_qs(urlsplit(back).query) == {"q": ["x"]}


def test_a_missing_translation_falls_back_and_says_so(client):
    offer = OfferFactory(
        title_de="Erstberatung", title_ar=None, title_en=None, summary_de="Zuhören", summary_ar="نستمع"
    )
    for page in (
        html(client.get(address("directory:offer_detail", offer.uuid, language="ar"))),
        html(client.get(address(language="ar"))),
    ):
        assert '<bdi lang="de" dir="ltr">Erstberatung</bdi>' in page
        assert "نستمع" in page
        assert "Zuhören" not in page
    assert "الألمانية" in html(client.get(address("directory:offer_detail", offer.uuid, language="ar")))


def test_a_whole_translation_says_nothing_about_languages(client):
    offer = OfferFactory(title_de="Rat", title_ar="استشارة", organisation__name_ar="غرفة")
    page = html(client.get(address("directory:offer_detail", offer.uuid, language="ar")))
    assert 'bdi lang="de"' not in page.split("<main")[1].split("</main>")[0]


def test_what_is_not_published_is_not_found(client):
    yesterday = clock.today() - timedelta(days=1)
    hidden = [OfferFactory(is_published=False), OfferFactory(organisation__valid_to=yesterday)]
    for offer in hidden:
        assert client.get(address("directory:offer_detail", offer.uuid)).status_code == 404
        assert offer.title not in html(client.get(address()))


def test_other_methods_are_refused(client):
    assert client.post(address()).status_code == 405


@pytest.fixture
def member(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    return membership


@pytest.mark.usefixtures("member")
def test_a_member_stays_in_the_staff_area(client):
    offer = OfferFactory()
    for url in (address(), address("directory:offer_detail", offer.uuid)):
        response = client.get(url)
        page = html(response)
        assert "css/staff.css" in page
        assert f'href="{address("cases:case_list")}"' in page
        assert "no-store" in response["Cache-Control"]


def test_a_cookie_without_a_member_gets_the_public_page(client):
    client.cookies["gw_session"] = "nobodys"
    response = client.get(address())
    assert "css/founder.css" in html(response)
    assert "Cache-Control" not in response


def test_the_public_page_asks_for_no_session(client, capture_queries):
    offer = OfferFactory()
    with capture_queries() as queries:
        pages = [client.get(address()), client.get(address("directory:offer_detail", offer.uuid))]
    assert all("css/founder.css" in html(page) for page in pages)
    assert queries
    assert not [q["sql"] for q in queries if "session" in q["sql"] or "people_user" in q["sql"]]


def test_an_offer_names_itself_in_every_language(client, settings):
    settings.SITE_URL = "https://portal.example"
    offer = OfferFactory()
    page = html(client.get(address("directory:offer_detail", offer.uuid, language="ar")))
    assert f'<link rel="alternate" hreflang="de" href="https://portal.example/de/network/{offer.uuid}/">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="https://portal.example/network/{offer.uuid}/">' in page
