"""Gives every request the membership the signed-in person acts in, and asks for a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from gruendungswerkstatt.common import recording

from .models import Membership
from .oidc.second_factor import is_vouched_for
from .selectors import current_membership

# Where somebody without a second factor may go besides setting one up.
SETUP_VIEWS = frozenset({"account_login", "account_logout", "account_reauthenticate", "theme_set", "livez", "healthz"})


class MembershipMiddleware:
    """Sets `request.membership`: an active Membership with its organisation, or a false value; lazy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _membership_of(request))
        return self.get_response(request)


def _membership_of(request: HttpRequest) -> Membership | None:
    """Whom the session belongs to; from now on the history of changes names them."""
    membership = current_membership(request.user, request.session)
    if membership:
        recording.add(user=membership.user_id, office=membership.organisation_id, role=membership.role)
    return membership


class SecondFactorMiddleware:
    """Leads a member without a second factor to setting one up, wherever they wanted to go."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        name = request.resolver_match.view_name or ""
        if name in SETUP_VIEWS or name.startswith("mfa_") or not request.user.is_authenticated:
            return None
        if not request.membership or request.membership.has_second_factor or is_vouched_for(request):
            return None
        messages.info(request, _("Please set up a second factor first."))
        return redirect("mfa_index")
