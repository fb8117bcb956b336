"""Where a signed-in person begins, and in which membership they act."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .forms import MembershipForm
from .selectors import SESSION_KEY, active_memberships


@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the page where this person's work begins; without a membership say whom to ask."""
    if not request.membership:
        return render(request, "people/no_membership.html")
    if request.membership.is_office_staff:
        return redirect("cases:inbox_list")
    if request.membership.is_partner:
        return redirect("referrals:referral_list")
    return redirect("directory:offer_list")


@login_required
@never_cache
@require_POST
def membership_switch(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own memberships; anybody else's does not exist."""
    form = MembershipForm(request.POST, memberships=active_memberships(request.user))
    if not form.is_valid():
        raise Http404
    request.session[SESSION_KEY] = form.cleaned_data["membership"]
    return redirect("people:home")
