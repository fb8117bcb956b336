"""Cases of one person go to another one: what is open, a preview, the change, and what became of each."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.desk import reassigning
from cases.desk.enums import HandedOn
from cases.desk.forms.reassigning import ReassignConfirmForm, ReassignForm, uuids, versions
from cases.desk.presenters.bulk import preview_rows, result_rows
from cases.desk.presenters.reassigning import appointment_lines, case_lines
from cases.desk.selectors.reassigning import cases_of, holders, open_under
from cases.files import bulk
from cases.files.bulk import Change
from cases.files.enums import BulkKind, BulkResult
from gruendungswerkstatt.audit.tokens import carry_out_once
from network.people.access import office_staff_required
from network.people.models import Membership
from network.people.selectors import member_for_office, office_staff

from .once import keep_results, kept_results

SESSION_KEY = "reassigned"


@require_safe
@office_staff_required
def reassign_list(request: HttpRequest) -> HttpResponse:
    """Who has how many open cases, also who left; an advisor comes to the own ones."""
    if not request.membership.is_team_lead:
        return redirect("cases:reassign", request.membership.uuid)
    return render(request, "cases/reassign_list.html", {"holders": holders(request.office)})


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def reassign(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """What is open under somebody's name; sent, what would become of it. Changes nothing."""
    member = _member_or_404(request, member_uuid)
    form = ReassignForm(request.POST or None, staff=list(office_staff(request.office)), member=member)
    if request.method != "POST" or not form.is_valid():
        return _page(request, member, form)
    ticked = uuids(request.POST, "appointment")
    found = open_under(member)
    cases = [case for case in found.cases if form.takes_all or case.uuid in uuids(request.POST, "case")]
    goes_along = [one for one in found.appointments if form.cleaned_data["with_appointments"] or one.uuid in ticked]
    if not cases and not goes_along:
        form.add_error(None, _("Please choose at least one case or appointment."))
        return _page(request, member, form)
    advisor = form.cleaned_data["advisor"]
    change = Change(BulkKind.ASSIGN, advisor=advisor)
    results = reassigning.expected(goes_along, advisor)
    context = {
        "member": member,
        "advisor": advisor,
        "rows": preview_rows(cases, bulk.expected(cases, change), change),
        "appointments": appointment_lines(goes_along, results),
        "has_busy": HandedOn.BUSY in results.values(),
        "staying": len(found.appointments) - len(goes_along),
        "token": ReassignConfirmForm(staff=[], member=member)["form_token"],
    }
    return render(request, "cases/reassign_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def reassign_carry_out(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """Give away what the preview showed and is still so; once, however often it is sent."""
    member = _member_or_404(request, member_uuid)
    if request.method != "POST":
        return redirect("cases:reassign", member.uuid)
    form = ReassignConfirmForm(request.POST, staff=list(office_staff(request.office)), member=member)
    if not form.is_valid():
        return _page(request, member, form)
    token = form.cleaned_data["form_token"]

    def write() -> str:
        results = reassigning.reassign(
            member,
            request.membership,
            form.cleaned_data["advisor"],
            cases=versions(request.POST, "seen"),
            appointments=versions(request.POST, "seen_appointment"),
        )
        keep_results(request, SESSION_KEY, token, cases=results.cases, appointments=results.appointments)
        return reverse("cases:reassign_done", args=[member.uuid, token])

    return carry_out_once(token, write)


@require_safe
@office_staff_required
def reassign_done(request: HttpRequest, member_uuid: uuid.UUID, token: uuid.UUID) -> HttpResponse:
    """What became of each case and appointment; without a change in this session back to what is open."""
    member = _member_or_404(request, member_uuid)
    kept = kept_results(request, SESSION_KEY, token, cases=BulkResult, appointments=HandedOn)
    if kept is None:
        return redirect("cases:reassign", member.uuid)
    results, handed_on = kept["cases"], kept["appointments"]
    cases = list(bulk.cases_for_change(request.office, results.keys()))
    appointments = list(reassigning.appointments_to_hand_on(request.office, handed_on.keys()))
    context = {
        "member": member,
        "rows": result_rows(cases, results),
        "done": sum(result == BulkResult.DONE for result in results.values()),
        "missing": len(results) - len(cases),
        "appointments": appointment_lines(appointments, handed_on),
        "left": cases_of(member).count(),
    }
    return render(request, "cases/reassign_done.html", context)


def _page(request: HttpRequest, member: Membership, form: ReassignForm) -> HttpResponse:
    """What is open, with what was ticked."""
    if form.errors.get("form_token"):
        messages.error(request, _("This form is incomplete. Please load the page again."))
    found = open_under(member)
    confirmed = set(versions(request.POST, "seen")), set(versions(request.POST, "seen_appointment"))
    context: dict[str, Any] = {
        "member": member,
        "is_oneself": member.pk == request.membership.pk,
        "form": form,
        "cases": case_lines(found.cases, uuids(request.POST, "case") | confirmed[0]),
        "are_all_cases": found.are_all_cases,
        "appointments": appointment_lines(found.appointments, chosen=uuids(request.POST, "appointment") | confirmed[1]),
    }
    return render(request, "cases/reassign.html", context)


def _member_or_404(request: HttpRequest, member_uuid: uuid.UUID) -> Membership:
    """Oneself; for team leads anybody of the own office, also who left."""
    if member_uuid == request.membership.uuid:
        return request.membership
    member = member_for_office(request.office, member_uuid) if request.membership.is_team_lead else None
    if member is None or member.organisation_id != request.office.pk:
        raise Http404
    return member
