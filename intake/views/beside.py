"""A second language on the page, for somebody who reads along. It is remembered in a cookie that says nothing else."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from .pages import founder_page


@founder_page("POST")
def beside(request: HttpRequest) -> HttpResponse:
    """Choose the second language or none (`founder_page` remembers it); back to `next` if it is a page of ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if is_ours and back.startswith("/") else f"/{get_language()}/intake/")
