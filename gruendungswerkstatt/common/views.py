"""Pages that belong to no room: errors in every language, choosing light or dark."""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .context import current_portal, remember_theme
from .limits import MINUTE, Paused
from .middleware import UNTOUCHED

logger = logging.getLogger(__name__)

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Codes and PINs do not stand in a page a second time; a form that is sent again has a token of its own.
NOT_REPEATED = UNTOUCHED | {"code", "pin", "pin_again", "csrfmiddlewaretoken"}

# The last resort when not even a template can be rendered: no style sheet, three languages.
_BARE_500 = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>500</title></head><body>
<p>Das hat leider nicht geklappt. Bitte versuchen Sie es später noch einmal.</p>
<p lang="ar" dir="rtl">عذرًا، حدث خطأ. يُرجى المحاولة مرة أخرى لاحقًا.</p>
<p lang="en">Sorry, this did not work. Please try again later.</p></body></html>"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400: something in the request could not be read, or it was larger than we take (413)."""
    return _error_page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403: signed in, but not for this."""
    return _error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404; also what strangers' objects look like."""
    return _error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: mostly a form that lay open while its cookie was cleared or renewed in another window.

    Pages are not stored by the browser, so "back" would show an empty form. What was typed is offered for sending
    again, but only where the browser vouches that it came from our own page.
    """
    typed = []
    if _is_own_page(request) and not UNTOUCHED.intersection(request.POST) and not request.FILES:
        typed = [(name, v) for name, values in request.POST.lists() for v in values if name != "csrfmiddlewaretoken"]
    return _error_page(request, 403, "403_csrf.html", {"typed": typed, "address": request.get_full_path()})


def _is_own_page(request: HttpRequest) -> bool:
    """Old browsers name no origin; the address of the page before they name to ourselves only (Referrer-Policy)."""
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    return origin == own if origin else request.headers.get("Referer", "").startswith(f"{own}/")


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """What a page says to a request it does not answer; mostly the address of a form, opened as a page."""
    return _error_page(request, 405)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler429: something was tried too often. A form that was sent can be sent again, without what is secret in it.

    Without a Paused that knows better the pause is a minute, the longest that django-allauth's own limits take.
    """
    pause = exception if isinstance(exception, Paused) else Paused(MINUTE)
    typed = []
    if request.method == "POST" and not request.FILES:
        typed = [(name, v) for name, values in request.POST.lists() for v in values if name not in NOT_REPEATED]
    context = {"pause": pause, "typed": typed, "address": request.get_full_path()}
    response = _error_page(request, 429, context=context)
    response["Retry-After"] = str(pause.seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: needs no database, no session and no context processor, because any of them may be what failed."""
    try:
        with override(_language(request)):
            page = get_template("500.html").render({"language": get_language(), "portal": current_portal()})
    except Exception:  # whatever it is, the reader gets an answer
        logger.exception("The page for server errors could not be rendered")
        page = _BARE_500
    return HttpResponse(page, status=500)


@csrf_exempt  # changes nothing but the reader's own colours, and a token would put a cookie on every page
@require_POST
@never_cache
def theme_set(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie, or forget it; back to the page in `next` if it is one of ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # Not `redirect`: it takes a text without a slash for the name of a view.
    response = HttpResponseRedirect(back if is_ours and back.startswith("/") else f"/{get_language()}/")
    remember_theme(response, request.POST.get("theme", ""))
    return response


def _error_page(request: HttpRequest, status: int, template: str = "", context: dict | None = None) -> HttpResponse:
    with override(_language(request)):
        response = render(request, template or f"{status}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _language(request: HttpRequest) -> str:
    """The language of the address, else of the browser: errors may happen before LocaleMiddleware has looked."""
    return get_language_from_request(request, check_path=True)
