"""A second language on the page, for somebody who reads along. It is remembered in a cookie that says nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from .pages import BESIDE_COOKIE, founder_page


@founder_page("POST")
def beside(request: HttpRequest) -> HttpResponse:
    """Choose the second language or none; back to the page in `next` if it is one of ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours and back.startswith("/") else f"/{get_language()}/intake/")
    return remember_beside(request, response)


def remember_beside(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with the language of the button that was pressed, if it was one of these."""
    if "beside" not in request.POST:
        return response
    language = request.POST["beside"]
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            BESIDE_COOKIE, language, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(BESIDE_COOKIE, samesite="Lax")
    return response
