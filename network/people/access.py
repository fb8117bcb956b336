"""Who may open a view: strangers are asked to sign in, members without the role get 404 (nothing tells it exists)."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from . import acting, unsent
from .forms import SignInForm
from .models import Membership

View = Callable[..., HttpResponse]


def _required(allows: Callable[[Membership], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if request.membership and (refusal := acting.refusal(request)):
                return _whole_page(request, refusal)
            if not request.membership or not allows(request.membership):
                raise Http404
            request.office = request.membership.organisation
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


# Advisors and team leads of an office; `request.office` is theirs.
office_staff_required = _required(lambda membership: membership.is_office_staff)
team_lead_required = _required(lambda membership: membership.is_office_staff and membership.is_team_lead)
# Who runs an office: members, texts, pages, periods. Administrators see no founder's data, so these pages show none.
office_settings_required = _required(lambda membership: membership.runs_office)
# People of a partner organisation; `request.office` is that organisation, which owns no cases.
partner_required = _required(lambda membership: membership.is_partner)
member_required = _required(lambda membership: True)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and from there back to here; a form that was sent meanwhile is offered again afterwards."""
    if request.method == "POST" and (sealed := unsent.seal(request)):
        form = SignInForm(request=request, initial={"unsent": sealed})
        page = render(request, "account/login.html", {"form": form, "redirect_field_value": ""})
        return _whole_page(request, page)
    if getattr(request, "session_ended", False):
        messages.info(request, _("You were signed out because nothing happened here for a long time."))
    if request.htmx:
        # A part of a page: the whole page has to go to the sign-in, not the part.
        here = request.htmx.current_url_abs_path or reverse("people:home")
        return HttpResponseClientRedirect(redirect_to_login(here).url)
    return redirect_to_login(reverse("people:home") if request.method == "POST" else request.get_full_path())


def _whole_page(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """`page` in the place of the whole page, also where htmx has asked for a part; it shows no answer but 200."""
    page.shows_nobody = True  # whatever stands in the address: nothing to be logged as a look (audit.looks)
    if request.htmx:
        page.status_code = 200
        page = reswap(retarget(page, "body"), "outerHTML")
    return page
