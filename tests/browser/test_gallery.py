"""The gallery of widgets and components in a real browser: accessible, not too wide, targets large enough, readable."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.person import WCAG
from tests.common import gallery

ADDRESS = "http://gallery.test/"
LOOKS = [("ar", "base_founder.html", 360), ("de", "base_founder.html", 320), ("de", "base_staff.html", 1280)]
FORMS = {"wrong": gallery.wrong_form, "valid": gallery.valid_form}

pytestmark = [pytest.mark.long, pytest.mark.parametrize(("language", "base", "width"), LOOKS)]


@pytest.fixture
def scheme():
    return "light"


@pytest.fixture
def shown(browser, settings, language, base, width, scheme):
    """`shown(*forms)`: a page that shows the gallery; answers come from the build, nothing else is reachable."""
    settings.ROOT_URLCONF = "tests.common.urls_gallery"
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )

    def open_page(*forms):
        html = gallery.draw(language, base, *forms)
        page = context.new_page()
        page.route("**/*", lambda route: _answer(route, html))
        page.goto(ADDRESS)
        return page

    yield open_page
    context.close()


def _answer(route, html: str) -> None:
    name = route.request.url.removeprefix(ADDRESS)
    built = Path(settings.STATICFILES_DIRS[0]) / name.removeprefix("static/")
    if name == "":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif name.startswith("static/") and built.is_file():
        route.fulfill(path=built)
    else:
        route.abort()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("form", FORMS)
def test_the_gallery_is_accessible_and_fits(shown, axe_source, form):
    page = shown(FORMS[form](), gallery.LayoutForm())
    page.evaluate(axe_source)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1


@pytest.mark.parametrize("scheme", ["dark"])
def test_paper_is_white(shown):
    page = shown(gallery.valid_form())
    page.evaluate("document.documentElement.dataset.kernTheme = 'dark'")
    read = "e => { const s = getComputedStyle(document.querySelector(e)); return s.color + s.backgroundColor }"
    assert page.evaluate(read, "h1").startswith("rgb(2")
    page.emulate_media(media="print")
    assert page.evaluate(read, "h1").startswith("rgb(1")
    assert page.evaluate(read, "body").endswith("rgb(255, 255, 255)")
    assert not page.locator("h1 ~ .gw-actions").first.is_visible()


# What can be pressed and stands alone; links inside sentences and table cells are exempt (WCAG 2.5.8).
TARGETS = """() => [...document.querySelectorAll(
    'button, select, textarea, summary, input:not([type=hidden], [type=checkbox], [type=radio]),'
    + ' .kern-form-check label, header a, footer a, nav a, .kern-btn, .kern-error-summary a, .gw-back a')]
  .map(e => [e.outerHTML.slice(0, 100), e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height < 44).map(([html, box]) => html + ' ' + box.height)"""


def test_targets_are_44_pixels_high(shown):
    page = shown(gallery.wrong_form(), gallery.LayoutForm())
    page.add_style_tag(content=".gw-skip { position: static !important }")
    assert page.evaluate(TARGETS) == []


def test_focus_is_on_the_error_summary_when_the_page_opens(shown):
    page = shown(gallery.wrong_form())
    assert page.evaluate("document.activeElement.className").endswith("kern-error-summary")
    page.locator(".kern-error-summary a[href='#id_radio_0']").click()
    assert page.evaluate("document.activeElement.id") == "id_radio_0"
