"""Whatever an editor types, only harmless tags come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common.context import Office
from gruendungswerkstatt.content import markdown
from gruendungswerkstatt.content.enums import PageSlug, TextProblem
from tests.common.markup import read

OFFICE = Office(
    pk=1,
    name="Jobcenter Kreis Unna",
    names={"ar": "مركز العمل (Jobcenter Kreis Unna)", "de": "Jobcenter Kreis Unna"},
    phone="+49230325385422",
    email="a@example.org",
    street="Weg 1",
    postal_code="59425",
    place="Unna",
)
HARMLESS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "bdi", "br"}


def html(source: str, language: str = "de") -> str:
    return markdown.render(source, language, OFFICE)


def test_headings_begin_below_the_title():
    assert "<h2 " in html("# Eins")
    assert "<h2 " in html("## Zwei")
    assert "<h3 " in html("### Drei")
    assert "<h4 " in html("###### Sechs")


def test_lists_and_emphasis():
    page = html("- eins\n- **zwei**\n\n1. drei")
    assert '<ul class="kern-list kern-list--bullet">' in page
    assert "<strong>zwei</strong>" in page
    assert '<ol class="kern-list kern-list--number">' in page


def test_html_stays_text():
    page = html('<script>alert(1)</script> <b onclick="x">y</b>')
    assert "<script" not in page
    assert "<b " not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "http://example.org",
        "//evil.example",
        "/\\evil.example",
        "https:",
        "page:nowhere",
        "ftp://example.org",
        "relative",
        "https://[",
    ],
)
def test_foreign_links_stay_text_and_are_named(url):
    page = html(f"[hier]({url})")
    assert "<a " not in page
    assert markdown.problems(f"[hier]({url})") == [(TextProblem.LINK, url)]


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("page:privacy", "/de/pages/privacy/"),
        ("page:start", "/de/"),
        ("/de/network/", "/de/network/"),
        ("https://example.org/a", "https://example.org/a"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+4923032538000", "tel:+4923032538000"),
    ],
)
def test_own_pages_and_safe_ways_are_links(url, href):
    assert f'href="{href}"' in html(f"[hier]({url})")
    assert markdown.problems(f"[hier]({url})") == []


def test_pictures_are_refused():
    assert "<img" not in html("![x](/x.png)")
    assert (TextProblem.IMAGE, "![") in markdown.problems("![x](/x.png)")


def test_the_data_of_the_office_stands_in_its_places():
    page = html("{office}, {address}: {phone} {email}")
    assert "<bdi>Jobcenter Kreis Unna</bdi>" in page
    assert "Weg 1, 59425 Unna" in page
    assert 'href="tel:+49230325385422"' in page
    assert 'href="mailto:a@example.org"' in page
    assert "مركز العمل" in html("{office}", "ar")


def test_unknown_placeholders_are_named():
    assert markdown.problems("Bitte {fax}") == [(TextProblem.PLACEHOLDER, "{fax}")]
    assert html("Bitte {fax}") == '<p class="kern-body">Bitte {fax}</p>\n'


def test_latin_words_in_arabic_are_isolated_and_german():
    page = html("مركز العمل (Jobcenter Kreis Unna) يساعدك", "ar")
    assert '(<bdi lang="de" dir="ltr">Jobcenter Kreis Unna</bdi>)' in page
    assert '(<bdi lang="de" dir="ltr">§ 67a, § 67b SGB X</bdi>)' in html("وفق (§ 67a, § 67b SGB X).", "ar")
    assert "<bdi" not in html("3 سنوات", "ar")
    assert "<bdi" not in html("Jobcenter", "de")


@given(st.text(max_size=300), st.sampled_from(["de", "ar"]))
def test_wild_input_makes_harmless_pages(source, language):
    assert {element.tag for element in read(html(source, language)).elements} <= HARMLESS
    markdown.problems(source)


@given(
    st.sampled_from(["<", "[a](", "](", "javascript:", "{office}", "{", "**", "# ", "- ", "&lt;", "`", "\\", "\n"]),
    st.data(),
)
def test_wild_marks_make_harmless_pages(mark, data):
    source = mark.join(data.draw(st.lists(st.text(max_size=8), max_size=12)))
    assert "<script" not in html(source)
    assert 'href="javascript' not in html(source).lower()


def test_every_page_can_be_linked():
    assert all(markdown.address_of(slug) for slug in PageSlug.values)
