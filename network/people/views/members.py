"""The members of an office and of the partners it looks after."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gruendungswerkstatt.common.abstract import StaleVersion
from network.people import selectors
from network.people.access import office_settings_required
from network.people.forms import EndForm, FactorResetForm, MemberForm, RoleForm
from network.people.models import Membership
from network.people.services import members
from network.people.signals import LeftBehind, member_looked_at


@require_safe
@office_settings_required
def member_list(request: HttpRequest) -> HttpResponse:
    """GET /<lang>/people/office/members/: who works where, and who was asked to."""
    found = selectors.members_for_office(request.office)
    sections = [
        {"organisation": organisation, "members": [m for m in found if m.organisation_id == organisation.pk]}
        for organisation in selectors.organisations_looked_after(request.office)
    ]
    context = {
        "sections": sections,
        "invitations": selectors.invitations_for_office(request.office),
        "former": selectors.former_members(request.office),
    }
    return render(request, "people/member_list.html", context)


@require_safe
@office_settings_required
def member_detail(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """One member, what can be changed, and what happened so far."""
    member = _member_or_404(request, member_uuid)
    context = {
        "left_behind": _left_behind(request, member),
        "member": member,
        "is_oneself": member.user_id == request.user.pk,
        "changes": selectors.changes_of(member),
    }
    return render(request, "people/member_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def member_role(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """Give a member another role."""

    def write(member: Membership, form: RoleForm) -> None:
        details = form.cleaned_data
        members.change_role(member, request.membership, details["role"], version=details["version"])
        messages.success(request, _("The role is changed."))

    return _page(request, member_uuid, RoleForm, "people/member_role.html", write)


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def member_end(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """End a membership, after saying what that means."""

    def write(member: Membership, form: EndForm) -> None:
        members.end_membership(member, request.membership, version=form.cleaned_data["version"])
        messages.success(request, _("The membership has ended."))

    return _page(request, member_uuid, EndForm, "people/member_end.html", write)


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def member_factor_reset(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""

    def write(member: Membership, form: FactorResetForm) -> None:
        members.reset_second_factor(member, request.membership, version=form.cleaned_data["version"])
        messages.success(request, _("The second factor is reset. The person is told by e-mail."))

    return _page(request, member_uuid, FactorResetForm, "people/member_factor_reset.html", write)


def _page(
    request: HttpRequest,
    member_uuid: uuid.UUID,
    form_class: type[MemberForm],
    template: str,
    write: Callable[[Membership, MemberForm], None],
) -> HttpResponse:
    """A page with one form about a member. What is asked of a membership that has ended leads back to it."""
    member = _member_or_404(request, member_uuid)
    if member.ended_at:
        return redirect("people:member_detail", member.uuid)
    form = form_class(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            write(member, form)
        except members.MemberRefused as refused:
            form.add_refusal(refused.reason)
        except StaleVersion:
            member = _member_or_404(request, member_uuid)
            form.add_stale(member)
        else:
            return redirect("people:member_detail", member.uuid)
    return render(request, template, {"form": form, "member": member, "left_behind": _left_behind(request, member)})


def _left_behind(request: HttpRequest, member: Membership) -> list[LeftBehind]:
    """What waits under the member's name, as far as the rooms above know."""
    answers = member_looked_at.send(sender=Membership, member=member, reader=request.membership)
    return [found for _receiver, found in answers if found]


def _member_or_404(request: HttpRequest, member_uuid: uuid.UUID) -> Membership:
    member = selectors.member_for_office(request.office, member_uuid)
    if member is None:
        raise Http404
    return member
