"""Where a request comes from, as far as that can be known."""

import ipaddress
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def client_address(meta: Mapping[str, str]) -> str:
    """The client's address, "" if there is none (a socket without a proxy).

    Each proxy writes the address it was asked from at the end of X-Forwarded-For. With settings.TRUSTED_PROXIES
    proxies of our own the entry that the outermost of them wrote is the client; what stands before it anybody can
    write. Whoever came by fewer proxies than that is where the connection comes from.
    """
    hops = settings.TRUSTED_PROXIES
    if hops:
        told = meta.get("HTTP_X_FORWARDED_FOR", "").split(",")
        found = _readable(told[-hops]) if len(told) >= hops else ""
        if found:
            return found
    return _readable(meta.get("REMOTE_ADDR", ""))


def _readable(text: str) -> str:
    """An address without what proxies put around it: brackets, a port, an IPv4 address written as IPv6."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


class ClientAddressMiddleware:
    """Writes the client's address where everybody looks for it (REMOTE_ADDR), and takes away what could be forged."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = client_address(request.META)
        request.META.pop("HTTP_X_FORWARDED_FOR", None)
        return self.get_response(request)
