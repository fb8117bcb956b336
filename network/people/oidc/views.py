"""To the identity provider and back."""

import logging

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gruendungswerkstatt.common.limits import MINUTE, limited
from network.people import unsent

from .answers import Attempt, claims_for, sign_in_address
from .config import Provider, current_provider
from .reasons import Reason, Refused
from .second_factor import vouch
from .services import person_signing_in

logger = logging.getLogger(__name__)

SESSION_KEY = "oidc_attempt"


@require_POST
@limited("oidc", most=100, seconds=10 * MINUTE)  # it writes a session, and keeps a form in it
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the identity provider.

    By a page and not by a redirect: our `form-action` holds for every address a sent form is led to, and where a
    provider leads next is not ours to know.
    """
    provider = _provider()
    attempt = Attempt.new()
    try:
        address = sign_in_address(provider, attempt, _back(request))
    except Refused as refused:
        return _refusal(request, provider, refused.reason)
    wish = request.POST.get("next", "")
    request.session[SESSION_KEY] = {
        "attempt": attempt.as_dict(),
        "language": get_language(),
        "next": wish if get_adapter(request).is_safe_url(wish) else "",
    }
    unsent.keep(request.session, request.POST.get("unsent", ""))
    return render(request, "people/oidc_leave.html", {"address": address, "provider": provider})


@require_safe
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """The one address the provider knows; on to the language the sign-in was begun in."""
    _provider()
    with override(request.session.get(SESSION_KEY, {}).get("language", get_language())):
        return redirect(f"{reverse('people:oidc_finish')}?{request.GET.urlencode()}")


@require_safe
@never_cache
def finish(request: HttpRequest) -> HttpResponse:
    """Sign in whom the provider vouches for, or say why not."""
    provider = _provider()
    if request.user.is_authenticated:
        return redirect("people:home")
    begun = request.session.pop(SESSION_KEY, {})
    if begun:
        request.session.save()  # before anything is asked: an answer counts once
    try:
        attempt = Attempt(**begun["attempt"]) if begun else None
        claims = claims_for(provider, attempt, request.GET.dict(), _back(request))
        user = person_signing_in(provider, claims)
    except Refused as refused:
        return _refusal(request, provider, refused.reason)
    leads_to = reverse("people:unsent_form") if unsent.kept(request.session) else begun["next"]
    with vouch(request, claims.has_second_factor):
        return perform_login(request, user, redirect_url=leads_to or None)


def _provider() -> Provider:
    provider = current_provider()
    if provider is None:
        raise Http404
    return provider


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("oidc_callback"))


def _refusal(request: HttpRequest, provider: Provider, reason: Reason) -> HttpResponse:
    logger.warning("A sign-in at the identity provider was refused: %s", reason.value)
    status = 503 if reason is Reason.UNREACHABLE else 403
    return render(request, "people/oidc_refused.html", {"provider": provider, "reason": reason}, status=status)
