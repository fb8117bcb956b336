"""Leave with a deputy: one's own, and for team leads everybody's."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gruendungswerkstatt.common.abstract import StaleVersion
from network.people import selectors
from network.people.access import office_staff_required, team_lead_required
from network.people.forms.leaves import LeaveEndForm, LeaveForm
from network.people.models import Leave, Membership
from network.people.services import leaves


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def leave_own(request: HttpRequest) -> HttpResponse:
    """When I am away, and who sees my cases then."""
    return _page(request, request.membership)


@require_http_methods(["GET", "HEAD", "POST"])
@team_lead_required
def leave_member(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """The same of a member of the own office; the own page for oneself."""
    member = selectors.staff_member(request.office, member_uuid)
    if member is None:
        raise Http404
    return redirect("people:leave_own") if member.pk == request.membership.pk else _page(request, member)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def leave_end(request: HttpRequest, leave_uuid: uuid.UUID) -> HttpResponse:
    """Take a leave back, at any time. Sent twice it does the same."""
    leave = selectors.leave_for_office(request.office, leave_uuid)
    if leave is None or not _may_change(request, leave):
        raise Http404
    form = LeaveEndForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            leaves.take_back(leave, version=form.cleaned_data["version"])
            messages.success(request, _("The leave is taken back."))
        except StaleVersion:
            messages.warning(request, _("Somebody else was quicker. This is how things stand now."))
    return redirect(*_address(request, leave.membership))


def _page(request: HttpRequest, member: Membership) -> HttpResponse:
    colleagues = [one for one in selectors.office_staff(request.office) if one.pk != member.pk]
    form = LeaveForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        try:
            leaves.set_leave(member, request.membership, **form.details())
        except leaves.LeaveRefused as refused:
            form.add_refusal(refused.reason)
        else:
            messages.success(request, _("The deputy is set."))
            return redirect(*_address(request, member))
    context = {
        "form": form,
        "member": member,
        "is_oneself": member.pk == request.membership.pk,
        "leaves": selectors.leaves_of(member),
        "can_set": bool(colleagues),
    }
    return render(request, "people/leave.html", context)


def _may_change(request: HttpRequest, leave: Leave) -> bool:
    return request.membership.is_team_lead or leave.membership_id == request.membership.pk


def _address(request: HttpRequest, member: Membership) -> tuple[str, ...]:
    is_oneself = member.pk == request.membership.pk
    return ("people:leave_own",) if is_oneself else ("people:leave_member", str(member.uuid))
