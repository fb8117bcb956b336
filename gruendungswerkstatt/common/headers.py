"""Security headers that Django and django-csp do not set, on every answer, files and errors among them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of the device is ever asked for but its keys for signing in (WebAuthn).
_REFUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial",
    "usb", "xr-spatial-tracking",
)  # fmt: skip
_OWN = ("publickey-credentials-create", "publickey-credentials-get")

HEADERS = {
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _REFUSED), *(f"{name}=(self)" for name in _OWN)]),
    # No other site may embed what is served here, neither pages nor pictures.
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Sets HEADERS; stands outside of whatever may answer by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
