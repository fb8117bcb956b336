"""The client's address is believed as far as our own proxies wrote it."""

import ipaddress

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from gruendungswerkstatt.common.addresses import ClientAddressMiddleware, client_address

PROXY, CLIENT, FORGED = "10.0.0.1", "198.51.100.7", "203.0.113.66"


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "", PROXY),
        (0, FORGED, PROXY),  # nobody in front: the header is anybody's
        (1, CLIENT, CLIENT),
        (1, f"{FORGED}, {CLIENT}", CLIENT),
        (1, f"{FORGED},{FORGED},  {CLIENT} ", CLIENT),
        (2, f"{FORGED}, {CLIENT}, 10.0.0.2", CLIENT),
        (2, FORGED, PROXY),  # came by fewer proxies than there are
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, f"{FORGED}, ", PROXY),
        (1, f"{CLIENT}:5123", CLIENT),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "::ffff:198.51.100.7", CLIENT),
    ],
)
def test_only_what_our_proxies_wrote_counts(settings, hops, forwarded, expected):
    settings.TRUSTED_PROXIES = hops
    assert client_address({"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": forwarded}) == expected


def test_socket_without_proxy_has_no_address(settings):
    settings.TRUSTED_PROXIES = 0
    assert client_address({"REMOTE_ADDR": ""}) == client_address({}) == ""


@given(st.text(max_size=80), st.integers(0, 3))
def test_whatever_stands_there_is_an_address_or_nothing(forwarded, hops):
    with override_settings(TRUSTED_PROXIES=hops):
        found = client_address({"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": forwarded})
    assert str(ipaddress.ip_address(found)) == found


def test_everybody_reads_it_in_the_usual_place(settings):
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory(REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"{FORGED}, {CLIENT}").get("/")
    ClientAddressMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == CLIENT
    assert "HTTP_X_FORWARDED_FOR" not in request.META


@pytest.mark.django_db
@pytest.mark.parametrize(("hops", "statuses"), [(0, {429}), (1, {429}), (2, {200})])
def test_forging_the_header_gives_no_new_tries(client, settings, hops, statuses):
    """With two hops configured and one proxy the forged entry would count: the number has to be right."""
    cache.clear()
    settings.TRUSTED_PROXIES = hops
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    form = {"login": "somebody@example.org", "password": "falsch-9173"}
    for n in range(5):
        client.post("/de/accounts/login/", form, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, {CLIENT}")
    last = client.post("/de/accounts/login/", form, HTTP_X_FORWARDED_FOR=f"203.0.113.99, {CLIENT}")
    assert {last.status_code} == statuses
