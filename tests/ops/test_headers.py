"""Every kind of answer carries every security header, and none tells what serves it."""

import pytest
from django.test import Client

from gruendungswerkstatt.common.headers import HEADERS

EXPECTED = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    **HEADERS,
}
ANSWERS = {
    "page": ("/de/", 200),
    "page in Arabic": ("/ar/", 200),
    "sign-in": ("/de/accounts/login/", 200),
    "unknown": ("/de/nowhere/", 404),
    "error": ("/broken/word/", 500),
    "probe": ("/livez", 200),
    "file": ("/static/test.css", 200),
}


@pytest.fixture
def visitor(db, settings, tmp_path):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[: settings.MIDDLEWARE.index("csp.middleware.CSPMiddleware") + 1],
        "whitenoise.middleware.WhiteNoiseMiddleware",
        *settings.MIDDLEWARE[settings.MIDDLEWARE.index("csp.middleware.CSPMiddleware") + 1 :],
    ]
    settings.STATIC_ROOT = tmp_path
    settings.ROOT_URLCONF = "tests.ops.urls_broken"
    (tmp_path / "test.css").write_text("p { margin: 0 }")
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("path", "status"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_has_every_header(visitor, path, status):
    answer = visitor.get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    b"".join(answer)  # a file is streamed, and closed at its end
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/de/people/"])
def test_a_redirect_is_no_document(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 302
    documents = {"Permissions-Policy", "Content-Security-Policy", "X-Frame-Options"}
    wanted = {name: value for name, value in EXPECTED.items() if name not in documents}
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert not documents & set(answer.headers)
    assert "Server" not in answer.headers


def test_tls_is_insisted_on_for_a_year(visitor, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    answer = Client().get("/de/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(("path", "status"), [("/de/", 301), ("/livez", 200), ("/metrics", 404)])
def test_only_probes_are_answered_without_tls(db, settings, path, status):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path).status_code == status
