"""What surrounds every page: languages, theme, navigation, errors."""

from types import SimpleNamespace

import pytest
from django.template import Context, engines
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse
from django.utils.translation import override

from gruendungswerkstatt.common import views
from gruendungswerkstatt.common.context import portal
from gruendungswerkstatt.common.templatetags.navigation import STAFF_PAGES, language_links, staff_navigation
from tests.common import gallery
from tests.common.markup import read

pytestmark = pytest.mark.usefixtures("gallery_urls")
LANGUAGES = ["ar", "de", "en"]
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def request_to(address: str, **headers):
    request = RequestFactory().get(address, headers=headers)
    request.user, request.resolver_match, request.membership = SimpleNamespace(is_authenticated=False), None, None
    request._messages = []
    return request


@pytest.mark.parametrize("language", ["ar", "de"])  # the gallery is drawn in these
def test_a_page_says_its_language_and_direction(drawn, language):
    page = drawn(language)
    (html,) = page.all("html")
    assert html.attrs["lang"] == language
    assert html.attrs["dir"] == ("rtl" if language == "ar" else "ltr")
    sheet = "css/founder.rtl.css" if language == "ar" else "css/founder.css"
    assert [e.attrs["href"] for e in page.all("link", rel="stylesheet")] == [f"/static/{sheet}"]


def test_the_founders_side_needs_no_script(drawn):
    assert not drawn("ar").all("script")
    assert drawn("de", "base_staff.html").all("script")


def test_the_title_says_that_something_is_wrong():
    template = engines["django"].from_string('{% extends "base_founder.html" %}{% block title %}Fragen{% endblock %}')
    with override("de"):
        for data, title in ((None, "Fragen"), ({}, "Fehler: Fragen"), (gallery.VALID, "Fragen")):
            form = gallery.LineForm(data | {"title": "x"} if data else data)
            page = read(template.render({"form": form}, request_to("/de/page/")))
            assert page.all("title")[0].text == title


def test_landmarks_and_skip_link(drawn):
    page = drawn("ar")
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    first = page.all("a")[0]
    assert first.attrs["href"] == "#main"
    assert page.by_id("main").attrs["tabindex"] == "-1"


@EVERY_LANGUAGE
def test_the_language_switch_stays_on_the_page(language):
    with override(language):
        links = language_links(Context({"request": request_to(f"/{language}/page/?q=a%20b&page=2")}))
    assert {link.code: link.url for link in links} == {
        code: f"/{code}/page/?q=a%20b&page=2" for code in ("de", "ar", "en")
    }
    assert [link.code for link in links if link.current] == [language]
    assert {link.name for link in links} == {"Deutsch", "العربية", "English"}
    assert [link.direction for link in links if link.code == "ar"] == ["rtl"]


@pytest.mark.parametrize(
    ("address", "german"),
    [("/ar/nowhere/?q=1", "/de/nowhere/?q=1"), ("/nowhere/", "/de/"), ("/", "/de/"), ("/%2Fevil.example/", "/de/")],
)
def test_the_language_switch_works_where_there_is_no_page(address, german):
    with override("ar"):
        links = language_links(Context({"request": request_to(address)}))
    assert next(link.url for link in links if link.code == "de") == german


def navigation(role: str):
    request = request_to("/de/page/")
    request.membership = SimpleNamespace(role=role)
    return [item.label for item in staff_navigation(Context({"request": request}))["items"]]


def test_each_role_has_its_own_navigation(monkeypatch):
    monkeypatch.setattr("gruendungswerkstatt.common.templatetags.navigation.url_or_empty", lambda name: f"/{name}/")
    with override("en"):
        advisors = ["My day", "My inbox", "Cases", "Appointments", "Statistics", "Directory"]
        assert navigation("advisor") == advisors
        assert navigation("team_lead") == [*advisors, "Messages", "Our office"]
        assert navigation("administrator") == ["Directory", "Our office"]
        assert navigation("partner") == ["Referrals", "Directory"]
        assert staff_navigation(Context({"request": request_to("/")})) == {"items": []}


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("people:office_settings", "page"),
        ("people:member_detail", "true"),
        ("people:invitation_new", "true"),
        ("messages:text_edit", "true"),
        ("content:page_edit", "true"),
        ("retention:period_list", "true"),
        ("audit:history_list", "true"),
        ("messages:message_list", ""),
        ("content:page_detail", ""),
        ("directory:offer_list", ""),
    ],
)
def test_our_office_stays_marked_on_the_pages_below_it(page, mark, monkeypatch):
    monkeypatch.setattr("gruendungswerkstatt.common.templatetags.navigation.url_or_empty", lambda name: f"/{name}/")
    request = request_to("/de/page/")
    request.membership, request.resolver_match = SimpleNamespace(role="team_lead"), SimpleNamespace(view_name=page)
    items = staff_navigation(Context({"request": request}))["items"]
    assert {item.url: item.current for item in items}["/people:office_settings/"] == mark


def test_every_page_of_the_navigation_exists(settings):
    settings.ROOT_URLCONF = "gruendungswerkstatt.urls"
    assert all(reverse(name) for name, _label, _roles in STAFF_PAGES)


# --- Light and dark ----------------------------------------------------------------------------------------------


def test_the_theme_is_remembered_and_forgotten():
    client = Client()
    answer = client.post("/de/theme/", {"theme": "dark", "next": "/de/page/?q=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/de/page/?q=1")
    assert answer.cookies["gw_theme"].value == "dark"
    assert answer.cookies["gw_theme"]["httponly"]
    answer = client.post("/de/theme/", {"theme": "", "next": "/de/page/"})
    assert answer.cookies["gw_theme"]["max-age"] == 0


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "", "javascript:alert(1)", "\\\\evil"]
)
def test_the_theme_leads_nowhere_else(elsewhere):
    assert Client().post("/ar/theme/", {"theme": "light", "next": elsewhere})["Location"] == "/ar/"


def test_the_theme_is_only_posted():
    assert Client().get("/de/theme/").status_code == 405


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("x", ""), ('"><b', "")])
def test_only_known_themes_reach_the_page(cookie, theme, drawn):
    request = request_to("/de/page/")
    request.COOKIES["gw_theme"] = cookie
    assert portal(request)["portal"].theme == theme
    (html,) = drawn("de", theme=cookie).all("html")
    assert html.attrs.get("data-kern-theme", "") == theme


# --- Errors ------------------------------------------------------------------------------------------------------

ERRORS = {
    400: views.bad_request,
    403: views.permission_denied,
    404: views.page_not_found,
    429: views.too_many_requests,
}


@EVERY_LANGUAGE
@pytest.mark.parametrize("status", ERRORS)
def test_errors_are_told_in_the_language_of_the_address(status, language):
    answer = ERRORS[status](request_to(f"/{language}/x/", accept_language="de"), None)
    page = read(answer.content.decode())
    assert answer.status_code == status
    assert page.all("html")[0].attrs["lang"] == language
    assert page.all("h1")[0].text == page.all("title")[0].text.strip()
    assert len(page.all("a", href=f"/{language}/")) == 2
    assert answer["Cache-Control"] == "no-store"


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    "body", [{"idea": "ش" * 600_000}, {f"field{n}": "x" for n in range(600)}], ids=["bytes", "fields"]
)
def test_what_is_too_long_is_told_so(body, language, db, settings):
    settings.ROOT_URLCONF = "gruendungswerkstatt.urls"
    answer = Client().post(f"/{language}/intake/", body, headers={"accept-language": "de"})
    page = read(answer.content.decode())
    assert answer.status_code == 413
    assert page.all("html")[0].attrs["lang"] == language
    assert page.all("h1")[0].text == {"de": "Das ist zu lang", "ar": "هذا طويل جدًا", "en": "This is too long"}[language]
    assert answer["Cache-Control"] == "no-store"


def test_errors_without_a_language_follow_the_browser():
    answer = views.page_not_found(request_to("/x", accept_language="ar-SY,ar;q=0.9"))
    assert 'lang="ar" dir="rtl"' in answer.content.decode()


@EVERY_LANGUAGE
def test_the_page_for_server_errors_needs_nothing(language, monkeypatch):
    monkeypatch.setattr("gruendungswerkstatt.common.context.portal", None)
    answer = views.server_error(request_to(f"/{language}/x/"))
    page = read(answer.content.decode())
    assert answer.status_code == 500
    assert page.all("html")[0].attrs["lang"] == language
    assert {e.attrs["lang"] for e in page.all("p") if "lang" in e.attrs} == set(LANGUAGES) - {language}
    assert page.all("a", href="tel:+49230325385422")


def test_the_page_for_server_errors_has_a_last_resort(monkeypatch, caplog):
    def broken(name):
        raise OSError(name)

    monkeypatch.setattr(views, "get_template", broken)
    answer = views.server_error(request_to("/ar/x/"))
    assert answer.status_code == 500
    assert "عذرًا" in answer.content.decode()
    assert "could not be rendered" in caplog.text


def write(request):
    """A view that must not be reached without a token."""
    raise AssertionError


urlpatterns = [path("de/write/", write)]


@pytest.fixture
def strict_client():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(enforce_csrf_checks=True)


def test_what_was_typed_survives_an_expired_session(strict_client):
    typed = {"idea": 'متجر "صغير" <b>', "ways": ["a", "b"], "csrfmiddlewaretoken": "old"}
    answer = strict_client.post("/de/write/?step=2", typed, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    page = read(answer.content.decode())
    (form,) = [f for f in page.all("form") if f.attrs["action"] == "/de/write/?step=2"]
    fields = [(e.attrs["name"], e.attrs["value"]) for e in page.all("input") if form in e.parents]
    assert [f for f in fields if f[0] != "csrfmiddlewaretoken"] == [
        ("idea", 'متجر "صغير" <b>'), ("ways", "a"), ("ways", "b"),
    ]  # fmt: skip
    tokens = [value for name, value in fields if name == "csrfmiddlewaretoken"]
    assert len(tokens) == 1
    assert tokens != ["old"]


def test_a_browser_that_names_no_origin_is_known_by_the_page_before(strict_client):
    referer = {"referer": "http://testserver/de/write/"}
    assert "صغير" in strict_client.post("/de/write/", {"idea": "متجر صغير"}, headers=referer).content.decode()
    both = referer | {"origin": "https://evil.example"}
    foreign = {"referer": "http://testserver.evil.example/"}
    for headers in (both, foreign):
        assert "SECRET" not in strict_client.post("/de/write/", {"idea": "SECRET"}, headers=headers).content.decode()


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://testserver.evil.example"])
def test_foreign_pages_cannot_have_something_sent_again(strict_client, origin):
    headers = {"origin": origin} if origin else {}
    answer = strict_client.post("/de/write/", {"idea": "SECRET"}, headers=headers)
    assert answer.status_code == 403
    assert "SECRET" not in answer.content.decode()


def test_passwords_are_not_written_into_a_page(strict_client):
    typed = {"login": "a@example.org", "password": "SECRET"}
    answer = strict_client.post("/de/write/", typed, headers={"origin": "http://testserver"})
    assert "SECRET" not in answer.content.decode()


# --- What search engines are told ----------------------------------------------------------------------------------


@EVERY_LANGUAGE
@pytest.mark.parametrize("page", ["", "network/", "intake/"])
@pytest.mark.django_db
def test_public_pages_name_themselves_in_every_language(settings, language, page):
    settings.ROOT_URLCONF, settings.SITE_URL = "gruendungswerkstatt.urls", "https://portal.example/"
    client = Client()
    links = read(client.get(f"/{language}/{page}").content.decode()).all("link", rel="alternate")
    assert {link.attrs["hreflang"]: link.attrs["href"] for link in links} == {
        "de": f"https://portal.example/de/{page}",
        "ar": f"https://portal.example/ar/{page}",
        "en": f"https://portal.example/en/{page}",
        "x-default": f"https://portal.example/{page}",
    }
    assert client.get(f"/{page}", headers={"Accept-Language": language}).url == f"/{language}/{page}"


# --- A method a page does not know ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title"), [("de", "geht hier nicht"), ("ar", "غير ممكن"), ("en", "does not work")]
)
def test_a_wrong_method_gets_a_page_with_a_way_back(language, title):
    answer = Client().get(f"/{language}/theme/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "no-store" in answer["Cache-Control"]
    page = read(answer.content.decode())
    assert title in page.all("h1")[0].text
    (way_back,) = page.all("a", **{"class": "kern-btn kern-btn--primary"})
    assert way_back.attrs["href"] == f"/{language}/"


def test_who_reads_no_html_gets_the_bare_answer():
    answer = Client().get("/de/theme/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "POST", b"")
