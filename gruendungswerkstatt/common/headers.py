"""Security headers that Django and django-csp do not set, on every answer, files and errors among them."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

# Nothing of the device is ever asked for but its keys for signing in (WebAuthn; ours alone by default). Founders pay
# for every byte: what is refused is what a smuggled script could want, not every name there is.
_REFUSED = ("camera", "microphone", "geolocation", "display-capture", "payment", "usb", "browsing-topics")

HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _REFUSED),
    # No other site may embed what is served here, neither pages nor pictures.
    "Cross-Origin-Resource-Policy": "same-origin",
}

REDIRECTS = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
# A redirect shows nothing that these could protect, and every step of the intake ends with one.
_OF_DOCUMENTS = ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options")


class HeadersMiddleware:
    """Sets HEADERS; stands outside of whatever may answer by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code in REDIRECTS:
            for name in _OF_DOCUMENTS:
                response.headers.pop(name, None)
        return response
