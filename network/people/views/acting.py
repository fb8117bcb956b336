"""The first page after signing in, choosing a membership, sending a form once more."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from network.people import unsent
from network.people.access import office_settings_required
from network.people.forms import MembershipForm
from network.people.services import choose_membership


@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the page a role begins its day with; somebody without a membership is told whom to ask."""
    if not request.membership:
        return render(request, "people/no_membership.html")
    if request.membership.is_office_staff:
        return redirect("cases:day_detail")
    if request.membership.is_partner:
        return redirect("referrals:referral_list")
    if request.membership.runs_office:
        return redirect("people:office_settings")
    return redirect("directory:offer_list")


@office_settings_required
@require_safe
def office_settings(request: HttpRequest) -> HttpResponse:
    """What those who run the office can set, each on a page of its own."""
    return render(request, "people/office_settings.html", {"office": request.office})


@login_required
@never_cache
def membership_switch(request: HttpRequest) -> HttpResponse:
    """Choose which membership to act in, `?next=`: for which page. Writes into the session only."""
    memberships = request.membership.all_of_person if request.membership else []
    initial = {"membership": str(request.membership.uuid) if request.membership else None}
    form = MembershipForm(request.POST or None, memberships=memberships, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_membership(request.session, request.user, form.cleaned_data["membership"])
        back = request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if is_ours else "people:home")
    return render(request, "people/membership_switch.html", {"form": form})


@require_POST
@login_required
@never_cache
def membership_back(request: HttpRequest) -> HttpResponse:
    """From the page about a form of another membership: act in that one, with the form at hand once more."""
    if not choose_membership(request.session, request.user, request.POST.get("membership", "")):
        raise Http404
    is_kept = unsent.keep(request.session, request.POST.get("sealed", ""))
    return redirect("people:unsent_form" if is_kept else "people:home")


@login_required
@never_cache
def unsent_form(request: HttpRequest) -> HttpResponse:
    """Offer a form again that was sent after the session had ended; POST discards it.

    If somebody else signed in on that page, it is not theirs to read.
    """
    found = unsent.kept(request.session)
    theirs = [str(membership.uuid) for membership in request.membership.all_of_person] if request.membership else []
    if request.method == "POST" or found is None or not unsent.belongs_to(found, theirs):
        unsent.discard(request.session)
        return redirect("people:home")
    return render(request, "people/unsent_form.html", {"unsent": found})
