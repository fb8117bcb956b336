"""Recording what a founder said some months after the start."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.desk import presenters
from cases.desk.forms import FollowUpForm
from cases.files import followups, selectors
from cases.files.enums import FollowUpState
from cases.files.models import FollowUp
from cases.files.refusing import CaseRefused
from gruendungswerkstatt.audit.looks import looked_at
from gruendungswerkstatt.audit.tokens import carry_out_once
from gruendungswerkstatt.common.abstract import StaleVersion
from network.people.access import office_staff_required


@require_http_methods(["GET", "HEAD", "POST"])
@office_staff_required
def follow_up_detail(request: HttpRequest, follow_up_uuid: uuid.UUID) -> HttpResponse:
    """One form for the answer; one that does not wait any more leads to its case."""
    follow_up = _follow_up_or_404(request, follow_up_uuid)
    form = FollowUpForm(request.POST or None, follow_up=follow_up)
    if request.method == "POST" and form.is_valid():

        def write() -> str:
            followups.record(follow_up, request.membership, **form.details())
            messages.success(request, _("The follow-up is recorded."))
            return _address(follow_up)

        try:
            return carry_out_once(form.cleaned_data["form_token"], write)
        except CaseRefused as refused:
            messages.warning(request, refused.reason.label)
            return redirect(_address(follow_up))
        except StaleVersion:
            follow_up = _follow_up_or_404(request, follow_up_uuid)
            form = FollowUpForm(request.POST, follow_up=follow_up)
    if follow_up.state != FollowUpState.OPEN:
        messages.warning(request, _("This follow-up does not wait any more."))
        return redirect(_address(follow_up))
    if form.is_stale:
        form.add_stale(follow_up.version)
    [line] = presenters.follow_up_lines([follow_up])
    return render(request, "cases/follow_up_detail.html", {"form": form, "line": line, "case": follow_up.case})


def _follow_up_or_404(request: HttpRequest, follow_up_uuid: uuid.UUID) -> FollowUp:
    follow_up = selectors.follow_up_for_office(request.office, follow_up_uuid)
    if follow_up is None:
        raise Http404
    looked_at(request, "case", follow_up.case.uuid)
    return follow_up


def _address(follow_up: FollowUp) -> str:
    return f"{reverse('cases:case_detail', args=[follow_up.case.uuid])}#follow-ups"
