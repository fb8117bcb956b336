"""Reports of errors are off, and if they are on nothing of a person leaves the house."""

import json
import sys

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from sentry_sdk.transport import Transport

from gruendungswerkstatt.common import error_reports

pytestmark = pytest.mark.django_db

NAME, PHONE, IDEA = "Şêrîn Xelîlo", "+491713920005", "أريد فتح محل صغير"


class Drawer(Transport):
    """Keeps what would have been sent."""

    def __init__(self, options=None):
        super().__init__(options)
        self.envelopes = []

    def capture_envelope(self, envelope):
        self.envelopes.append(envelope)

    def events(self) -> list[dict]:
        return [item.payload.json for envelope in self.envelopes for item in envelope.items]


@pytest.fixture
def drawer():
    transport = Drawer()
    error_reports.start("https://key@errors.example/1", transport=transport)
    yield transport
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def test_nothing_is_reported_by_default(settings):
    assert settings.SENTRY_DSN == ""
    assert not sentry_sdk.get_client().is_active()


def test_a_report_says_what_broke_where_and_nothing_of_the_person(drawer, settings):
    settings.ROOT_URLCONF = "tests.ops.urls_broken"
    sentry_sdk.set_user({"email": "sherin@example.org"})
    sentry_sdk.add_breadcrumb(message=NAME)
    client = Client(raise_request_exception=False, headers={"X-Name": "Xelilo"})
    client.cookies["gw_theme"] = "Xelilo"
    answer = client.post(f"/broken/Xelilo/?phone={PHONE}", {"name": NAME, "phone": PHONE, "idea": IDEA})
    assert answer.status_code == 500
    events = drawer.events()
    kinds = [error["type"] for event in events for error in event.get("exception", {}).get("values", ())]
    assert kinds == ["ValueError", "IntegrityError"]
    functions = [
        frame["function"]
        for event in events
        for error in event.get("exception", {}).get("values", ())
        for frame in error["stacktrace"]["frames"]
    ]
    assert "broken" in functions
    assert {event["tags"]["work_id"] for event in events} == {answer.headers["X-Request-ID"]}
    sent = json.dumps(events, ensure_ascii=False)
    for secret in (NAME, "Xelilo", "Xelîlo", PHONE, "1713920005", IDEA, "sherin@example.org", "duplicate key"):
        assert secret not in sent
    for event in events:
        assert not {"request", "user", "breadcrumbs", "extra", "contexts", "modules"} & set(event)


def test_the_package_may_be_missing_and_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match=r"sentry-sdk is missing"):
        error_reports.start("https://key@errors.example/1")
