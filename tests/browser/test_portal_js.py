"""The staff's script: asking before deleting, sending once, filters that apply at once, menus that close."""

import pytest
from django.conf import settings

ADDRESS = "http://portal.test/"
PAGE = """<!doctype html><html lang="de"><title>x</title><script src="/portal.js" defer></script><body>
<form id="delete" method="post" action="/sent">
<button id="go" name="action" value="delete" data-confirm="ask">Löschen</button></form>
<dialog id="ask"><form method="dialog"><button id="no">Nein</button>
<button id="yes" value="confirm">Ja</button></form></dialog>
<form id="save" method="post" action="/slow"><button id="once" name="action" value="save">Speichern</button></form>
<form id="filter" action="/filtered" data-auto-submit><select name="state"><option>a<option>b</select></form>
<details class="kern-dropdown"><summary id="menu">Menü</summary><a href="/x">x</a></details>
<details class="kern-dropdown"><summary id="other">Anderes</summary></details>
"""


@pytest.fixture
def desk(browser):
    """A page with the script and a list of what was sent."""
    page = browser.new_page()
    page.sent = []

    def answer(route):
        request = route.request
        name = request.url.removeprefix(ADDRESS)
        if name == "portal.js":
            route.fulfill(path=settings.BASE_DIR / "assets/js/portal.js")
        elif name == "":
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        else:
            page.sent.append((name, request.post_data))
            # 204 leaves the page as it is, as if the answer took long
            route.fulfill(status=204)

    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    page.close()


def test_nothing_is_deleted_without_a_yes(desk):
    desk.click("#go")
    desk.click("#no")
    assert not desk.locator("#ask").is_visible()
    assert desk.sent == []
    desk.click("#go")
    desk.keyboard.press("Escape")
    assert desk.sent == []


def test_a_yes_sends_the_button_with_its_value(desk):
    desk.click("#go")
    with desk.expect_response("**/sent"):
        desk.click("#yes")
    assert desk.sent == [("sent", "action=delete")]


def test_a_second_press_sends_nothing(desk):
    with desk.expect_response("**/slow"):
        desk.click("#once")
    desk.click("#once", force=True)
    desk.wait_for_timeout(100)
    assert desk.sent == [("slow", "action=save")]
    assert desk.locator("#once").get_attribute("disabled") is None


def test_filters_apply_at_once(desk):
    with desk.expect_response("**/filtered?state=b"):
        desk.select_option("select", "b")


def test_menus_close_with_escape_and_when_another_opens(desk):
    menu = desk.locator("details").first
    desk.click("#menu")
    assert menu.get_attribute("open") is not None
    desk.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert desk.evaluate("document.activeElement.id") == "menu"
    desk.click("#menu")
    desk.click("#other")
    assert menu.get_attribute("open") is None
