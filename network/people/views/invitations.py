"""Inviting somebody, and following an invitation."""

import uuid

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gruendungswerkstatt.common.abstract import StaleVersion, is_version
from gruendungswerkstatt.common.limits import MINUTE, limited
from network.people import selectors
from network.people.access import office_settings_required
from network.people.enums import InvitationRefusal
from network.people.forms import InvitationForm, NewAccountForm
from network.people.models import Invitation, Membership, Organisation
from network.people.services import choose_membership, invitations
from network.people.services.invitations import InvitationRefused

SESSION_KEY = "invitation"


@require_http_methods(["GET", "HEAD", "POST"])
@office_settings_required
def invitation_new(request: HttpRequest, organisation_uuid: uuid.UUID) -> HttpResponse:
    """Invite somebody to the office or to a partner; `?member=<uuid>` fills in a person who was one before."""
    organisation = _organisation_or_404(request, organisation_uuid)
    form = InvitationForm(request.POST or None, organisation=organisation, initial=_former(request))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(request.membership, organisation, **form.details())
        except InvitationRefused as refused:
            form.add_refusal(refused.reason)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("people:member_list")
    return render(request, "people/invitation_new.html", {"form": form, "organisation": organisation})


def _organisation_or_404(request: HttpRequest, organisation_uuid: uuid.UUID) -> Organisation:
    for organisation in selectors.organisations_looked_after(request.office):
        if organisation.uuid == organisation_uuid:
            return organisation
    raise Http404


def _former(request: HttpRequest) -> dict[str, str]:
    try:
        member = selectors.member_for_office(request.office, uuid.UUID(request.GET.get("member", "")))
    except ValueError:
        return {}
    if member is None:
        return {}
    return {"name": member.user.name, "email": member.user.email, "role": member.role, "language": member.user.language}


@require_POST
@office_settings_required
def invitation_send(request: HttpRequest, invitation_uuid: uuid.UUID) -> HttpResponse:
    """Send a new link. The button's version makes a second press do nothing."""
    invitation = _invitation_or_404(request, invitation_uuid)
    version = request.POST.get("version", "")
    try:
        invitations.send_again(invitation, version=int(version) if is_version(version) else 0)
    except InvitationRefused as refused:
        messages.error(request, refused.reason.label)
    except StaleVersion:
        messages.info(request, _("This invitation was already sent again."))
    else:
        messages.success(request, _("The invitation is on its way."))
    return redirect("people:member_list")


@require_POST
@office_settings_required
def invitation_revoke(request: HttpRequest, invitation_uuid: uuid.UUID) -> HttpResponse:
    """Take an invitation back; its link no longer works."""
    try:
        invitations.revoke(_invitation_or_404(request, invitation_uuid))
    except InvitationRefused as refused:
        messages.error(request, refused.reason.label)
    else:
        messages.success(request, _("The invitation is taken back."))
    return redirect("people:member_list")


def _invitation_or_404(request: HttpRequest, invitation_uuid: uuid.UUID) -> Invitation:
    invitation = selectors.invitation_for_office(request.office, invitation_uuid)
    if invitation is None:
        raise Http404
    return invitation


@require_safe
@never_cache
def invitation_open(request: HttpRequest, invitation_uuid: uuid.UUID, token: str) -> HttpResponse:
    """The link of the mail: keeps its secret in the session and leads to a page without it in the address."""
    try:
        invitations.open_invitation(invitation_uuid, token)
    except InvitationRefused as refused:
        return _refused(request, refused.reason)
    request.session[SESSION_KEY] = [str(invitation_uuid), token]
    return redirect("people:invitation_accept")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation", most=60, seconds=10 * MINUTE)
@never_cache
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Make an account and become a member; with an account, become a member as exactly that person."""
    link = request.session.get(SESSION_KEY)
    if not link:
        return _refused(request, InvitationRefusal.NOT_VALID)
    user = request.user if request.user.is_authenticated else None
    try:
        invitation = invitations.open_invitation(uuid.UUID(link[0]), link[1])
        invitations.check_person(invitation, user)
        form = None if user else NewAccountForm(request.POST or None, invitation=invitation)
        if request.method == "POST" and (form is None or form.is_valid()):
            typed = {"name": form.cleaned_data["name"], "password": form.cleaned_data["password1"]} if form else {}
            return _accepted(request, invitations.accept(uuid.UUID(link[0]), link[1], user, **typed), is_new=bool(form))
    except InvitationRefused as refused:
        return _refused(request, refused.reason)
    return render(request, "people/invitation_accept.html", {"form": form, "invitation": invitation})


def _accepted(request: HttpRequest, membership: Membership, *, is_new: bool) -> HttpResponse:
    """Into the portal; somebody with a new account is signed in, and then asked for a second factor like everybody."""
    request.session.pop(SESSION_KEY, None)
    messages.success(request, _("Welcome! You are now a member of %(name)s.") % {"name": membership.organisation})
    if is_new:
        # They have just chosen their password: setting up the second factor need not ask for it again.
        record_authentication(request, membership.user, method="password", reauthenticated=True)
        response = perform_login(request, membership.user)
    else:
        response = redirect("people:home")
    choose_membership(request.session, membership.user, str(membership.uuid))
    return response


def _refused(request: HttpRequest, reason: InvitationRefusal) -> HttpResponse:
    """Say why nothing happened. Whoever only has to sign in (as somebody else) keeps the link."""
    status = {InvitationRefusal.SIGN_IN: 200, InvitationRefusal.OTHER_PERSON: 409}.get(reason, 410)
    context = {
        "reason": reason,
        "has_to_sign_in": reason in (InvitationRefusal.SIGN_IN, InvitationRefusal.USED),
        "is_other_person": reason == InvitationRefusal.OTHER_PERSON,
    }
    return render(request, "people/invitation_refused.html", context, status=status)
