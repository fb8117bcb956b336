"""Well-known tricks against a web site, each answered politely and with nothing done."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.files.models import Note
from intake.models import Submission
from network.people.models import User
from tests.factories.files import CaseFactory
from tests.factories.people import PASSWORD, MembershipFactory
from tests.support.wild import Portal, Role, Wish

pytestmark = pytest.mark.django_db
LANGUAGES = {"de": "Anfrage", "ar": "الطلب", "en": "request"}
NOBODY = Role("anonymous", {})


@pytest.fixture
def raw(client):
    """Send bytes as they are: `raw("GET", b"/de/", query="", headers={})`."""
    portal = Portal()
    yield lambda method, path, **more: portal.answer(Wish(NOBODY, method, path, **more))
    portal.close()


def is_a_page(response, language="de") -> bool:
    page = response.content.decode()
    return f'<html lang="{language}"' in page and len(re.findall("<h1", page)) == 1


# --- Host ---


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "host",
    ["evil.example", "testserver@evil.example", "testserver:80:80", "testserver/x", "", "a" * 3000, "[::1", "x y"],
)
def test_foreign_host_gets_a_page_and_stands_nowhere_in_it(client, language, host):
    response = client.get(f"/{language}/", headers={"Host": host})
    assert response.status_code == 400
    assert is_a_page(response, language)
    assert "evil.example" not in response.content.decode()


def test_forwarded_host_is_not_believed(client):
    page = client.get("/de/accounts/login/", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"})
    assert page.status_code == 200
    assert "evil" not in page.content.decode()


# --- Being led elsewhere ---

ELSEWHERE = ("https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
             "http:evil.example", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example", "\x01//evil.example",
             "https://testserver@evil.example/", "https://testserver.evil.example/", "evil")  # fmt: skip


def stays_here(response) -> bool:
    return response.status_code == 302 and bool(re.match(r"/[a-z]{2}/", response.url))


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_elsewhere(client, target):
    user = MembershipFactory().user
    assert stays_here(client.post("/de/theme/", {"theme": "dark", "next": target}))
    form = {"login": user.email, "password": PASSWORD, "next": target}
    assert stays_here(client.post(f"/de/accounts/login/?next={target}".replace("\t", "%09"), form))
    assert stays_here(client.post("/de/accounts/logout/", {"next": target}))


def test_slashes_in_front_lead_nowhere(raw):
    for path in (
        b"//evil.example/..",
        b"//evil.example/de",
        b"/%2f%2fevil.example/",
        b"/de//evil.example",
        b"/\\evil.example",
    ):
        answer = raw("GET", path)
        assert answer.status == 404 or re.match(r"/[a-z]{2}/", answer.header("Location")), path


# --- Bodies ---

BIG = "x" * 600_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "form",
    [
        {"login": BIG},
        {f"field-{n}": "x" for n in range(600)},
        {"file": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(200)]},
    ],
    ids=["too long", "too many fields", "too many files"],
)
def test_too_large_a_form_gets_a_page(client, language, form):
    kind = {} if "file" in form else {"content_type": "application/x-www-form-urlencoded"}
    data = form if "file" in form else "&".join(f"{name}={value}" for name, value in form.items())
    response = client.post(f"/{language}/accounts/login/", data, **kind)
    assert response.status_code in (400, 413)
    assert is_a_page(response, language)


def test_too_large_a_note_writes_nothing(client):
    case = CaseFactory()
    client.force_login(MembershipFactory(organisation=case.office).user)
    response = client.post(f"/de/cases/{case.uuid}/note/", f"text={BIG}", "application/x-www-form-urlencoded")
    assert response.status_code in (400, 413)
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--b\r\n"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nnever ended'),
        ("multipart/form-data; boundary=b", b"\xff\x00" * 50),
        ("application/x-www-form-urlencoded; charset=nonsense", b"login=a"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"login=+ADw-"),
        ("application/x-www-form-urlencoded", b"login=%ff%fe&\xff=\xfe&%"),
        ("application/json", b'{"login": "a"}'),
        ("", b"login=a"),
    ],
)
def test_broken_form_gets_a_page(raw, kind, body):
    answer = raw("POST", b"/de/accounts/login/", kind=kind, body=body)
    assert answer.status in (200, 400)
    assert b'<html lang="de"' in answer.body


@pytest.mark.parametrize("length", ["-1", "99999999999", ""])  # what is no number a server refuses itself
def test_wrong_length_gets_a_page(raw, length):
    answer = raw("POST", b"/de/accounts/login/", body=b"login=a", headers={"CONTENT_LENGTH": length},
                 kind="application/x-www-form-urlencoded")  # fmt: skip
    assert answer.status in (200, 400, 413)
    assert b'<html lang="de"' in answer.body


# --- Cookies ---

JUNK = (
    "", "x", "é", "\x00", "a\x00b", "null", "0" * 8000, "a:b:c", "eyJ4IjoxfQ:1abcde:" + "A" * 43, '"\\000"', "%00",
    "\\", "1" * 64, "../../etc/passwd", "<script>", "[]", '[["__json_message",0,25,"x"]]:1:x',
)  # fmt: skip


@pytest.fixture
def cookies(db):
    """Every cookie the portal gives, from one browser after the other."""
    found = {}
    founder = Client()
    founder.post("/de/intake/", {"has_read": "on"})
    found |= {name: morsel.value for name, morsel in founder.cookies.items()}
    member = MembershipFactory()
    staff = Client()
    staff.get("/de/accounts/login/")
    staff.post("/de/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    staff.post("/de/theme/", {"theme": "dark"})
    found |= {name: morsel.value for name, morsel in staff.cookies.items()}
    return {name: value for name, value in found.items() if value} | {"gw_language": "de", "messages": "x"}


@pytest.mark.parametrize("junk", JUNK)
def test_broken_cookies_are_as_good_as_none(raw, cookies, junk):
    assert {"gw_session", "gw_csrf", "gw_theme"} < set(cookies)
    before = (User.objects.count(), Submission.objects.count())
    for name in (*cookies, *(f"__Host-{name}" for name in cookies)):
        for path in (b"/de/", b"/de/people/", b"/de/intake/tasks/", b"/de/status/now/", b"/de/accounts/login/"):
            answer = raw("GET", path, cookies={name: junk})
            assert answer.status in (200, 302, 400), (name, path)
    assert (User.objects.count(), Submission.objects.count()) == before


def test_cookie_with_a_changed_signature_is_no_pass(raw, cookies):
    signed = {name: value for name, value in cookies.items() if value.count(":") >= 2}
    assert signed
    for name, value in signed.items():
        for changed in (
            value[:-1] + ("A" if value[-1] != "A" else "B"),
            "A" + value,
            value.rpartition(":")[0],
            value * 2,
        ):
            for path in (b"/de/intake/tasks/", b"/de/status/now/", b"/de/people/"):
                assert raw("GET", path, cookies={name: changed}).status == 302, (name, path)


# --- Paths and headers ---

PATHS = (
    b"/de/%00", b"/de/\x00", b"/%2e%2e/%2e%2e/etc/passwd",
    b"/../../etc/passwd", b"/de/%2e%2e%2f%2e%2e%2f",
    b"/de/%c0%ae", b"/%ff%fe", b"/de/network/%ed%a0%80/", b"/de/" + b"a" * 8000,
    b"/de/%0d%0aSet-Cookie:%20wild=1", b"*", b"",
    b"/static/../manage.py", b"/static/%2e%2e/manage.py", b"/static/..%5cmanage.py", b"/de/cases/%00/", b"/de;x=1/",
    b"/%64%65/%2f", b"/de/cases/list/%", b"/.git/config", b"/de/.env", b"/wp-login.php",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_odd_path_is_not_found(raw, path):
    answer = raw("GET", path)
    assert answer.status in (302, 400, 404)
    assert not answer.header("Set-Cookie").startswith("wild")
    assert b"DATABASES" not in answer.body
    assert "\r" not in str(answer.headers)
    if answer.status == 302:
        assert re.match(r"/[a-z]{2}/", answer.header("Location"))


HEADERS = (
    "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_ORIGIN", "HTTP_ACCEPT", "HTTP_HX_CURRENT_URL",
    "HTTP_X_FORWARDED_FOR", "HTTP_IF_NONE_MATCH", "HTTP_RANGE", "HTTP_X_REQUEST_ID",
)  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize(
    "value", ["", "\x00", "a\r\nSet-Cookie: wild=1", "\xff" * 50, "x" * 8000, "%0d%0a", "<script>"]
)
def test_odd_header_changes_nothing(raw, name, value):
    for path in (b"/de/", b"/", b"/de/people/"):
        answer = raw("GET", path, headers={name: value, "HTTP_HX_REQUEST": "true"})
        assert answer.status in (200, 302)
        assert all("wild" not in value for _name, value in answer.headers)
        assert b"<script>" not in answer.body
